/** Durations and numbers as German has them. All durations are seconds. */

type Unit = readonly [
  one: string,
  many: string,
  dative: string,
  seconds: number,
];

const UNITS: readonly Unit[] = [
  ["Jahr", "Jahre", "Jahren", 31_557_600],
  ["Tag", "Tage", "Tagen", 86_400],
  ["Stunde", "Stunden", "Stunden", 3_600],
  ["Minute", "Minuten", "Minuten", 60],
  ["Sekunde", "Sekunden", "Sekunden", 1],
];

/** "3 Stunden 12 Minuten", "2 Tage": the two greatest units, rounded down. The sign does not count. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unbekannte Zeit";
  return units(seconds, 1) ?? "weniger als eine Sekunde";
}

/** The same after "vor", "in", "nach" and "um": "2 Tagen". */
export function durationInDative(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unbekannter Zeit";
  return units(seconds, 2) ?? "weniger als einer Sekunde";
}

/** null: it is less than one of the smallest unit. */
function units(seconds: number, plural: 1 | 2): string | null {
  let left = Math.abs(seconds);
  if (left === 0) return "0 Sekunden";
  if (left < 1) return null;
  const first = UNITS.findIndex(([, , , size]) => left >= size);
  const words: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / unit[3]);
    left -= count * unit[3];
    if (count > 0) words.push(counted(count, unit[0], unit[plural]));
  }
  return words.join(" ");
}

/** "1 Schlüssel", "3.000 Schlüssel". */
export function counted(count: number, noun: string, plural: string): string {
  return `${figure(count)} ${count === 1 ? noun : plural}`;
}

/** A number with dots between the thousands, and a comma before its fraction. */
export function figure(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  if (!/^-?\d+$/.test(whole)) return String(value);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

/** "vor 3 Stunden 12 Minuten", "in 5 Minuten", "jetzt". Seconds since the epoch. */
export function distance(at: number, now: number): string {
  if (Math.abs(at - now) < 1) return "jetzt";
  return at < now
    ? `vor ${durationInDative(now - at)}`
    : `in ${durationInDative(at - now)}`;
}
