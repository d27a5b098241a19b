import { platform } from "#crypto";
import type { Jwk } from "../crypto/platform.ts";
import { CURVES, isOnCurve } from "./curves.ts";
import { Key, type KeyProblem } from "./key.ts";
import { judgeRsa } from "./rsa.ts";

export interface ReadJwkOptions {
  /** Largest modulus in bits. Default 8192; 4096 for a key that a client or a proof brings, since each signature costs time. */
  readonly maxModulusBits?: number;
}

interface Facts {
  readonly bits: number;
  readonly problem: KeyProblem | null;
}

/**
 * Reads a JWK and checks every member that counts: JSON types, canonical base64url, sizes, the point on its curve. Never throws for a
 * bad key: it gets its `problem`, so that a diagnosis can name it. A short secret is no problem here; it depends on the algorithm.
 */
export function readJwk(jwk: Jwk, options: ReadJwkOptions = {}): Key {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) {
    return new Key({}, { bits: 0, isPrivate: false, problem: member(`a JWK is a JSON object (RFC 7517 section 4); found ${jwk === null ? "null" : typeof jwk}`) });
  }
  // A copy: whoever gave the JWK cannot change it after it was checked.
  const own: Jwk = { ...jwk };
  const wrong = checkLabels(own);
  const { bits, problem } = readMaterial(own, options);
  const isPrivate = own["d"] !== undefined || own["priv"] !== undefined;
  return new Key(own, { bits, isPrivate, problem: wrong ?? problem });
}

function readMaterial(jwk: Jwk, options: ReadJwkOptions): Facts {
  switch (jwk.kty) {
    case "oct":
      return readSecret(jwk);
    case "RSA":
      return readRsa(jwk, options.maxModulusBits ?? 8192);
    case "EC":
      return readEc(jwk);
    case "OKP":
      return readOkp(jwk);
    case "AKP":
      return readAkp(jwk);
    default:
      if (typeof jwk.kty !== "string") return bad(member(`kty is a string (RFC 7517 section 4.1); found ${typeof jwk.kty}`));
      return bad(unsupported(`kty ${name(jwk.kty)} is none of oct, RSA, EC, OKP, AKP`));
  }
}

/** The members that say what a key is for (RFC 7517 section 4) have their types. */
function checkLabels(jwk: Jwk): KeyProblem | null {
  for (const label of ["kid", "alg", "use", "x5t", "x5t#S256"]) {
    const value = jwk[label];
    if (value !== undefined && typeof value !== "string") return member(`${label} is a string; found ${typeOf(value)}`);
  }
  const ops = jwk["key_ops"];
  if (ops === undefined) return null;
  if (!Array.isArray(ops) || !ops.every((op) => typeof op === "string")) return member(`key_ops is an array of strings; found ${typeOf(ops)}`);
  return new Set(ops).size === ops.length ? null : member("key_ops names an operation twice (RFC 7517 section 4.3)");
}

function readSecret(jwk: Jwk): Facts {
  const k = bytesOf(jwk, "k");
  if (!(k instanceof Uint8Array)) return bad(k);
  return { bits: k.length * 8, problem: k.length > 0 ? null : { problem: "too_small", detail: "k is empty" } };
}

function readRsa(jwk: Jwk, maxBits: number): Facts {
  const n = bytesOf(jwk, "n");
  if (!(n instanceof Uint8Array)) return bad(n);
  const e = bytesOf(jwk, "e");
  if (!(e instanceof Uint8Array)) return bad(e);
  const secret = checkSecrets(jwk, ["d", "p", "q", "dp", "dq", "qi"]);
  if (secret) return bad(secret);
  return judgeRsa(n, e, maxBits);
}

