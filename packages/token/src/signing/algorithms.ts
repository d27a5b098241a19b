/** The signature algorithms of JOSE (RFC 7518 section 3, RFC 8812, RFC 8037, RFC 9864, RFC 9964), each written once. */

export type KeyType = "oct" | "RSA" | "EC" | "OKP" | "AKP";

export interface Algorithm {
  readonly kty: KeyType;
  /** The curve, where the algorithm has one. */
  readonly crv?: string;
  readonly hash?: "sha256" | "sha384" | "sha512";
  readonly scheme: "hmac" | "pkcs1" | "pss" | "ecdsa" | "eddsa" | "ml-dsa";
  /** Length of a signature in bytes, where the algorithm fixes it. */
  readonly signatureBytes?: number;
  /** Shortest secret in bytes (RFC 7518 section 3.2). */
  readonly secretBytes?: number;
}

const hmac = (hash: Algorithm["hash"], bytes: number): Algorithm => ({
  kty: "oct",
  scheme: "hmac",
  ...(hash && { hash }),
  signatureBytes: bytes,
  secretBytes: bytes,
});
const rsa = (
  scheme: "pkcs1" | "pss",
  hash: "sha256" | "sha384" | "sha512",
): Algorithm => ({ kty: "RSA", scheme, hash });
const ecdsa = (
  crv: string,
  hash: "sha256" | "sha384" | "sha512",
  bytes: number,
): Algorithm => ({
  kty: "EC",
  crv,
  hash,
  scheme: "ecdsa",
  signatureBytes: bytes,
});
const eddsa = (crv: string, bytes: number): Algorithm => ({
  kty: "OKP",
  crv,
  scheme: "eddsa",
  signatureBytes: bytes,
});
const mlDsa = (bytes: number): Algorithm => ({
  kty: "AKP",
  scheme: "ml-dsa",
  signatureBytes: bytes,
});

export type AlgorithmName =
  | `${"HS" | "RS" | "PS"}${256 | 384 | 512}`
  | "ES256"
  | "ES384"
  | "ES512"
  | "ES256K"
  | "EdDSA"
  | "Ed25519"
  | "Ed448"
  | `ML-DSA-${44 | 65 | 87}`;

/** EdDSA is the older name, which leaves the curve to the key (RFC 8037); Ed25519 and Ed448 are its full names (RFC 9864). */
export const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map<
  AlgorithmName,
  Algorithm
>([
  ["HS256", hmac("sha256", 32)],
  ["HS384", hmac("sha384", 48)],
  ["HS512", hmac("sha512", 64)],
  ["RS256", rsa("pkcs1", "sha256")],
  ["RS384", rsa("pkcs1", "sha384")],
  ["RS512", rsa("pkcs1", "sha512")],
  ["PS256", rsa("pss", "sha256")],
  ["PS384", rsa("pss", "sha384")],
  ["PS512", rsa("pss", "sha512")],
  ["ES256", ecdsa("P-256", "sha256", 64)],
  ["ES384", ecdsa("P-384", "sha384", 96)],
  ["ES512", ecdsa("P-521", "sha512", 132)],
  ["ES256K", ecdsa("secp256k1", "sha256", 64)],
  ["EdDSA", { kty: "OKP", scheme: "eddsa" }],
  ["Ed25519", eddsa("Ed25519", 64)],
  ["Ed448", eddsa("Ed448", 114)],
  ["ML-DSA-44", mlDsa(2420)],
  ["ML-DSA-65", mlDsa(3309)],
  ["ML-DSA-87", mlDsa(4627)],
]);

/** True when the text names an algorithm of this table; narrows it. */
export function isAlgorithm(alg: string): alg is AlgorithmName {
  return ALGORITHMS.has(alg);
}

/** True for the algorithms that share one secret between signer and verifier. */
export function isSymmetric(alg: string): boolean {
  return ALGORITHMS.get(alg)?.scheme === "hmac";
}

/** True when both names stand for one algorithm on this curve: EdDSA and Ed25519 or Ed448 (RFC 9864 section 2.2). */
export function sameAlgorithm(
  label: string,
  alg: string,
  crv: string | null,
): boolean {
  return (
    label === alg ||
    (label === "EdDSA" && alg === crv) ||
    (alg === "EdDSA" && label === crv)
  );
}
