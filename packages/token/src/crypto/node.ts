/** The platform of Node.js, and of what offers node:crypto. HMAC and what needs no key answer at once; a signature does so where it comes alone. */
import { Buffer, isUtf8 } from "node:buffer";
import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  generateKeyPairSync,
  getCurves,
  hash as digestOnce,
  type KeyObject,
  randomBytes,
  sign as signOnce,
  type SignKeyObjectInput,
  timingSafeEqual,
  verify as verifyOnce,
  type VerifyKeyObjectInput,
  type webcrypto,
} from "node:crypto";
import { availableParallelism } from "node:os";
import { allMembers, publicMembers } from "../keys/jwk-members.ts";
import {
  ALGORITHMS,
  type Algorithm,
  type AlgorithmName,
} from "../signing/algorithms.ts";
import { hasZeroHalf, signatureBytes } from "../signing/signature-form.ts";
import type { Handle, Jwk, Platform } from "./platform.ts";
import { atOnce, isAlone, together } from "./together.ts";

/** All that a signature needs, made ready once: the hot path looks nothing up. */
interface NodeHandle extends Handle {
  readonly alg: AlgorithmName;
  readonly scheme: Algorithm["scheme"];
  readonly hash: string | null;
  readonly bytes: number;
  readonly key: KeyObject;
  readonly input: KeyObject | (VerifyKeyObjectInput & SignKeyObjectInput);
  /** What of a turn's work with this key is this thread's (crypto/together.ts). */
  readonly oneIn: number;
}

/** A process that verifies is taken to have the other cores to itself; one that signs keeps what it issued, and a core is busy with that. */
const VERIFIES_ONE_IN = availableParallelism();
const SIGNS_ONE_IN = Math.max(1, VERIFIES_ONE_IN - 1);
/** What takes longer than a request may wait for is not computed by this thread. */
const QUICK: ReadonlySet<string> = new Set(["ES256", "Ed25519"]);

function oneInFor(key: KeyObject, jwk: Jwk, alg: AlgorithmName): number {
  const isQuick = QUICK.has(alg) || QUICK.has(String(jwk["crv"]));
  if (key.type === "private") return isQuick ? SIGNS_ONE_IN : Infinity;
  return isQuick || jwk.kty === "RSA" ? VERIFIES_ONE_IN : Infinity;
}

function handle(key: KeyObject, jwk: Jwk, alg: AlgorithmName): NodeHandle {
  const { scheme, hash } = ALGORITHMS.get(alg) as Algorithm;
  const bytes = signatureBytes(alg, jwk);
  return {
    type: key.type,
    alg,
    scheme,
    hash: hash ?? null,
    bytes,
    key,
    input: inputFor(key, scheme, hash),
    oneIn: oneInFor(key, jwk, alg),
  };
}

function inputFor(
  key: KeyObject,
  scheme: Algorithm["scheme"],
  hash: Algorithm["hash"],
): NodeHandle["input"] {
  if (scheme === "ecdsa") return { key, dsaEncoding: "ieee-p1363" };
  if (scheme === "pkcs1") return { key, padding: constants.RSA_PKCS1_PADDING };
  // The salt is as long as the hash, and MGF1 uses the same hash, which is the default (RFC 7518 section 3.5).
  if (scheme === "pss")
    return {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: Number(hash?.slice(3)) / 8,
    };
  return key;
}

/** A handle is bound to the algorithm that it was made for: no other use of it is possible. */
function boundTo(alg: AlgorithmName, given: Handle): NodeHandle {
  const ready = given as NodeHandle;
  if (ready.alg !== alg)
    throw new TypeError(
      `this key was made ready for ${ready.alg}; found ${alg}`,
    );
  return ready;
}

/**
 * Room for one signing input and one payload at a time: a view of it is used up before the
 * next one is written, and never given to another thread. It spares the hot path an allocation for each.
 */
const SCRATCH = 65_536;
const scratch = Buffer.allocUnsafeSlow(SCRATCH);

/** The bytes of a signing input; valid until the next call. */
function bytesOf(data: string | Uint8Array): Uint8Array {
  if (typeof data !== "string") return data;
  if (data.length > SCRATCH) return Buffer.from(data, "latin1");
  return scratch.subarray(0, scratch.write(data, 0, "latin1"));
}

/** For whom another thread reads, or this one later: the scratch space and a caller's bytes change meanwhile. */
const ownBytes = (data: string | Uint8Array): Buffer =>
  typeof data === "string" ? Buffer.from(data, "latin1") : Buffer.from(data);

function decodeText(text: string): string | null {
  if (text.length > SCRATCH) return decodeLongText(text);
  const length = scratch.write(text, 0, "base64url");
  if (scratch.toString("base64url", 0, length) !== text) return null;
  const decoded = scratch.toString("utf8", 0, length);
  // Invalid UTF-8 leaves the replacement character; a text may also hold it in earnest.
  return decoded.includes("\uFFFD") && !isUtf8(scratch.subarray(0, length))
    ? null
    : decoded;
}

function decodeLongText(text: string): string | null {
  const bytes = decodeBase64url(text);
  return bytes && platform.decodeUtf8(bytes);
}

