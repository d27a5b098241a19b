/** Where in a text the parts of compact tokens stand, so that they can be told apart by their look. */

export type Part = "header" | "payload" | "signature" | "dot";

export interface PartRange {
  readonly from: number;
  readonly to: number;
  readonly part: Part;
}

/** Longer texts are shown without it. */
const LONGEST = 262_144;

/** Header, payload and signature of every compact JWS in the text; of a JWE only its header is something that one can read. */
export function tokenParts(text: string): readonly PartRange[] {
  if (text.length > LONGEST) return [];
  const ranges: PartRange[] = [];
  for (const { 0: run, index } of text.matchAll(/[\w.-]+/g)) {
    // base64url of {" begins with ey; a name with dots does not.
    if (!run.startsWith("ey") || !run.includes(".")) continue;
    let from = index;
    const parts = run.split(".");
    for (const [i, segment] of parts.entries()) {
      const to = from + segment.length;
      if (segment !== "") ranges.push({ from, to, part: nameOf(i, parts) });
      if (i < parts.length - 1)
        ranges.push({ from: to, to: to + 1, part: "dot" });
      from = to + 1;
    }
  }
  return ranges;
}

function nameOf(index: number, { length }: readonly string[]): Part {
  if (index === 0) return "header";
  return index === 1 && length <= 3 ? "payload" : "signature";
}
