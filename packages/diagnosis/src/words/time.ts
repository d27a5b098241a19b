/** Durations and moments as people say them. All numbers are seconds; moments count from the epoch and are said in UTC. */

const UNITS: readonly (readonly [string, number])[] = [
  ["year", 31_557_600],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** "3 hours 12 minutes": the two greatest units, rounded down. The sign does not count. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "an unknown time";
  let left = Math.abs(seconds);
  if (left < 1) return left === 0 ? "0 seconds" : "less than a second";
  const first = UNITS.findIndex(([, size]) => left >= size);
  const words: string[] = [];
  for (const [name, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) words.push(counted(count, name));
  }
  return words.join(" ");
}

/** "1 key", "3,000 keys". */
export function counted(
  count: number,
  noun: string,
  plural: string = `${noun}s`,
): string {
  return `${figure(count)} ${count === 1 ? noun : plural}`;
}

/** A number with commas between the thousands. */
export function figure(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  if (!/^-?\d+$/.test(whole)) return String(value);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * "09:48:11 UTC", or with its date when that is not the date of `now`. A moment that no calendar holds is said as the number
 * that it is: a time in milliseconds must not look like a year.
 */
export function moment(at: number, now: number | null = null): string {
  const date = new Date(at * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(date.getTime()) || year < 1970 || year > 9999)
    return String(at);
  const [day = "", clock = ""] = date.toISOString().slice(0, 19).split("T");
  const today =
    now === null || !isMoment(now)
      ? ""
      : new Date(now * 1000).toISOString().slice(0, 10);
  return day === today ? `${clock} UTC` : `${day} ${clock} UTC`;
}

/** An ISO 8601 text as a moment; what is none is left out. */
export function isoMoment(text: string | null): string | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : moment(at / 1000);
}

/** "3 hours 12 minutes ago", "in 5 minutes", "now". */
export function distance(at: number, now: number): string {
  if (Math.abs(at - now) < 1) return "now";
  return at < now ? `${duration(now - at)} ago` : `in ${duration(at - now)}`;
}

const isMoment = (at: number): boolean => Math.abs(at * 1000) <= 8.64e15;
