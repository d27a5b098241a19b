/**
 * What the rest of the package asks of a platform. Two files answer: node.ts (node:crypto, at once but for signatures
 * that come together) and web.ts (WebCrypto, by promises); the subpath import `#crypto` chooses between them. Every primitive is the platform's own.
 */
import type { AlgorithmName } from "../signing/algorithms.ts";

export type MaybePromise<T> = T | Promise<T>;

/** A key as the platform holds it: a KeyObject or a CryptoKey. Nobody but the platform looks inside. */
export interface Handle {
  readonly type: string;
}

/** A JSON Web Key (RFC 7517), as parsed from JSON; nothing in it is checked. */
export interface Jwk {
  readonly kty?: unknown;
  readonly [member: string]: unknown;
}

export type HashName = "sha1" | "sha256" | "sha384" | "sha512";

export interface Platform {
  /** "node" or "web": shown where a platform lacks an algorithm. */
  readonly name: "node" | "web";
  /** Whether this platform can compute the algorithm. */
  supports(alg: AlgorithmName): MaybePromise<boolean>;
  /** Imports the public half of a checked JWK for one algorithm, or the bytes of an `oct` key. Throws what the platform throws. */
  importVerifyKey(jwk: Jwk, alg: AlgorithmName): MaybePromise<Handle>;
  /** Imports the private half, or the bytes of an `oct` key. */
  importSignKey(jwk: Jwk, alg: AlgorithmName): MaybePromise<Handle>;
  /** `data` is the signing input; a string holds ASCII only. HMAC is compared in constant time. Never throws for a bad signature: false. */
  verify(
    alg: AlgorithmName,
    key: Handle,
    data: string | Uint8Array,
    signature: Uint8Array,
  ): MaybePromise<boolean>;
  /** ECDSA signatures are r||s (RFC 7518 section 3.4). */
  sign(
    alg: AlgorithmName,
    key: Handle,
    data: string | Uint8Array,
  ): MaybePromise<Uint8Array>;
  /** Runs what must have its answers at once, where the platform can give them so. */
  atOnce<T>(run: () => T): T;
  /** A new private key as a JWK with its public members, or an `oct` key. `bits` counts for RSA only. */
  generate(alg: AlgorithmName, bits: number): MaybePromise<Jwk>;
  /** A string is hashed as UTF-8. */
  digest(hash: HashName, data: string | Uint8Array): MaybePromise<Uint8Array>;
  /** SHA-256 of an ASCII text, as a short string of the platform's choice: to know a token again, never to show. */
  fingerprint(text: string): MaybePromise<string>;
  /** The bytes of a canonical base64url text (RFC 7515 section 2: no padding, no other character, no stray bits), else null. */
  decodeBase64url(text: string): Uint8Array | null;
  /** The text that a canonical base64url text holds as valid UTF-8, else null: both of the next two in one go. */
  decodeText(text: string): string | null;
  /** The text of valid UTF-8, else null. A byte-order mark stays in the text. */
  decodeUtf8(bytes: Uint8Array): string | null;
  /** Canonical base64url without padding. */
  encodeBase64url(bytes: Uint8Array): string;
  /**
   * The JWK of a DER private key whose form leaves the public half out: only the platform can compute that half. Absent where the
   * platform answers by promises alone.
   */
  readonly jwkOfPrivateKey?: (der: Uint8Array, type: "pkcs8" | "sec1") => Jwk;
}
