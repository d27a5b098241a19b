import { platform } from "#crypto";
import { chain } from "../crypto/chain.ts";
import type { MaybePromise } from "../crypto/platform.ts";
import { checkClaimTypes } from "../formats/claim-types.ts";
import { handleFor } from "../keys/key-material.ts";
import type { Key } from "../keys/key.ts";
import { unfit } from "../keys/select-key.ts";
import {
  ALGORITHMS,
  isAlgorithm,
  type Algorithm,
  type AlgorithmName,
} from "./algorithms.ts";

export interface SignOptions {
  /** Default: the key's own alg. */
  readonly alg?: string;
  /** More header parameters. typ is "JWT" and kid is the key's unless given here. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/**
 * Signs claims as a compact JWT. Nothing is added to the claims: who wants iat or exp writes them. Throws TypeError for a key that
 * may not sign with this algorithm, by the same rules as `verify`, and for claims that `verify` would refuse by their types.
 */
export async function sign(
  claims: object,
  key: Key,
  options: SignOptions = {},
): Promise<string> {
  return signNow(claims, key, options);
}

/** `sign`, at once. Throws TypeError where the platform only answers by promise. */
export function signSync(
  claims: object,
  key: Key,
  options: SignOptions = {},
): string {
  const token = platform.atOnce(() => signNow(claims, key, options));
  if (typeof token === "string") return token;
  token.catch(() => {});
  throw new TypeError(
    `signSync needs a platform that computes at once; use sign (found ${platform.name})`,
  );
}

function signNow(
  claims: object,
  key: Key,
  options: SignOptions,
): MaybePromise<string> {
  const alg = checkKey(key, options.alg ?? key.alg);
  const input = `${encode(headerOf(alg, key, options.header))}.${encode(checkClaims(claims))}`;
  return chain(handleFor(key, alg, "sign"), (handle) =>
    chain(
      platform.sign(alg, handle, input),
      (signature) => `${input}.${platform.encodeBase64url(signature)}`,
    ),
  );
}

function checkKey(key: Key, alg: string | null): AlgorithmName {
  if (alg === null)
    throw new TypeError(
      "alg is missing: neither the options nor the key name an algorithm",
    );
  if (!isAlgorithm(alg))
    throw new TypeError(
      `alg: expected an algorithm such as ES256; found ${JSON.stringify(alg.slice(0, 64))}`,
    );
  const problem = unfit(key, alg, ALGORITHMS.get(alg) as Algorithm, "sign");
  if (problem !== null)
    throw new TypeError(
      `expected a key that may sign with ${alg}; found ${problem}${key.problem ? `: ${key.problem.detail}` : ""}`,
    );
  if (key.kty !== "oct" && !key.isPrivate)
    throw new TypeError(
      "expected a private key to sign with; found a public one",
    );
  return alg;
}

function headerOf(
  alg: AlgorithmName,
  key: Key,
  given: SignOptions["header"] = {},
): object {
  if (Object.hasOwn(given, "alg") && given["alg"] !== alg)
    throw new TypeError(`header.alg: expected ${alg} or none; found another`);
  // crit and b64 change how the token is read (RFC 7515 section 4.1.11, RFC 7797): no JWT of ours needs them.
  for (const name of ["crit", "b64"])
    if (Object.hasOwn(given, name))
      throw new TypeError(`header.${name} is not for a JWT`);
  return {
    alg,
    typ: "JWT",
    ...(key.kid !== null && { kid: key.kid }),
    ...given,
  };
}

function checkClaims(claims: object): object {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims))
    throw new TypeError("expected the claims as an object");
  const [wrong] = checkClaimTypes(claims as Record<string, unknown>) ?? [];
  if (wrong?.reason === "format.claim_type") {
    const { claim, expected, found } = wrong.evidence;
    throw new TypeError(
      `claims.${claim}: expected ${expected}; found ${found}`,
    );
  }
  return claims;
}

const encode = (value: object): string =>
  platform.encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
