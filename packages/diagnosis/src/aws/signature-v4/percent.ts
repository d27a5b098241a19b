/** Percent-encoding as Signature Version 4 writes it: all but RFC 3986's unreserved characters, in capitals, byte by byte. */

const UNRESERVED = /^[A-Za-z0-9\-._~]$/;
const PLAIN = /^[A-Za-z0-9\-._~/]*$/;
const WRITTEN: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return UNRESERVED.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
});
const utf8 = new TextEncoder();

function encodeBytes(bytes: Uint8Array, keep: string): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += keep.includes(character) ? character : WRITTEN[byte];
  }
  return text;
}

/** Each byte of the text, per cent signs too; `keep` stays as it is. */
export function encode(text: string, keep: string = ""): string {
  if (PLAIN.test(text) && (keep.includes("/") || !text.includes("/")))
    return text;
  return encodeBytes(utf8.encode(text), keep);
}

/** The bytes that percent-encoded text means. A per cent sign without two hex digits stands for itself. */
function decodeBytes(text: string): Uint8Array {
  const bytes = utf8.encode(text);
  if (!text.includes("%")) return bytes;
  let length = 0;
  for (let at = 0; at < bytes.length; at++, length++) {
    const high = bytes[at] === 0x25 ? hexDigit(bytes[at + 1]) : -1;
    const low = high === -1 ? -1 : hexDigit(bytes[at + 2]);
    bytes[length] = low === -1 ? (bytes[at] as number) : high * 16 + low;
    if (low !== -1) at += 2;
  }
  return bytes.subarray(0, length);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** What percent-encoded text says; bytes that are no UTF-8 become U+FFFD. */
export function decode(text: string): string {
  if (!text.includes("%")) return text;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    decodeBytes(text),
  );
}

/** Decoded and written anew: one form for all the ways to write the same text. */
export function recode(text: string, keep: string = ""): string {
  if (PLAIN.test(text) && (keep.includes("/") || !text.includes("/")))
    return text;
  return encodeBytes(decodeBytes(text), keep);
}
