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
  readonly problem: KeyProblem | null | (() => KeyProblem | null);
}

/**
 * Reads a JWK and checks every member that counts: JSON types, canonical base64url, sizes, the point on its curve. Never throws for a
 * bad key: it gets its `problem`, so that a diagnosis can name it. A short secret is no problem here; it depends on the algorithm.
 */
export function readJwk(jwk: Jwk, options: ReadJwkOptions = {}): Key {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) {
    return new Key(
      {},
      {
        bits: 0,
        isPrivate: false,
        problem: wrong("a JWK", "an object", typeOf(jwk)),
      },
    );
  }
  // A copy: whoever gave the JWK cannot change it after it was checked.
  const own: Jwk = { ...jwk };
  const { bits, problem } = readMaterial(own, options.maxModulusBits ?? 8192);
  const isPrivate = own["d"] !== undefined || own["priv"] !== undefined;
  return new Key(own, {
    bits,
    isPrivate,
    problem: checkLabels(own) ?? problem,
  });
}

/** What a key of its kind is made of: members in base64url, and their length in bytes where the kind fixes it. */
interface Shape {
  readonly needs: readonly string[];
  readonly length?: number;
  /** Secret members: they may be absent, and what is there must be well-formed. */
  readonly secrets?: readonly string[];
  readonly secretLength?: number;
  readonly bits?: number;
}

/** Lengths of public keys in bytes (RFC 8032 section 5). */
const OKP: ReadonlyMap<unknown, number> = new Map([
  ["Ed25519", 32],
  ["Ed448", 57],
]);

/** Lengths of public keys in bytes (FIPS 204 table 2). */
const AKP: ReadonlyMap<unknown, number> = new Map([
  ["ML-DSA-44", 1312],
  ["ML-DSA-65", 1952],
  ["ML-DSA-87", 2592],
]);

const KINDS: ReadonlySet<string> = new Set(["oct", "RSA", "EC", "OKP", "AKP"]);

function shapeOf(jwk: Jwk): Shape | KeyProblem {
  const { kty, crv, alg } = jwk;
  const curve = CURVES.get(crv);
  const length = kty === "AKP" ? AKP.get(alg) : OKP.get(crv);
  switch (kty) {
    case "oct":
      return { needs: ["k"] };
    case "RSA":
      return { needs: ["n", "e"], secrets: ["d", "p", "q", "dp", "dq", "qi"] };
    case "EC":
      return curve
        ? {
            needs: ["x", "y"],
            length: curve.bytes,
            secrets: ["d"],
            secretLength: curve.bytes,
            bits: curve.bits,
          }
        : unknown("crv", crv, CURVES);
    case "OKP":
      if (crv === "X25519" || crv === "X448")
        return unsupported(
          `${crv} is for key agreement, not for signatures (RFC 8037 section 3.2)`,
        );
      return length
        ? {
            needs: ["x"],
            length,
            secrets: ["d"],
            secretLength: length,
            bits: length * 8,
          }
        : unknown("crv", crv, OKP);
    case "AKP":
      // alg is required here: it alone says what the bytes are. priv is the seed (RFC 9964).
      return length
        ? {
            needs: ["pub"],
            length,
            secrets: ["priv"],
            secretLength: 32,
            bits: length * 8,
          }
        : unknown("alg", alg, AKP);
    default:
      return unknown("kty", kty, KINDS);
  }
}

function readMaterial(jwk: Jwk, maxBits: number): Facts {
  const shape = shapeOf(jwk);
  if ("problem" in shape) return { bits: 0, problem: shape };
  const parts: Uint8Array[] = [];
  for (const member of shape.needs) {
    const bytes = bytesOf(jwk, member, shape.length);
    if (!(bytes instanceof Uint8Array)) return { bits: 0, problem: bytes };
    parts.push(bytes);
  }
  for (const member of shape.secrets ?? []) {
    const bytes =
      jwk[member] === undefined
        ? null
        : bytesOf(jwk, member, shape.secretLength);
    if (bytes && !(bytes instanceof Uint8Array))
      return { bits: 0, problem: bytes };
  }
  const [first, second] = parts as [Uint8Array, Uint8Array];
  if (jwk.kty === "RSA") return judgeRsa(first, second, maxBits);
  if (jwk.kty === "oct")
    return {
      bits: first.length * 8,
      problem:
        first.length > 0
          ? null
          : { problem: "too_small", detail: "k is empty" },
    };
  const curve = jwk.kty === "EC" && CURVES.get(jwk["crv"]);
  if (!curve) return { bits: shape.bits ?? 0, problem: null };
  // A point elsewhere leads into a weaker group (RFC 8725 section 3.4).
  const stray: KeyProblem = {
    problem: "not_on_curve",
    detail: `the point (x, y) is not on ${String(jwk["crv"])}`,
  };
  return {
    bits: curve.bits,
    problem: () => (isOnCurve(curve, first, second) ? null : stray),
  };
}

/** The members that say what a key is for (RFC 7517 section 4) have their types. */
function checkLabels(jwk: Jwk): KeyProblem | null {
  for (const label of ["kid", "alg", "use", "x5t", "x5t#S256"]) {
    const value = jwk[label];
    if (value !== undefined && typeof value !== "string")
      return wrong(label, "a string", typeOf(value));
  }
  const ops = jwk["key_ops"];
  if (ops === undefined) return null;
  const good =
    Array.isArray(ops) &&
    ops.every((op) => typeof op === "string") &&
    new Set(ops).size === ops.length;
  return good
    ? null
    : wrong("key_ops", "an array of different strings", typeOf(ops));
}

/** A member's bytes, or what is wrong with it. The value itself is never quoted: it may be secret. */
function bytesOf(
  jwk: Jwk,
  member: string,
  length?: number,
): Uint8Array | KeyProblem {
  const value = jwk[member];
  if (typeof value !== "string")
    return wrong(member, "a string", typeOf(value));
  const bytes = platform.decodeBase64url(value);
  if (!bytes) return wrong(member, "base64url without padding", "other text");
  return length === undefined || bytes.length === length
    ? bytes
    : wrong(member, `${length} bytes`, `${bytes.length}`);
}

function unknown(
  member: string,
  found: unknown,
  known: ReadonlyMap<unknown, unknown> | ReadonlySet<string>,
): KeyProblem {
  if (typeof found !== "string")
    return wrong(member, "a string", typeOf(found));
  return unsupported(
    `${member}: expected ${[...known.keys()].join(", ")}; found ${JSON.stringify(found.slice(0, 64))}`,
  );
}

const wrong = (
  member: string,
  expected: string,
  found: string,
): KeyProblem => ({
  problem: "member",
  detail: `${member}: expected ${expected}; found ${found}`,
});
const unsupported = (detail: string): KeyProblem => ({
  problem: "unsupported",
  detail,
});
const typeOf = (value: unknown): string =>
  value === undefined
    ? "none"
    : value === null
      ? "null"
      : Array.isArray(value)
        ? "an array"
        : typeof value;
