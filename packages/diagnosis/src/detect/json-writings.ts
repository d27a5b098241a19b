/** The same JSON as other writers have it: blanks, escapes, order, line ends. Pure. */

type Writer = (json: string) => string | null;

const rewrite =
  (write: (value: unknown) => string): Writer =>
  (json) => {
    try {
      return write(JSON.parse(json));
    } catch {
      return null;
    }
  };
export const compact = (value: unknown): string => JSON.stringify(value);
/** Blanks after the signs, outside of strings. */
const spaced = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|[:,]/g, (part) =>
    part === ":" || part === "," ? `${part} ` : part,
  );
const escapedSlashes = (text: string): string => text.replaceAll("/", "\\/");
const ascii = (text: string): string =>
  text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export const WRITERS: readonly Writer[] = [
  rewrite(compact),
  rewrite((value) => spaced(ascii(compact(value)))),
  rewrite((value) => spaced(compact(value))),
  rewrite((value) => ascii(compact(value))),
  rewrite((value) => ascii(escapedSlashes(compact(value)))),
  rewrite((value) => escapedSlashes(compact(value))),
  rewrite((value) => compact(sorted(value))),
  rewrite((value) => spaced(ascii(compact(sorted(value))))),
  rewrite((value) => JSON.stringify(value, null, 2)),
  rewrite((value) => JSON.stringify(value, null, 4)),
  rewrite((value) => JSON.stringify(value, null, 2).replaceAll("\n", "\r\n")),
  rewrite((value) => JSON.stringify(value, null, "\t")),
  rewrite((value) =>
    ascii(compact(value)).replace(
      /[<>&']/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ),
  rewrite((value) =>
    compact(value).replace(
      /[<>&]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ),
  rewrite((value) =>
    typeof value === "object" && value !== null
      ? compact(Object.fromEntries(Object.entries(value).toReversed()))
      : compact(value),
  ),
  (json) => `${json}\n`,
  (json) => json.trim(),
  (json) => `\uFEFF${json}`,
];

/** All writings of this JSON that differ by their writer alone. */
export function* writings(json: string): Generator<string> {
  for (const write of WRITERS) {
    const text = write(json);
    if (text !== null) yield text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}
