/** The moment of a signature, in the one form that the string to sign has: YYYYMMDDTHHMMSSZ. */

const BASIC = /^\d{8}T\d{6}Z$/;
/** Longer than any date of HTTP. */
const LONGEST = 64;

/** X-Amz-Date as it must stand; null: it does not. */
export const basicDate = (text: string): string | null =>
  BASIC.test(text) && !Number.isNaN(momentOf(text)) ? text : null;

/** A date of the header Date (RFC 9110 section 5.6.7), or one of ISO 8601 with a zone. */
export function dateOfHeader(text: string): string | null {
  if (text.length > LONGEST) return null;
  if (BASIC.test(text)) return basicDate(text);
  if (!/(GMT|UTC|Z|[+-]\d\d:?\d\d)$/i.test(text)) return null;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : basicDate(basicOf(moment));
}

/** Milliseconds since 1970; NaN: no such date. */
export function momentOf(basic: string): number {
  const at = (from: number, to: number) => basic.slice(from, to);
  return Date.parse(
    `${at(0, 4)}-${at(4, 6)}-${at(6, 8)}T${at(9, 11)}:${at(11, 13)}:${at(13, 15)}Z`,
  );
}

/** `moment` in milliseconds. */
export const basicOf = (moment: number): string =>
  new Date(moment).toISOString().replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
