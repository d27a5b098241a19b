/** A span of time in the reader's language: "2 days, 3 hours". Whole units, the two greatest. */

const UNITS = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
  ["seconds", 1],
] as const;

export function inWords(seconds: number, tag: string): string {
  let left = Math.round(Math.abs(seconds));
  const first = UNITS.findIndex(([, size]) => left >= size);
  const parts: Record<string, number> = {};
  for (const [name, size] of UNITS.slice(Math.max(first, 0)).slice(0, 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts[name] = count;
  }
  const format = new Intl.DurationFormat(tag, { style: "long" });
  return Object.keys(parts).length === 0
    ? format.format({ seconds: 0, ...parts })
    : format.format(parts);
}