function readEc(jwk: Jwk): Facts {
  const curve = typeof jwk["crv"] === "string" ? CURVES.get(jwk["crv"]) : undefined;
  if (!curve) return bad(curveProblem(jwk, "P-256, P-384, P-521, secp256k1"));
  const x = bytesOf(jwk, "x", curve.bytes);
  if (!(x instanceof Uint8Array)) return bad(x);
  const y = bytesOf(jwk, "y", curve.bytes);
  if (!(y instanceof Uint8Array)) return bad(y);
  const secret = checkSecrets(jwk, ["d"], curve.bytes);
  if (secret) return bad(secret);
  // A point elsewhere leads into a weaker group (RFC 8725 section 3.4).
  if (!isOnCurve(curve, x, y)) return bad({ problem: "not_on_curve", detail: `the point (x, y) is not on ${String(jwk["crv"])}` });
  return { bits: curve.bits, problem: null };
}

const OKP: ReadonlyMap<unknown, { readonly bytes: number; readonly bits: number }> = new Map([
  ["Ed25519", { bytes: 32, bits: 256 }],
  ["Ed448", { bytes: 57, bits: 456 }],
]);

function readOkp(jwk: Jwk): Facts {
  const curve = OKP.get(jwk["crv"]);
  if (jwk["crv"] === "X25519" || jwk["crv"] === "X448") return bad(unsupported(`${jwk["crv"]} is for key agreement, not for signatures (RFC 8037 section 3.2)`));
  if (!curve) return bad(curveProblem(jwk, "Ed25519, Ed448"));
  const x = bytesOf(jwk, "x", curve.bytes);
  if (!(x instanceof Uint8Array)) return bad(x);
  const secret = checkSecrets(jwk, ["d"], curve.bytes);
  if (secret) return bad(secret);
  return { bits: curve.bits, problem: null };
}

/** Lengths of ML-DSA public keys in bytes (FIPS 204 table 2). */
const AKP: ReadonlyMap<unknown, number> = new Map([
  ["ML-DSA-44", 1312],
  ["ML-DSA-65", 1952],
  ["ML-DSA-87", 2592],
]);

function readAkp(jwk: Jwk): Facts {
  // RFC 9964 section 3: alg is required, since it alone says what the bytes are.
  if (typeof jwk["alg"] !== "string") return bad(member("an AKP key needs alg (RFC 9964)"));
  const length = AKP.get(jwk["alg"]);
  if (length === undefined) return bad(unsupported(`alg ${name(jwk["alg"])} of an AKP key is none of ML-DSA-44, ML-DSA-65, ML-DSA-87`));
  const pub = bytesOf(jwk, "pub", length);
  if (!(pub instanceof Uint8Array)) return bad(pub);
  const secret = checkSecrets(jwk, ["priv"], 32);
  if (secret) return bad(secret);
  return { bits: length * 8, problem: null };
}

/** Secret members may be absent; what is there must be well-formed. */
function checkSecrets(jwk: Jwk, members: readonly string[], length?: number): KeyProblem | null {
  for (const secret of members) {
    if (jwk[secret] === undefined) continue;
    const bytes = bytesOf(jwk, secret, length);
    if (!(bytes instanceof Uint8Array)) return bytes;
  }
  return null;
}

/** A member's bytes, or what is wrong with it. The value itself is never quoted: it may be secret. */
function bytesOf(jwk: Jwk, name: string, length?: number): Uint8Array | KeyProblem {
  const value = jwk[name];
  if (value === undefined) return member(`${name} is missing`);
  if (typeof value !== "string") return member(`${name} is a string; found ${typeOf(value)}`);
  const bytes = platform.decodeBase64url(value);
  if (!bytes) return member(`${name} is not base64url without padding`);
  if (length !== undefined && bytes.length !== length) return member(`${name} has ${length} bytes; found ${bytes.length}`);
  return bytes;
}

function curveProblem(jwk: Jwk, known: string): KeyProblem {
  const crv = jwk["crv"];
  if (typeof crv !== "string") return member(`crv is a string; found ${typeOf(crv)}`);
  return unsupported(`crv ${name(crv)} is none of ${known}`);
}

const bad = (problem: KeyProblem): Facts => ({ bits: 0, problem });
const member = (detail: string): KeyProblem => ({ problem: "member", detail });
const unsupported = (detail: string): KeyProblem => ({ problem: "unsupported", detail });
const name = (value: unknown): string => JSON.stringify(String(value).slice(0, 64));
const typeOf = (value: unknown): string => (value === undefined ? "none" : value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
