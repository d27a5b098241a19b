/** The names under which one key goes about: thumbprints of key and certificate in every spelling, and how one name differs from another. */
import {
  platform,
  thumbprintInput,
  type HashName,
  type Key,
} from "@assay/token";
import { base64Of, hexOf, lenientBase64 } from "./lenient-base64.ts";
import { spkiOf } from "./spki.ts";

/** A name longer than this, in characters, is nobody's key id, and comparing it in every spelling would take long. */
const LONGEST = 512;

/** In what relation the token's kid stands to the key of the set. null: none that is known. */
export async function relationOf(
  tokenKid: string,
  key: Key,
): Promise<string | null> {
  const bySpelling =
    key.kid === null ? null : spellingRelation(tokenKid, key.kid);
  if (bySpelling !== null) return bySpelling;
  for await (const [name, value] of namesOf(key))
    if (value === tokenKid) return `the token has ${name}`;
  return null;
}

/** How two spellings of one name differ. */
export function spellingRelation(
  tokenKid: string,
  setKid: string,
): string | null {
  const [a, b] = [tokenKid, setKid];
  if (a === b || a.length > LONGEST || b.length > LONGEST) return null;
  if (a.toLowerCase() === b.toLowerCase()) return "upper and lower case differ";
  if (a.trim() === b.trim())
    return "a blank or line end belongs to one of them";
  const bare = (kid: string): string =>
    kid
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
  if (bare(a) === bare(b) && bare(a) !== "")
    return "signs between the letters differ";
  if (decoded(a) === b || a === decoded(b))
    return "one of them is percent-encoded";
  if (asBase64(a).includes(b) || asBase64(b).includes(a))
    return "one of them is the other in base64";
  if (
    a === hexText(b) ||
    b === hexText(a) ||
    hexBytes(a) === asText(lenientBase64(b)) ||
    hexBytes(b) === asText(lenientBase64(a))
  )
    return "one of them is the other in hexadecimal";
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  if (short.length >= 2 && long.endsWith(short))
    return a === long
      ? "the token has something before the name"
      : "the set has something before the name";
  if (short.length >= 2 && long.startsWith(short))
    return a === long
      ? "the token has something after the name"
      : "the set has something after the name";
  if (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b))
    return "zeros before the number differ";
  return short.length >= 6 && long.includes(short)
    ? "one of them is a part of the other"
    : null;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const asBase64 = (text: string): readonly string[] => [
  base64Of(bytesOf(text)),
  base64Of(bytesOf(text)).replace(/=+$/, ""),
  platform.encodeBase64url(bytesOf(text)),
];
const hexText = (text: string): string => hexOf(bytesOf(text));
const hexBytes = (text: string): string | null =>
  /^([0-9a-f]{2})+$/i.test(text)
    ? asText(
        Uint8Array.from(text.match(/../g) ?? [], (pair) =>
          Number.parseInt(pair, 16),
        ),
      )
    : null;
const asText = (bytes: Uint8Array): string =>
  String.fromCharCode(...bytes.subarray(0, 256));

/** The names that the key itself gives, in every spelling. */
async function* namesOf(
  key: Key,
): AsyncGenerator<readonly [name: string, value: string]> {
  for await (const [name, digest] of digestsOf(key))
    for (const value of spellings(digest)) yield [name, value];
  for (const [name, value] of [
    ["the certificate's thumbprint (x5t)", key.x5t],
    ["the certificate's thumbprint (x5t#S256)", key.x5tS256],
  ] as const) {
    if (value === null) continue;
    yield [name, value];
    const bytes = lenientBase64(value);
    for (const spelling of spellings(bytes)) yield [name, spelling];
  }
}

async function* digestsOf(
  key: Key,
): AsyncGenerator<readonly [string, Uint8Array]> {
  const input = PUBLIC.has(key.kty) ? thumbprintInput(key.reveal()) : null;
  const spki = spkiOf(key);
  for (const hash of ["sha256", "sha1", "sha384", "sha512"] as const) {
    if (input !== null)
      yield [
        `its thumbprint (RFC 7638, ${hashName(hash)})`,
        await platform.digest(hash, input),
      ];
    if (spki)
      yield [
        `the ${hashName(hash)} of its public key`,
        await platform.digest(hash, spki),
      ];
  }
  const { n, x5c } = key.reveal();
  const certificate =
    Array.isArray(x5c) && typeof x5c[0] === "string"
      ? lenientBase64(x5c[0])
      : null;
  for (const hash of ["sha1", "sha256"] as const) {
    if (certificate)
      yield [
        `the ${hashName(hash)} of its certificate`,
        await platform.digest(hash, certificate),
      ];
    if (typeof n === "string")
      yield [
        `the ${hashName(hash)} of its modulus`,
        await platform.digest(hash, lenientBase64(n)),
      ];
  }
}

const PUBLIC = new Set(["RSA", "EC", "OKP", "AKP"]);
const hashName = (hash: HashName): string => `SHA-${hash.slice(3)}`;

function* spellings(bytes: Uint8Array): Generator<string> {
  const hex = hexOf(bytes);
  yield platform.encodeBase64url(bytes);
  yield base64Of(bytes);
  yield base64Of(bytes).replace(/=+$/, "");
  yield hex;
  yield hex.toUpperCase();
  for (const digits of [hex, hex.toUpperCase()]) {
    yield digits.replace(/..(?!$)/g, "$&:");
    // Some write the digits' text in base64url, and not the bytes.
    yield platform.encodeBase64url(bytesOf(digits));
    yield base64Of(bytesOf(digits));
  }
  yield libtrust(bytes);
}

/** The form of libtrust, which container registries use: 240 bits in base32, in groups of four. */
function libtrust(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes.subarray(0, 30))
    bits += byte.toString(2).padStart(8, "0");
  const letters = (bits.match(/.{5}/g) ?? [])
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)])
    .join("");
  return letters.replace(/.{4}(?!$)/g, "$&:");
}
