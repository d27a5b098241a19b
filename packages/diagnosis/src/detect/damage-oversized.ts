import type { Investigation } from "../investigation.ts";

/** Too many or too large claims: how long the token is, and which claim makes it so. */
export function detectOversized(i: Investigation): void {
  const tooLarge = i.found("format.too_large");
  if (!tooLarge) return;
  const claims = Object.entries(i.token?.claims ?? {}).map(([name, value]) => ({
    name,
    size: JSON.stringify(value).length,
    members: countOf(value),
  }));
  const largest = claims.toSorted((a, b) => b.size - a.size)[0];
  const facts = {
    length: i.token?.text.length ?? tooLarge.found,
    largest: largest ? largest.name.slice(0, 80) : null,
    members: largest?.members ?? 0,
  };
  i.suspect("token.oversized", {
    confidence: "likely",
    facts,
    explains: ["format.too_large"],
    weight: 15,
  });
  if (tooLarge.what === "depth")
    i.suspect("token.malformed", {
      confidence: "possible",
      facts: {
        part: "the payload",
        problem: "nested too deeply",
        member: null,
      },
      explains: ["format.too_large"],
    });
}

const countOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? Object.keys(value).length : 0;
