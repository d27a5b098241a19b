/** The elliptic curves of JOSE (RFC 7518 section 6.2.1.1, RFC 8812 section 3.1): y² = x³ + ax + b modulo p (SEC 2, FIPS 186). */
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
const two = (exponent: bigint): bigint => 1n << exponent;

export const CURVES: ReadonlyMap<unknown, Curve> = new Map([
  [
    "P-256",
    curve(
      256,
      two(256n) - two(224n) + two(192n) + two(96n) - 1n,
      -3n,
      BigInt(
        "0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      ),
    ),
  ],
  [
    "P-384",
    curve(
      384,
      two(384n) - two(128n) - two(96n) + two(32n) - 1n,
      -3n,
      BigInt(
        "0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
      ),
    ),
  ],
  [
    "P-521",
    curve(
      521,
      two(521n) - 1n,
      -3n,
      BigInt(
        "0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
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
