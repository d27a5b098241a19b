import { platform, type Jwk } from "@assay/token";
import { lenientBase64 } from "./lenient-base64.ts";

/** Bytes of a coordinate. */
const LENGTHS: Readonly<Record<string, number>> = {
  "P-256": 32,
  "P-384": 48,
  "P-521": 66,
  secp256k1: 32,
  Ed25519: 32,
  Ed448: 57,
};

/** The JWK with its numbers in canonical base64url and at their full length, and without its labels. */
export function mend(jwk: Jwk): Jwk {
  const length = LENGTHS[String(jwk["crv"])];
  const mended: Record<string, unknown> = {
    kty: jwk.kty,
    crv: jwk["crv"],
    kid: jwk["kid"],
  };
  for (const member of ["n", "e", "x", "y"]) {
    const value = jwk[member];
    if (typeof value !== "string") continue;
    const bytes = /^[0-9a-f]{64,}$/i.test(value)
      ? Uint8Array.from(value.match(/../g) ?? [], (pair) =>
          Number.parseInt(pair, 16),
        )
      : lenientBase64(value);
    const first = bytes.findIndex((byte) => byte !== 0);
    const bare = first < 0 ? bytes : bytes.subarray(first);
    const padded = new Uint8Array(Math.max(length ?? 0, bare.length));
    padded.set(bare, padded.length - bare.length);
    mended[member] = platform.encodeBase64url(padded);
  }
  return mended;
}
