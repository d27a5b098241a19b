/** The platform on node:crypto: everything at once, nothing by promise. */
import { constants, createHmac, createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, hash as nodeHash, randomBytes, sign as nodeSign, timingSafeEqual, verify as nodeVerify, type KeyObject } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { ALGORITHMS, type Algorithm, type AlgorithmName } from "../signing/algorithms.ts";
import type { Handle, HashName, Jwk, Platform } from "./platform.ts";

const keyOf = (handle: Handle): KeyObject => handle as unknown as KeyObject;
const supported = new Map<string, boolean>();

function options(a: Algorithm, key: KeyObject): never {
  if (a.scheme === "pss") return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } as never;
  if (a.scheme === "ecdsa") return { key, dsaEncoding: "ieee-p1363" } as never;
  return key as never;
}

const secretOf = (jwk: Jwk): KeyObject => createSecretKey(Buffer.from(jwk["k"] as string, "base64url"));

export const platform: Platform = {
  name: "node",
  supports(alg) {
    let known = supported.get(alg);
    if (known === undefined) {
      try {
        platform.generate(alg, 2048);
        known = true;
      } catch {
        known = false;
      }
      supported.set(alg, known);
    }
    return known;
  },
  importVerifyKey: (jwk, alg) => (alg.startsWith("HS") ? secretOf(jwk) : createPublicKey({ key: jwk as never, format: "jwk" })) as unknown as Handle,
  importSignKey: (jwk, alg) => (alg.startsWith("HS") ? secretOf(jwk) : createPrivateKey({ key: jwk as never, format: "jwk" })) as unknown as Handle,
  verify(alg, handle, data, signature) {
    const a = ALGORITHMS.get(alg) as Algorithm;
    if (a.signatureBytes !== undefined && signature.length !== a.signatureBytes) return false;
    const key = keyOf(handle);
    if (a.scheme === "hmac") return timingSafeEqual(createHmac(a.hash as string, key).update(data).digest(), signature);
    if (a.scheme === "ecdsa" && (allZero(signature, 0) || allZero(signature, signature.length / 2))) return false;
    try {
      return nodeVerify(a.hash ?? null, typeof data === "string" ? Buffer.from(data, "latin1") : data, options(a, key), signature);
    } catch {
      return false;
    }
  },
  sign(alg, handle, data) {
    const a = ALGORITHMS.get(alg) as Algorithm;
    const key = keyOf(handle);
    if (a.scheme === "hmac") return createHmac(a.hash as string, key).update(data).digest();
    return nodeSign(a.hash ?? null, typeof data === "string" ? Buffer.from(data, "latin1") : data, options(a, key));
  },
  generate(alg, bits) {
    const a = ALGORITHMS.get(alg) as Algorithm;
    if (a.kty === "oct") return { kty: "oct", k: randomBytes(a.secretBytes as number).toString("base64url") };
    const crv = a.crv ?? "Ed25519";
    const pair =
      a.kty === "RSA" ? generateKeyPairSync("rsa", { modulusLength: bits }) :
      a.kty === "EC" ? generateKeyPairSync("ec", { namedCurve: crv }) :
      generateKeyPairSync((a.kty === "AKP" ? alg.toLowerCase() : crv.toLowerCase()) as never);
    return (pair as { privateKey: KeyObject }).privateKey.export({ format: "jwk" }) as Jwk;
  },
  digest: (name: HashName, data) => nodeHash(name, data, "buffer") as unknown as Uint8Array,
  fingerprint: (text) => nodeHash("sha256", text, "latin1"),
  decodeBase64url(text) {
    const rest = text.length % 4;
    if (rest === 1) return null;
    const bytes = Buffer.from(text, "base64url");
    if (bytes.length !== Math.floor((text.length * 3) / 4) || text.includes("+") || text.includes("/")) return null;
    if (rest !== 0 && Buffer.from(bytes.subarray(bytes.length - rest + 1)).toString("base64url") !== text.slice(-rest)) return null;
    return bytes;
  },
  decodeUtf8: (bytes) => (isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8") : null),
  encodeBase64url: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64url"),
};

function allZero(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < from + bytes.length / 2; i++) if (bytes[i] !== 0) return false;
  return true;
}

export type { AlgorithmName };
