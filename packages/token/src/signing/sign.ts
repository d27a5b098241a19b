import { platform } from "#crypto";
import type { Handle } from "../crypto/platform.ts";
import { handleFor } from "../keys/key-material.ts";
import type { Key } from "../keys/key.ts";
import type { AlgorithmName } from "./algorithms.ts";
export async function sign(claims: object, key: Key, options: { alg?: string; header?: object } = {}): Promise<string> {
  const alg = (options.alg ?? key.alg) as AlgorithmName;
  const b = (v: object) => platform.encodeBase64url(new TextEncoder().encode(JSON.stringify(v)));
  const input = `${b({ alg, typ: "JWT", ...(key.kid && { kid: key.kid }), ...options.header })}.${b(claims)}`;
  return `${input}.${platform.encodeBase64url(await platform.sign(alg, (await handleFor(key, alg, "sign")) as Handle, input))}`;
}
export const signSync = (): never => { throw new Error("no"); };
