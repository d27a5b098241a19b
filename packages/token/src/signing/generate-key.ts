import { platform } from "#crypto";
import { Key } from "../keys/key.ts";
import { readJwk } from "../keys/read-jwk.ts";
import { thumbprint } from "../keys/thumbprint.ts";
import type { AlgorithmName } from "./algorithms.ts";
export async function generateKey(alg: AlgorithmName, { kid, bits = 2048 }: { kid?: string; bits?: number } = {}): Promise<Key> {
  const jwk = await platform.generate(alg, bits);
  return readJwk({ ...jwk, kid: kid ?? (await thumbprint(jwk)), alg });
}
