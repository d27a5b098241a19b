/** Percent-encoding as Signature Version 4 writes it: all but RFC 3986's unreserved characters, in capitals, byte by byte. */

const UNRESERVED = /[A-Za-z0-9\-._~]/;
const PLAIN = /^[A-Za-z0-9\-._~/]*$/;

const isPlain = (text: string, keep: string): boolean =>
  PLAIN.test(text) && (keep.includes("/") || !text.includes("/"));

/** One character; encodeURIComponent leaves some marks as they are. */
function written(character: string, keep: string): string {
  if (keep.includes(character)) return character;
  const code = character.codePointAt(0) as number;
  return code > 0x7f ? encodeURIComponent(character) : hexOf(code);
}

const hexOf = (byte: number): string =>
  `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

/** Each byte of the text, per cent signs too; `keep` stays as it is. */
export function encode(text: string, keep: string = ""): string {
  if (isPlain(text, keep)) return text;
  return text
    .toWellFormed()
    .replace(/[^A-Za-z0-9\-._~]/gu, (character) => written(character, keep));
}

/**
 * Decoded and written anew: one form for all the ways to write the same text. A per cent sign without two hex digits stands for itself, and
 * bytes need not be UTF-8.
 */
export function recode(text: string, keep: string = ""): string {
  if (isPlain(text, keep)) return text;
  return text
    .toWellFormed()
    .replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~]/gu, (piece) => {
      if (piece.length !== 3) return written(piece, keep);
      const byte = Number.parseInt(piece.slice(1), 16);
      const character = String.fromCharCode(byte);
      return UNRESERVED.test(character) || keep.includes(character)
        ? character
        : hexOf(byte);
    });
}

/** What percent-encoded text says; bytes that are no UTF-8 become U+FFFD. */
export function decode(text: string): string {
  if (!text.includes("%")) return text;
  // Each run of escapes is one piece of UTF-8.
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = new Uint8Array(run.length / 3);
    for (let at = 0; at < bytes.length; at++)
      bytes[at] = Number.parseInt(run.slice(3 * at + 1, 3 * at + 3), 16);
    return utf8.decode(bytes);
  });
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
