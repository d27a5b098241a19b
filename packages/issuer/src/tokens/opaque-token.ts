/**
 * The texts of our own tokens: `asy_at_<id>.<secret><checksum>` for an access token, `asy_rt_`, `asy_ac_`, `asy_cs_` and then
 * `<secret><checksum>` for a refresh token, an authorization code, a client secret. The prefix tells a secret scanner whose it is; the
 * checksum tells a scanner a real one from a lookalike, and us a damaged text from an unknown token without a look in the store.
 * The checksum proves nothing: anybody can compute it.
 */
import { hash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Random bytes of a cryptographic source, so many as are asked for. */
export type Random = (bytes: number) => Uint8Array;

const PREFIXES = {
  access: "asy_at_",
  refresh: "asy_rt_",
  code: "asy_ac_",
  secret: "asy_cs_",
} as const;
export type OpaqueKind = keyof typeof PREFIXES;

/** For a secret scanner's rules, and for whoever removes tokens from a text. Ours by prefix and shape; the checksum is not judged. */
export const OPAQUE_PATTERN: RegExp =
  /asy_(?:at_[0-9A-Za-z_-]{1,64}\.|(?:rt|ac|cs)_)[0-9A-Za-z]{49}/;

const WHOLE = new RegExp(`^${OPAQUE_PATTERN.source}$`);
const ALPHABET =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Digits that 256 bits, a time of this age, 80 bits and a CRC-32 need. */
const SECRET_LENGTH = 43;
const TIME_LENGTH = 8;
const RANDOM_LENGTH = 14;
const CHECKSUM_LENGTH = 6;

export interface OpaqueToken {
  /** Shown once to whoever gets it; never stored, never logged. */
  readonly text: string;
  /** What the store knows it by. */
  readonly digest: string;
}

/**
 * Names a token in the journal and in jti: the time in milliseconds, then 80 random bits, base62. Not secret: it opens nothing. Later names sort
 * later, so that a database with millions of them writes at one end of its indexes; the time is no secret either, since iat tells it.
 */
export const newTokenId = (random: Random, now: number): string =>
  timeOf(now) + newListName(random);

/** Many are named in one millisecond. */
let lastTime = { at: -1, text: "" };

function timeOf(at: number): string {
  if (at !== lastTime.at)
    lastTime = { at, text: base62(bytesOf(at), TIME_LENGTH) };
  return lastTime.text;
}

/** Names a status list, in public: 80 random bits, base62. */
export const newListName = (random: Random): string =>
  base62(random(10), RANDOM_LENGTH);

/** An access token that only introspection can read. `tokenId` stands in it and may be written in a journal; the secret behind the dot may not. */
export const makeAccessToken = (random: Random, tokenId: string): OpaqueToken =>
  finish(`${PREFIXES.access}${tokenId}.`, random);

export const makeOpaqueToken = (
  kind: Exclude<OpaqueKind, "access">,
  random: Random,
): OpaqueToken => finish(PREFIXES[kind], random);

function finish(start: string, random: Random): OpaqueToken {
  const body = start + base62(random(32), SECRET_LENGTH);
  const text = body + checksumOf(body);
  return { text, digest: digestOf(text) };
}

export type OpaqueReading =
  | {
      readonly form: "ours";
      readonly kind: OpaqueKind;
      /** The id inside an access token; null: the kind has none. */
      readonly tokenId: string | null;
    }
  /** Our prefix, and no token of ours: cut off, joined with something, mistyped. */
  | { readonly form: "damaged"; readonly kind: OpaqueKind }
  /** Not ours by its prefix. */
  | { readonly form: "foreign" };

/** What a text is by its form alone. "ours" does not promise that it was ever issued. */
export function readOpaqueToken(text: string): OpaqueReading {
  const kind = (Object.keys(PREFIXES) as OpaqueKind[]).find((each) =>
    text.startsWith(PREFIXES[each]),
  );
  if (kind === undefined) return { form: "foreign" };
  const body = text.slice(0, -CHECKSUM_LENGTH);
  if (!WHOLE.test(text) || checksumOf(body) !== text.slice(-CHECKSUM_LENGTH))
    return { form: "damaged", kind };
  const tokenId =
    kind === "access"
      ? text.slice(PREFIXES.access.length, text.indexOf("."))
      : null;
  return { form: "ours", kind, tokenId };
}

/**
 * SHA-256 of the whole text, base64url: what the store keeps and finds a token by. Threat: whoever reads the database must not be able to
 * use what stands there. 256 random bits cannot be guessed, so a plain hash is enough.
 */
export const digestOf = (text: string): string =>
  hash("sha256", text, "base64url");

function checksumOf(body: string): string {
  let digits = "";
  for (let rest = crc32(body); digits.length < CHECKSUM_LENGTH;) {
    digits = ALPHABET.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A whole number as eight bytes, the most significant first. */
function bytesOf(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  for (let rest = value, i = 7; i >= 0; i--, rest = Math.floor(rest / 256))
    bytes[i] = rest % 256;
  return bytes;
}

/** Five digits at a time, two bytes at a time: the largest steps whose products are exact numbers. */
const BASE = 62 ** 5;
const PAIRS: readonly string[] = Array.from(
  { length: 62 ** 2 },
  (_, i) => ALPHABET.charAt(Math.floor(i / 62)) + ALPHABET.charAt(i % 62),
);

/** Digits of 62, filled up with zeros: all texts of a kind have one length, and a double click selects the whole. `bytes` are of an even number. */
function base62(bytes: Uint8Array, length: number): string {
  const words: number[] = [];
  for (let i = 0; i < bytes.length; i += 2)
    words.push((bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0));
  let digits = "";
  // Long division: what is left of all words is the next five digits. In front, one word after the other becomes zero.
  let front = 0;
  while (digits.length < length) {
    let left = 0;
    while (words[front] === 0) front++;
    for (let i = front; i < words.length; i++) {
      const value = left * 65_536 + (words[i] ?? 0);
      const whole = Math.floor(value / BASE);
      words[i] = whole;
      left = value - whole * BASE;
    }
    const first = Math.floor(left / 62 ** 4);
    const rest = left - first * 62 ** 4;
    const second = Math.floor(rest / 62 ** 2);
    digits =
      ALPHABET.charAt(first) +
      (PAIRS[second] ?? "") +
      (PAIRS[rest - second * 62 ** 2] ?? "") +
      digits;
  }
  return digits.slice(-length);
}
