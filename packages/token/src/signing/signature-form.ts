import type { Jwk } from "../crypto/platform.ts";
import {
  ALGORITHMS,
  type Algorithm,
  type AlgorithmName,
} from "./algorithms.ts";

const EDDSA_BYTES: Readonly<Record<string, number>> = {
  Ed25519: 64,
  Ed448: 114,
};

/** The one length in bytes that a signature of this key can have; for RSA, the modulus's (RFC 8017 section 8). */
export function signatureBytes(alg: AlgorithmName, jwk: Jwk): number {
  const { scheme, signatureBytes: fixed } = ALGORITHMS.get(alg) as Algorithm;
  if (fixed !== undefined) return fixed;
  if (scheme === "eddsa") return EDDSA_BYTES[String(jwk["crv"])] ?? 0;
  return Math.floor((String(jwk["n"]).length * 3) / 4);
}

/** True when r or s is zero: never a signature, yet broken verifiers accepted it for every message (CVE-2022-21449). */
export function hasZeroHalf(signature: Uint8Array): boolean {
  const half = signature.length / 2;
  return (
    isZero(signature, 0, half) || isZero(signature, half, signature.length)
  );
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 0) return false;
  return true;
}