const secretOf = (jwk: Jwk): KeyObject =>
  createSecretKey(Buffer.from(String(jwk["k"]), "base64url"));

function decodeBase64url(text: string): Uint8Array | null {
  // Buffer.from is lenient: it skips foreign characters, takes + and /, reads U+0141 as A, drops stray bits. Only the one canonical
  // text of the bytes is accepted (RFC 7515 section 2), and writing them again is the cheapest proof of it.
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

const supported = new Map<AlgorithmName, boolean>();

/** Builds differ (ML-DSA needs OpenSSL 3.5, BoringSSL has no Ed448 and no secp256k1), so the rarer ones are tried once. */
function probe(alg: AlgorithmName): boolean {
  const { scheme, crv } = ALGORITHMS.get(alg) as Algorithm;
  try {
    if (crv === "secp256k1") return getCurves().includes(crv);
    if (scheme === "ml-dsa" || scheme === "eddsa") keyPairOf(alg, 0, true);
    return true;
  } catch {
    return false;
  }
}

type KeyPair = { readonly privateKey: KeyObject };
type Done = (
  error: Error | null,
  publicKey: KeyObject,
  privateKey: KeyObject,
) => void;

/** Calls the generator of the platform: at once for a probe, else off the main thread. */
function keyPairOf(
  alg: AlgorithmName,
  bits: number,
  done: true | Done,
): KeyPair | void {
  const { kty, crv } = ALGORITHMS.get(alg) as Algorithm;
  const type =
    kty === "RSA"
      ? "rsa"
      : kty === "EC"
        ? "ec"
        : kty === "AKP"
          ? alg.toLowerCase()
          : (crv ?? "Ed25519").toLowerCase();
  const options = { modulusLength: bits, namedCurve: crv };
  return done === true
    ? generateKeyPairSync(type as "rsa", options)
    : generateKeyPair(type as "rsa", options, done);
}

export const platform: Platform = {
  name: "node",

  supports(alg) {
    let known = supported.get(alg);
    if (known === undefined) supported.set(alg, (known = probe(alg)));
    return known;
  },

  importVerifyKey(jwk, alg) {
    const key =
      jwk.kty === "oct"
        ? secretOf(jwk)
        : createPublicKey({
            key: publicMembers(jwk) as webcrypto.JsonWebKey,
            format: "jwk",
          });
    return handle(key, jwk, alg);
  },

  importSignKey(jwk, alg) {
    const key =
      jwk.kty === "oct"
        ? secretOf(jwk)
        : createPrivateKey({
            key: allMembers(jwk) as webcrypto.JsonWebKey,
            format: "jwk",
          });
    return handle(key, jwk, alg);
  },

  verify(alg, given, data, signature) {
    const { scheme, hash, bytes, key, input, oneIn } = boundTo(alg, given);
    if (signature.length !== bytes) return false;
    if (scheme === "hmac")
      return timingSafeEqual(
        createHmac(hash as string, key)
          .update(data)
          .digest(),
        signature,
      );
    if (scheme === "ecdsa" && hasZeroHalf(signature)) return false;
    if (!isAlone()) {
      const text = ownBytes(data);
      const own = ownBytes(signature);
      return together(
        {
          here: () => verifyOnce(hash, text, input, own),
          elsewhere: (done) => verifyOnce(hash, text, input, own, done),
        },
        oneIn,
      ).catch(() => false);
    }
    try {
      return verifyOnce(hash, bytesOf(data), input, signature);
    } catch {
      return false;
    }
  },

  sign(alg, given, data) {
    const { scheme, hash, key, input, oneIn } = boundTo(alg, given);
    if (scheme === "hmac")
      return createHmac(hash as string, key)
        .update(data)
        .digest();
    if (isAlone()) return signOnce(hash, bytesOf(data), input);
    const text = ownBytes(data);
    return together(
      {
        here: () => signOnce(hash, text, input),
        elsewhere: (done) => signOnce(hash, text, input, done),
      },
      oneIn,
    );
  },

  atOnce,

  generate(alg, bits) {
    const { kty, secretBytes } = ALGORITHMS.get(alg) as Algorithm;
    if (kty === "oct")
      return {
        kty,
        k: randomBytes(secretBytes as number).toString("base64url"),
      };
    return new Promise((resolve, reject) => {
      keyPairOf(alg, bits, (error, _, privateKey) =>
        error
          ? reject(error)
          : resolve({ ...privateKey.export({ format: "jwk" }) }),
      );
    });
  },

  digest: (hash, data) => digestOnce(hash, data, "buffer"),
  fingerprint: (text) => digestOnce("sha256", text, "latin1"),
  decodeBase64url,
  decodeText,
  decodeUtf8: (bytes) =>
    isUtf8(bytes)
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
          "utf8",
        )
      : null,
  encodeBase64url: (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
      "base64url",
    ),

  jwkOfPrivateKey: (der, type) => ({
    ...createPrivateKey({ key: Buffer.from(der), format: "der", type }).export({
      format: "jwk",
    }),
  }),
};
