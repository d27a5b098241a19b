/** The platform of WebCrypto: browsers, Deno, Bun, workers. Keys and signatures answer by promise; encodings at once. */
import { allMembers, publicMembers } from "../keys/jwk-members.ts";
import {
  ALGORITHMS,
  type Algorithm,
  type AlgorithmName,
} from "../signing/algorithms.ts";
import { hasZeroHalf, signatureBytes } from "../signing/signature-form.ts";
import type { Handle, HashName, Jwk, Platform } from "./platform.ts";

type CryptoKey = Awaited<ReturnType<typeof subtle.importKey>>;
type Bytes = Uint8Array<ArrayBuffer>;

interface WebHandle extends Handle {
  readonly alg: AlgorithmName;
  readonly bytes: number;
  readonly key: CryptoKey;
}

const { subtle } = globalThis.crypto;

const hashName = (hash: HashName | undefined): string =>
  `SHA-${hash?.slice(3)}`;

/** What WebCrypto asks for, by the algorithm's scheme: each operation reads what it knows and lets the rest be. */
interface Parameters {
  readonly name: string;
  readonly hash: string;
  readonly namedCurve: string;
  readonly saltLength: number;
}

/** EdDSA leaves the curve to the key (RFC 8037 section 3.1). */
function parameters(alg: AlgorithmName, curveOfKey: string): Parameters {
  const {
    scheme,
    crv = curveOfKey,
    hash: bare,
  } = ALGORITHMS.get(alg) as Algorithm;
  const names = {
    hmac: "HMAC",
    pkcs1: "RSASSA-PKCS1-v1_5",
    pss: "RSA-PSS",
    ecdsa: "ECDSA",
    eddsa: crv,
    "ml-dsa": alg,
  };
  // The salt of RSA-PSS is as long as the hash (RFC 7518 section 3.5).
  return {
    name: names[scheme],
    hash: hashName(bare),
    namedCurve: crv,
    saltLength: Number(bare?.slice(3)) / 8,
  };
}

async function importKey(
  jwk: Jwk,
  alg: AlgorithmName,
  usage: "verify" | "sign",
): Promise<WebHandle> {
  const algorithm = parameters(alg, String(jwk["crv"]));
  const key =
    jwk.kty === "oct"
      ? await subtle.importKey(
          "raw",
          decodeBase64url(String(jwk["k"])) as Bytes,
          algorithm,
          false,
          [usage],
        )
      : await subtle.importKey(
          "jwk",
          (usage === "sign" ? allMembers(jwk) : publicMembers(jwk)) as object,
          algorithm,
          false,
          [usage],
        );
  return { type: key.type, alg, bytes: signatureBytes(alg, jwk), key };
}

/** A handle is bound to the algorithm that it was made for: no other use of it is possible. */
function boundTo(alg: AlgorithmName, given: Handle): WebHandle {
  const ready = given as WebHandle;
  if (ready.alg !== alg)
    throw new TypeError(
      `this key was made ready for ${ready.alg}; found ${alg}`,
    );
  return ready;
}

const bytesOf = (data: string | Uint8Array): Bytes =>
  typeof data === "string" ? new TextEncoder().encode(data) : (data as Bytes);

/** Newer than the language version that we compile for; where it lacks, atob and btoa do the same. */
const Base64 = Uint8Array as unknown as {
  fromBase64?: (text: string, options: object) => Bytes;
};

function decodeBase64url(text: string): Bytes | null {
  try {
    const bytes = Base64.fromBase64
      ? Base64.fromBase64(text, { alphabet: "base64url" })
      : Uint8Array.from(
          atob(text.replaceAll("-", "+").replaceAll("_", "/")),
          (letter) => letter.charCodeAt(0),
        );
    // Both are lenient (white space, padding, stray bits). Only the one canonical text of the bytes is accepted (RFC 7515 section 2).
    return encodeBase64url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

function encodeBase64url(bytes: Uint8Array): string {
  const encode = (bytes as { toBase64?: (options: object) => string }).toBase64;
  if (encode)
    return encode.call(bytes, { alphabet: "base64url", omitPadding: true });
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

// ignoreBOM: the mark stays in the text, where JSON refuses it.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

async function generate(
  alg: AlgorithmName,
  modulusLength: number,
): Promise<Jwk> {
  const { secretBytes = 0 } = ALGORITHMS.get(alg) as Algorithm;
  const options = {
    ...parameters(alg, "Ed25519"),
    length: secretBytes * 8,
    modulusLength,
    publicExponent: Uint8Array.of(1, 0, 1),
  };
  const made = await subtle.generateKey(options, true, ["sign", "verify"]);
  return allMembers(
    (await subtle.exportKey(
      "jwk",
      "privateKey" in made ? made.privateKey : made,
    )) as Jwk,
  );
}

const supported = new Map<AlgorithmName, boolean>();

export const platform: Platform = {
  name: "web",

  async supports(alg) {
    let known = supported.get(alg);
    if (known === undefined) {
      const { kty } = ALGORITHMS.get(alg) as Algorithm;
      // RSA and HMAC are everywhere (an RSA key takes long to make), but a page that came over plain http has no WebCrypto at all.
      known =
        kty === "RSA" || kty === "oct"
          ? subtle !== undefined
          : await generate(alg, 0).then(
              () => true,
              () => false,
            );
      supported.set(alg, known);
    }
    return known;
  },

  importVerifyKey: (jwk, alg) => importKey(jwk, alg, "verify"),
  importSignKey: (jwk, alg) => importKey(jwk, alg, "sign"),

  async verify(alg, given, data, signature) {
    const { bytes, key } = boundTo(alg, given);
    if (signature.length !== bytes) return false;
    if (
      (ALGORITHMS.get(alg) as Algorithm).scheme === "ecdsa" &&
      hasZeroHalf(signature)
    )
      return false;
    return subtle
      .verify(parametersOf(alg, key), key, signature as Bytes, bytesOf(data))
      .catch(() => false);
  },

  async sign(alg, given, data) {
    const { key } = boundTo(alg, given);
    return new Uint8Array(
      await subtle.sign(parametersOf(alg, key), key, bytesOf(data)),
    );
  },

  atOnce: (run) => run(),

  generate,
  digest: async (hash, data) =>
    new Uint8Array(
      await subtle.digest(
        hash === "sha1" ? "SHA-1" : hashName(hash),
        bytesOf(data),
      ),
    ),
  fingerprint: async (text) =>
    String.fromCharCode(
      ...new Uint8Array(await subtle.digest("SHA-256", bytesOf(text))),
    ),
  decodeBase64url,

  decodeText(text) {
    const bytes = decodeBase64url(text);
    return bytes && decodeUtf8(bytes);
  },
  decodeUtf8,
  encodeBase64url,
};

/** The curve of an EdDSA key is the name that it was imported with. */
const parametersOf = (alg: AlgorithmName, key: CryptoKey): Parameters =>
  parameters(alg, key.algorithm.name);
