/**
 * The texts of our own tokens: `asy_at_<id>.<secret><checksum>` for an access token, `asy_rt_<family>-<number>.<secret><checksum>` for a
 * refresh token, `asy_ac_`, `asy_cs_` and then `<secret><checksum>` for an authorization code, a client secret. The prefix tells a secret
 * scanner whose it is; the checksum tells a scanner a real one from a lookalike, and us a damaged text from an unknown token without a look
 * in the store. Refresh tokens of earlier releases have no name before the secret, and are good as long as they were made to be.
 * The checksum proves nothing: anybody can compute it.
 */
import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { NamedRefreshToken, RefreshTokenName } from "../store/records.ts";

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
  /asy_(?:at_[0-9A-Za-z_-]{1,64}\.|rt_(?:[0-9A-Za-z]{1,48}-[1-9][0-9]{0,14}\.)?|(?:ac|cs)_)[0-9A-Za-z]{49}/;

const WHOLE = new RegExp(`^${OPAQUE_PATTERN.source}$`);
const ALPHABET =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Digits for 256 random bits, a time of this age, 83 random bits and a CRC-32. */
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
 * Names a token in the journal and in jti: the time in milliseconds, then 83 random bits, base62. Not secret: it opens nothing. Later names sort
 * later, so that a database with millions of them writes at one end of its indexes; the time is no secret either, since iat tells it.
 */
export const newTokenId = (random: Random, now: number): string =>
  timeOf(now) + newListName(random);

/** Many are named in one millisecond. */
let lastTime = { at: -1, text: "" };

function timeOf(at: number): string {
  if (at !== lastTime.at) lastTime = { at, text: digitsOf(at, TIME_LENGTH) };
  return lastTime.text;
}

/** Names a status list, in public: 83 random bits, base62. */
export const newListName = (random: Random): string =>
  randomDigits(random, RANDOM_LENGTH);

/** An access token that only introspection can read. `tokenId` stands in it and may be written in a journal; the secret behind the dot may not. */
export const makeAccessToken = (random: Random, tokenId: string): OpaqueToken =>
  finish(`${PREFIXES.access}${tokenId}.`, random);

/** A refresh token, the `generation`th of its family. Neither is secret: they say where to look, and the secret behind the dot proves the token. */
export const makeRefreshToken = (
  random: Random,
  familyId: string,
  generation: number,
): OpaqueToken & NamedRefreshToken => ({
  ...finish(`${PREFIXES.refresh}${familyId}-${generation}.`, random),
  familyId,
  generation,
});

export const makeOpaqueToken = (
  kind: "code" | "secret",
  random: Random,
): OpaqueToken => finish(PREFIXES[kind], random);

function finish(start: string, random: Random): OpaqueToken {
  const body = start + randomDigits(random, SECRET_LENGTH);
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

/** What the store finds a refresh token by. `text`: one of ours by its form. */
export function refreshTokenName(text: string): RefreshTokenName {
  const digest = digestOf(text);
  const dash = text.indexOf("-");
  if (dash === -1) return { digest };
  return {
    familyId: text.slice(PREFIXES.refresh.length, dash),
    generation: Number(text.slice(dash + 1, text.indexOf("."))),
    digest,
  };
}

const checksumOf = (body: string): string =>
  digitsOf(crc32(body), CHECKSUM_LENGTH);

/** A whole number in digits of 62, filled up with zeros. */
function digitsOf(value: number, length: number): string {
  let digits = "";
  for (let rest = value; digits.length < length; rest = Math.floor(rest / 62))
    digits = ALPHABET.charAt(rest % 62) + digits;
  return digits;
}

/** The largest multiple of 62 that a byte can count. What lies above is not used: some digits would be likelier than others. */
const FAIR = 248;
/** Of so many bytes more than digits are wanted, one call gives nearly always enough. */
const SPARE = 6;

/** Digits of 62, each as likely as any other. All texts of a kind have one length, and a double click selects the whole. */
function randomDigits(random: Random, length: number): string {
  const codes = Buffer.allocUnsafe(length);
  let found = 0;
  while (found < length)
    for (const byte of random(length - found + SPARE))
      if (byte < FAIR && found < length)
        codes[found++] = ALPHABET.charCodeAt(byte % 62);
  return codes.toString("latin1");
}
