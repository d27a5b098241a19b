import type { Jwk } from "../crypto/platform.ts";
import { platform } from "#crypto";
import { Key, type KeyProblem } from "./key.ts";

const CURVES: Readonly<Record<string, number>> = { "P-256": 256, "P-384": 384, "P-521": 521, secp256k1: 256, Ed25519: 256, Ed448: 448 };

/** Reads one JWK; a bad key gets a problem and is never thrown. */
export function readJwk(jwk: Jwk): Key {
  const isPrivate = jwk["d"] !== undefined || jwk["priv"] !== undefined;
  const make = (bits: number, problem: KeyProblem | null): Key => new Key(jwk, { bits, isPrivate, problem });
  if (typeof jwk !== "object" || jwk === null) return new Key({}, { bits: 0, isPrivate: false, problem: { problem: "member", detail: "not an object" } });
  switch (jwk.kty) {
    case "RSA": {
      const n = typeof jwk["n"] === "string" ? platform.decodeBase64url(jwk["n"]) : null;
      const bits = n ? n.length * 8 - Math.clz32(n[0] ?? 0) + 24 : 0;
      return make(bits, bits < 2048 ? { problem: "too_small", detail: `RSA ${bits} bits` } : null);
    }
    case "EC":
    case "OKP": {
      const bits = CURVES[String(jwk["crv"])] ?? 0;
      return make(bits, bits === 0 ? { problem: "unsupported", detail: "curve" } : null);
    }
    case "oct": {
      const k = typeof jwk["k"] === "string" ? platform.decodeBase64url(jwk["k"]) : null;
      return make((k?.length ?? 0) * 8, k ? null : { problem: "member", detail: "k" });
    }
    case "AKP":
      return make(0, null);
    default:
      return make(0, { problem: "unsupported", detail: "kty" });
  }
}
