import type { EncodingProblem } from "../reasons.ts";

export interface EncodingFault {
  /** Index of the first offending character; the text's length where something is missing. */
  readonly position: number;
  readonly problem: EncodingProblem;
  readonly character: string | null;
}

const LETTERS =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Says where a text leaves canonical base64url (RFC 7515 section 2: no padding, no other character, no stray bits). null: it does not.
 * For a text that `decodeBase64url` has refused; the hot path does not come here.
 */
export function inspectBase64url(text: string): EncodingFault | null {
  const position = text.search(/[^A-Za-z0-9_-]/);
  if (position >= 0) {
    const padding = /^=+$/.test(text.slice(position));
    return {
      position,
      problem: padding ? "padding" : "character",
      character: String.fromCodePoint(text.codePointAt(position) as number),
    };
  }
  const rest = text.length % 4;
  if (rest === 1)
    return { position: text.length, problem: "length", character: null };
  // Of the last letter, 4 bits (of 2 letters) or 2 bits (of 3) belong to no byte and must be zero (RFC 4648 section 3.5).
  const last = text.slice(-1);
  const stray = rest === 2 ? 15 : rest === 3 ? 3 : 0;
  return (LETTERS.indexOf(last) & stray) === 0
    ? null
    : { position: text.length - 1, problem: "trailing_bits", character: last };
}
