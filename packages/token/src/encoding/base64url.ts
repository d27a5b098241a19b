import type { EncodingProblem } from "../reasons.ts";

export interface NotCanonical {
  readonly position: number;
  readonly problem: EncodingProblem;
  readonly character: string | null;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Where a text leaves canonical base64url (RFC 7515 section 2, RFC 4648 section 3.5). null: it does not. */
export function inspectBase64url(text: string): NotCanonical | null {
  const position = text.search(/[^A-Za-z0-9_-]/);
  if (position >= 0) {
    const character = String.fromCodePoint(text.codePointAt(position) as number);
    const padding = character === "=" && /^=+$/.test(text.slice(position));
    return { position, problem: padding ? "padding" : "character", character };
  }
  const rest = text.length % 4;
  if (rest === 1) return { position: text.length - 1, problem: "length", character: null };
  const last = ALPHABET.indexOf(text.at(-1) ?? "A");
  const stray = rest === 2 ? last & 15 : rest === 3 ? last & 3 : 0;
  return stray === 0 ? null : { position: text.length - 1, problem: "trailing_bits", character: text.at(-1) as string };
}
