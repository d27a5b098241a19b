/** All that a configured shared secret can have been meant as: its decodings, and what happened to its text. Pure. */
import type { CauseCode, Facts, SecretReading } from "../causes.ts";
import type { SecretEncoding } from "../inquiry.ts";
import {
  base64Of,
  bytesOfHex,
  hexOf,
  lenientBase64,
} from "./lenient-base64.ts";
import { interpolations } from "./secret-interpolations.ts";
import { trimmings, type Edit } from "./secret-trimmings.ts";

type SecretCause = Extract<CauseCode, `key.secret_${string}`>;

/** One reading: the bytes that HMAC would have taken, and the cause that they would show. */
export type Reading = {
  [C in SecretCause]: {
    readonly bytes: Uint8Array;
    readonly cause: C;
    readonly facts: Facts[C];
  };
}[SecretCause];

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes that the verifier takes, decoded with forbearance. */
export function configuredBytes(
  secret: string,
  encoding: SecretEncoding,
): Uint8Array {
  if (encoding === "utf8") return utf8(secret);
  return encoding === "hex"
    ? (bytesOfHex(secret.trim()) ?? new Uint8Array())
    : lenientBase64(secret);
}

/** Likeliest first; none twice, and never the verifier's own reading. */
export function* readingsOf(
  secret: string,
  configured: SecretEncoding,
): Generator<Reading> {
  const seen = new Set([hexOf(configuredBytes(secret, configured))]);
  for (const reading of allReadings(secret, configured)) {
    const id = hexOf(reading.bytes);
    if (reading.bytes.length === 0 || seen.has(id)) continue;
    seen.add(id);
    yield reading;
  }
}

function* allReadings(
  secret: string,
  configured: SecretEncoding,
): Generator<Reading> {
  yield* decodings(secret, configured);
  const edits = [...trimmings(secret)];
  for (const edit of edits)
    yield edited(edit, configuredBytes(edit.text, configured));
  const interpolated = [...interpolations(secret)];
  for (const edit of interpolated)
    yield edited(edit, configuredBytes(edit.text, configured));
  // Two mistakes at once: a line end and another encoding.
  for (const edit of [...edits, ...interpolated])
    for (const { bytes } of plainDecodings(edit.text))
      yield edited(edit, bytes);
  for (const edit of edits.slice(0, 4))
    for (const inner of interpolations(edit.text))
      yield edited(inner, configuredBytes(inner.text, configured));
}

function* decodings(
  secret: string,
  configured: SecretEncoding,
): Generator<Reading> {
  const reading = (decodedFrom: SecretReading, bytes: Uint8Array): Reading => ({
    cause: "key.secret_encoding",
    bytes,
    facts: { configured, decodedFrom },
  });
  for (const { from, bytes } of plainDecodings(secret))
    yield reading(from, bytes);
  const prefixed = /^(?:base64:|b64:|hex:|0x)(.+)$/s.exec(secret)?.[1];
  if (prefixed !== undefined)
    for (const { from, bytes } of plainDecodings(prefixed))
      yield reading(from, bytes);
  const own = configuredBytes(secret, configured);
  // The other side took the text that stands for these bytes as the secret itself.
  yield reading("base64_text", utf8(base64Of(own)));
  yield reading("base64_text", utf8(base64Of(own).replace(/=+$/, "")));
  yield reading(
    "base64_text",
    utf8(
      base64Of(own)
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replace(/=+$/, ""),
    ),
  );
  yield reading("hex_text", utf8(hexOf(own)));
  yield reading("hex_text", utf8(hexOf(own).toUpperCase()));
  // Decoded on both sides, and once more on one.
  const inner = asciiOf(own);
  if (inner !== null && configured !== "utf8")
    for (const { from, bytes } of plainDecodings(inner))
      yield reading(from, bytes);
  for (const text of new Set([
    asciiOf(lenientBase64(secret)),
    asciiOf(bytesOfHex(secret) ?? new Uint8Array()),
  ])) {
    if (text)
      for (const { from, bytes } of plainDecodings(text))
        yield reading(from, bytes);
  }
  yield reading("utf16le", utf16(secret, true));
  yield reading("utf16be", utf16(secret, false));
  if (/[^\0-\x7f]/.test(secret))
    yield reading(
      "latin1",
      Uint8Array.from(secret, (character) => character.charCodeAt(0) & 0xff),
    );
  for (const form of ["NFC", "NFD"] as const)
    if (secret.normalize(form) !== secret)
      yield reading("utf8", utf8(secret.normalize(form)));
}

function* plainDecodings(
  text: string,
): Generator<{ readonly from: SecretEncoding; readonly bytes: Uint8Array }> {
  yield { from: "utf8", bytes: utf8(text) };
  const hex = bytesOfHex(text.trim());
  if (hex) yield { from: "hex", bytes: hex };
  const from = /[-_]/.test(text) && !/[+/]/.test(text) ? "base64url" : "base64";
  yield { from, bytes: lenientBase64(text) };
  // Some decoders stop at the first character that is not theirs.
  const whole = /^[A-Za-z0-9+/]*/.exec(text)?.[0] ?? "";
  if (whole.length >= 8 && whole.length < text.length)
    yield { from: "base64", bytes: lenientBase64(whole) };
  // Some know one alphabet only, and skip the letters of the other.
  if (/[-_]/.test(text))
    yield { from: "base64", bytes: lenientBase64(text.replace(/[-_]/g, "")) };
  if (/[+/]/.test(text))
    yield {
      from: "base64url",
      bytes: lenientBase64(text.replace(/[+/]/g, "")),
    };
}

function edited({ cause, what, how }: Edit, bytes: Uint8Array): Reading {
  return cause === "key.secret_whitespace"
    ? {
        cause,
        bytes,
        facts: { what, side: how === "left_out" ? "verifier" : "issuer" },
      }
    : { cause, bytes, facts: { character: what, form: how } };
}

function asciiOf(bytes: Uint8Array): string | null {
  return bytes.length > 0 && bytes.every((byte) => byte >= 32 && byte < 127)
    ? String.fromCharCode(...bytes)
    : null;
}

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i++)
    view.setUint16(2 * i, text.charCodeAt(i), little);
  return new Uint8Array(view.buffer);
}
