/** A time that names no zone is read as UTC: by this machine's zone, the same inquiry would give two answers. Seconds; null: it is none. */
export function utcMoment(text: string | null | undefined): number | null {
  const bare = (text ?? "")
    .trim()
    .slice(0, 64)
    .replace(/ ?UTC$/i, "Z");
  if (bare === "") return null;
  const isZoned = /(?:Z|GMT|[+-]\d\d:?\d\d)$/i.test(bare);
  const isIso = /^\d{4}-\d\d-\d\d/.test(bare);
  // A date of ISO 8601 alone is UTC anyway (ECMA-262, Date Time String Format).
  const hasTime = /\d:\d\d/.test(bare);
  const zoned =
    isZoned || (!hasTime && isIso)
      ? bare
      : isIso
        ? `${bare.replace(" ", "T")}Z`
        : `${bare} GMT`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? null : at / 1000;
}

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
