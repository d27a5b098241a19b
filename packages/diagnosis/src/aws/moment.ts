/** YYYYMMDDTHHMMSSZ, as Signature Version 4 writes a moment: seconds since the epoch; null: it is none. */
export function momentOf(basic: string | null): number | null {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(basic ?? "");
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found.map(Number);
  const at = Date.UTC(
    year ?? 0,
    (month ?? 1) - 1,
    day ?? 1,
    hour ?? 0,
    minute ?? 0,
    second ?? 0,
  );
  return Number.isNaN(at) ? null : at / 1000;
}
