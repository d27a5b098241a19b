/** A span of time in the reader's language: "2 days, 3 hours". Whole units, the two greatest. */

const UNITS = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
  ["seconds", 1],
] as const;

/** `seconds` may be any number that a token can hold, also one that no duration can. */
export function inWords(seconds: number, tag: string): string {
  let left = Math.round(Math.abs(seconds));
  if (left > Number.MAX_SAFE_INTEGER) return beyondWords(left, tag);
  const first = UNITS.findIndex(([, size]) => left >= size);
  const parts: Record<string, number> = {};
  for (const [name, size] of UNITS.slice(Math.max(first, 0)).slice(0, 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts[name] = count;
  }
  const nothing = Object.keys(parts).length === 0;
  return new Intl.DurationFormat(tag, {
    style: "long",
    secondsDisplay: nothing ? "always" : "auto",
  }).format(nothing ? { seconds: 0 } : parts);
}

const beyondWords = (seconds: number, tag: string): string =>
  new Intl.NumberFormat(tag, {
    style: "unit",
    unit: "day",
    unitDisplay: "long",
    notation: "scientific",
    maximumFractionDigits: 0,
  }).format(seconds / 86_400);
