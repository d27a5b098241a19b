/** The elliptic curves of JOSE (RFC 7518 section 6.2.1.1, RFC 8812 section 3.1): y² = x³ + ax + b modulo p (SEC 2, FIPS 186). */
import { platform } from "#crypto";

export interface Curve {
  readonly bits: number;
  /** Length of a coordinate. */
  readonly bytes: number;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

const curve = (bits: number, p: bigint, a: bigint, b: bigint): Curve => ({
  bits,
  bytes: Math.ceil(bits / 8),
  p,
  a,
  b,
});
/** From base64url, as a JWK has numbers: in the package for the web, every byte counts (verify for the web stays under 15 KiB). */
const number = (text: string): bigint =>
  bigint(platform.decodeBase64url(text) as Uint8Array);
const two = (exponent: bigint): bigint => 1n << exponent;

export const CURVES: ReadonlyMap<unknown, Curve> = new Map([
  [
    "P-256",
    curve(
      256,
      two(256n) - two(224n) + two(192n) + two(96n) - 1n,
      -3n,
      number("WsY12Ko6k-ez671VdpiGvGUdBrDMU7D2O848PifSYEs"),
    ),
  ],
  [
    "P-384",
    curve(
      384,
      two(384n) - two(128n) - two(96n) + two(32n) - 1n,
      -3n,
      number(
        "szEvp-I-5-SYjgVr4_gtGRgdnG7-gUESAxQIj1ATh1rGVjmNii7RnSqFyO3T7Crv",
      ),
    ),
  ],
  [
    "P-521",
    curve(
      521,
      two(521n) - 1n,
      -3n,
      number(
        "UZU-uWGOHJofkpohoLaFQO6i2nJbmbMV87i0iZGO8QnhVhk5Uex-k3sWUsC9O7G_BzVz34g9LDTx70Uf1GtQPwA",
      ),
    ),
  ],
  ["secp256k1", curve(256, two(256n) - two(32n) - 977n, 0n, 7n)],
]);

/** True when (x, y) satisfies the equation of the curve. These curves have cofactor 1: every such point is in the right group. */
export function isOnCurve(
  { p, a, b }: Curve,
  x: Uint8Array,
  y: Uint8Array,
): boolean {
  const [u, v] = [bigint(x), bigint(y)];
  return u < p && v < p && (v * v - (u * u * u + a * u + b)) % p === 0n;
}

/** Unsigned, most significant byte first. */
export function bigint(bytes: Uint8Array): bigint {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(`0x${hex || "0"}`);
}
