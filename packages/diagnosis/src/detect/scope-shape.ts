/**
 * The shape of a scope claim that says all that is needed, but not as one text with single blanks between (RFC 8693 section 4.2); null:
 * it does not say so in any shape.
 */
export function scopeShape(
  value: unknown,
  lacking: readonly string[],
): string | null {
  if (lacking.length === 0) return null;
  if (Array.isArray(value)) {
    const items = value.filter(
      (item): item is string => typeof item === "string",
    );
    if (hold(items, lacking)) return "an array";
    const named = value.flatMap((item) =>
      typeof item === "object" && item !== null ? Object.values(item) : [],
    );
    if (hold(named, lacking)) return "an array of objects";
    return hold(
      items.flatMap((item) => item.split(/[\s,]+/)),
      lacking,
    )
      ? "an array with several scopes in one text"
      : null;
  }
  if (typeof value === "object" && value !== null)
    return hold(
      [...Object.keys(value), ...Object.values(value).flat()],
      lacking,
    )
      ? "an object"
      : null;
  if (typeof value !== "string") return null;
  return (
    SEPARATORS.find(([, sign]) =>
      hold(
        value
          .slice(0, MAX_LENGTH)
          .split(sign)
          .map((word) => word.trim()),
        lacking,
      ),
    )?.[0] ?? null
  );
}

/** A text of scopes is read no further than this, in characters. */
const MAX_LENGTH = 16_384;

const SEPARATORS: readonly (readonly [string, RegExp])[] = [
  ["text with commas", /[,\s]+/],
  ["text with plus signs", /[+\s]+/],
  ["text with encoded blanks", /(?:%20|\s)+/i],
  ["text with semicolons", /[;\s]+/],
  ["text with bars", /[|\s]+/],
  ["a JSON array written as text", /[\s,[\]"']+/],
  ["text in quotation marks", /["'\s]+/],
];

function hold(found: readonly unknown[], needed: readonly string[]): boolean {
  const held = new Set(found);
  return needed.every((scope) => held.has(scope));
}
