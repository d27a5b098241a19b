import { platform } from "@assay/token";

const LETTERS =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Decodes base64 of either alphabet as forgiving libraries do: padding, blanks and foreign characters are skipped, stray bits dropped.
 * For trials alone; what is judged is decoded strictly.
 */
export function lenientBase64(text: string): Uint8Array {
  let canonical = text
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/[^A-Za-z0-9_-]/g, "");
  const rest = canonical.length % 4;
  if (rest === 1) canonical = canonical.slice(0, -1);
  if (rest >= 2) {
    const kept = LETTERS.indexOf(canonical.slice(-1)) & (rest === 2 ? 48 : 60);
    canonical = canonical.slice(0, -1) + LETTERS[kept];
  }
  return platform.decodeBase64url(canonical) ?? new Uint8Array();
}

/** The bytes as base64 with padding (RFC 4648 section 4). */
export function base64Of(bytes: Uint8Array): string {
  const text = platform
    .encodeBase64url(bytes)
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}

/** null: no hex text of whole bytes. */
export function bytesOfHex(text: string): Uint8Array | null {
  if (text.length === 0 || text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text))
    return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
