import { platform } from "#crypto";
import type { Key } from "../keys/key.ts";
import { readJwk } from "../keys/read-jwk.ts";
import { thumbprint } from "../keys/thumbprint.ts";
import { isAlgorithm, isSymmetric, type AlgorithmName } from "./algorithms.ts";

export interface GenerateKeyOptions {
  /** Default: the thumbprint (RFC 7638); none for a shared secret, whose thumbprint would be a digest of it. */
  readonly kid?: string;
  /** Size of an RSA modulus. Default 2048. */
  readonly bits?: number;
}

/** Makes a new key for one algorithm: a private key with its public half, or a secret as long as the hash. Throws TypeError where the platform lacks the algorithm. */
export async function generateKey(
  alg: AlgorithmName,
  { kid, bits = 2048 }: GenerateKeyOptions = {},
): Promise<Key> {
  if (!isAlgorithm(alg))
    throw new TypeError(
      `expected an algorithm such as ES256; found ${JSON.stringify(alg)}`,
    );
  if (!(Number.isInteger(bits) && bits >= 2048 && bits <= 8192))
    throw new TypeError(`bits: expected 2048 to 8192; found ${String(bits)}`);
  if (!(await platform.supports(alg)))
    throw new TypeError(
      `${alg} cannot be computed on this platform (${platform.name})`,
    );
  const jwk = await platform.generate(alg, bits);
  const id = kid ?? (isSymmetric(alg) ? undefined : await thumbprint(jwk));
  return readJwk({
    ...jwk,
    ...(id !== undefined && { kid: id }),
    alg,
    use: "sig",
  });
}
