/**
 * What an RSA signature says when it is opened with the public key: its padding, its hash, and with which text it was made. It is evidence
 * for a diagnosis and nothing else: no token is accepted by it. A well-formed padding shows by itself that this key made the signature.
 */
import { platform, type HashName, type Key } from "@assay/token";
import { hexOf } from "./lenient-base64.ts";

export type RsaPadding =
  /** RFC 8017 section 9.2. `hash` null: the bare hash, without the name of its algorithm. */
  | {
      readonly scheme: "pkcs1";
      readonly hash: HashName | null;
      readonly digest: Uint8Array;
    }
  /** RFC 8017 section 9.1. */
  | {
      readonly scheme: "pss";
      readonly hash: HashName;
      readonly mask: HashName;
      readonly salt: Uint8Array;
      readonly digest: Uint8Array;
    };

const HASHES: readonly HashName[] = ["sha256", "sha384", "sha512", "sha1"];
const BYTES: Readonly<Record<HashName, number>> = {
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** DigestInfo before the hash (RFC 8017 section 9.2, note 1). */
const DIGEST_INFO: readonly (readonly [string, HashName])[] = [
  ["3031300d060960864801650304020105000420", "sha256"],
  ["3041300d060960864801650304020205000430", "sha384"],
  ["3051300d060960864801650304020305000440", "sha512"],
  ["3021300906052b0e03021a05000414", "sha1"],
];

/** null: this key did not make the signature, or made it in no way that is known. */
export async function openRsa(
  key: Key,
  signature: Uint8Array,
): Promise<RsaPadding | null> {
  const { n, e } = key.reveal();
  const modulus = typeof n === "string" ? platform.decodeBase64url(n) : null;
  const exponent = typeof e === "string" ? platform.decodeBase64url(e) : null;
  if (
    !modulus ||
    !exponent ||
    exponent.length > 5 ||
    modulus.length > 1024 ||
    signature.length !== modulus.length
  )
    return null;
  const opened = power(bigint(signature), bigint(exponent), bigint(modulus));
  const encoded = bytesOf(opened, modulus.length);
  return readPkcs1(encoded) ?? (await readPss(encoded, key.bits));
}

/** Whether the opened signature was made over this text. */
export async function madeOver(
  padding: RsaPadding,
  input: string | Uint8Array,
): Promise<boolean> {
  if (padding.scheme === "pkcs1") {
    const { hash, digest } = padding;
    const candidates = hash
      ? [hash]
      : HASHES.filter((name) => BYTES[name] === digest.length);
    for (const name of candidates)
      if (isEqual(await platform.digest(name, input), digest)) return true;
    return false;
  }
  const { hash, salt, digest } = padding;
  const hashed = await platform.digest(hash, input);
  return isEqual(
    await platform.digest(hash, join(new Uint8Array(8), hashed, salt)),
    digest,
  );
}

function readPkcs1(encoded: Uint8Array): RsaPadding | null {
  if (encoded[0] !== 0 || encoded[1] !== 1) return null;
  let at = 2;
  while (encoded[at] === 0xff) at++;
  if (at < 10 || encoded[at] !== 0) return null;
  const rest = encoded.slice(at + 1);
  const text = hexOf(rest);
  for (const [prefix, hash] of DIGEST_INFO) {
    if (
      text.startsWith(prefix) &&
      rest.length === prefix.length / 2 + BYTES[hash]
    )
      return { scheme: "pkcs1", hash, digest: rest.slice(prefix.length / 2) };
  }
  return Object.values(BYTES).includes(rest.length)
    ? { scheme: "pkcs1", hash: null, digest: rest }
    : null;
}

async function readPss(
  encoded: Uint8Array,
  bits: number,
): Promise<RsaPadding | null> {
  if (encoded.at(-1) !== 0xbc) return null;
  // The encoded message is one bit shorter than the modulus (RFC 8017 section 8.1.1).
  const message = bits % 8 === 1 ? encoded.slice(1) : encoded;
  for (const hash of HASHES) {
    for (const mask of new Set<HashName>([hash, "sha1"])) {
      const split = message.length - BYTES[hash] - 1;
      if (split < 1) continue;
      const digest = message.slice(split, -1);
      const block = xor(
        message.slice(0, split),
        await mgf1(mask, digest, split),
      );
      block[0] = (block[0] as number) & (0xff >> ((8 - ((bits - 1) % 8)) % 8));
      const one = block.findIndex((byte) => byte !== 0);
      if (one >= 0 && block[one] === 1)
        return {
          scheme: "pss",
          hash,
          mask,
          salt: block.slice(one + 1),
          digest,
        };
    }
  }
  return null;
}

/** RFC 8017 appendix B.2.1. */
async function mgf1(
  hash: HashName,
  seed: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let counter = 0; counter * BYTES[hash] < length; counter++) {
    chunks.push(
      await platform.digest(hash, join(seed, bytesOf(BigInt(counter), 4))),
    );
  }
  return join(...chunks).slice(0, length);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const bigint = (bytes: Uint8Array): bigint =>
  BigInt(`0x${hexOf(bytes) || "0"}`);

function bytesOf(number: bigint, length: number): Uint8Array {
  const text = number.toString(16).padStart(2 * length, "0");
  return Uint8Array.from({ length }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
