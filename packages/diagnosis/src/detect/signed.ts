import {
  ALGORITHMS,
  isAlgorithm,
  platform,
  type AlgorithmName,
  type Key,
} from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { checkSignature } from "../verify-with.ts";

/** A compact JWS with a readable header, taken apart for trials. Nothing of it is trusted. */
export interface Signed {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly alg: string;
  readonly kid: string | null;
  /** What should have been signed (RFC 7515 section 5.1). */
  readonly input: string;
  readonly signature: Uint8Array;
}

/** null: the token is no compact JWS that could be read; no trial of its signature is possible. */
export function signedOf({ token }: Investigation): Signed | null {
  if (!token?.header || !token.claims) return null;
  const parts = token.text.split(".", 4);
  const signature =
    parts.length === 3 ? platform.decodeBase64url(parts[2] as string) : null;
  if (!signature) return null;
  const { text, header, claims } = token;
  const { alg, kid } = header;
  return {
    text,
    header,
    claims,
    alg: typeof alg === "string" ? alg : "",
    kid: typeof kid === "string" ? kid : null,
    input: text.slice(0, text.lastIndexOf(".")),
    signature,
  };
}

export interface Trial {
  readonly key: Key;
  readonly alg?: AlgorithmName;
  readonly input?: string | Uint8Array;
  readonly signature?: Uint8Array;
}

/** Whether the signature comes out so. False also when it could not be tried, or the budget is spent. */
export async function comesOut(
  { budget }: Investigation,
  { text, alg }: Signed,
  trial: Trial,
): Promise<boolean> {
  const named = trial.alg ?? alg;
  if (!isAlgorithm(named) || !fits(trial.key, named)) return false;
  return (
    (await checkSignature({ ...trial, alg: named, text, budget })) === true
  );
}

/** Type and curve of the key are those of the algorithm, whatever its labels say. */
export function fits(key: Key, alg: AlgorithmName): boolean {
  const algorithm = ALGORITHMS.get(alg);
  return (
    algorithm !== undefined &&
    key.kty === algorithm.kty &&
    (algorithm.crv === undefined || key.crv === algorithm.crv)
  );
}
