/** The port behind which private keys live: in the store under the master key, or where nobody can read them (KMS, PKCS#11). */
import type { AlgorithmName, Jwk } from "@assay/token";
import type { SigningKeyRecord } from "../store/records.ts";

export interface MadeKey {
  readonly kid: string;
  readonly publicJwk: Jwk;
  /** What the signer needs to find or open the private key again. The store keeps it, and it must not be secret. */
  readonly sealed: string;
}

/** The signature over a signing input, in the form of JOSE (RFC 7518 section 3: ECDSA is r and s). */
export type SignInput = (input: Uint8Array) => Promise<Uint8Array> | Uint8Array;

export interface Signer {
  /** Makes a key pair. Throws where the algorithm cannot be had. */
  create(algorithm: AlgorithmName): Promise<MadeKey>;
  /**
   * Makes ready every key of the ring that may sign: next and current, by kid. Throws when one of the published records is not what this
   * signer made: then nothing may be published either.
   */
  load(
    keys: readonly SigningKeyRecord[],
  ): Promise<ReadonlyMap<string, SignInput>>;
  /** The key is never made ready again: destroys what can be destroyed, and says what is kept in the record's `sealed`. */
  retire(key: SigningKeyRecord): Promise<string>;
}
