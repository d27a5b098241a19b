/** When signing keys change, in seconds. */
import { isAlgorithm, isSymmetric } from "@assay/token";
import { StartError } from "../start-error.ts";

export interface RingPolicy {
  /** Algorithms for which there is always a key. More come into use when a token is first signed with them. */
  readonly algorithms: readonly string[];
  /** A key is published at least so long before it signs: verifiers that keep the set for so long know it by then. */
  readonly publishAheadSeconds: number;
  readonly rotateEverySeconds: number;
  /** By so much the clocks of servers and verifiers may differ; a retired key stays published for it. */
  readonly toleranceSeconds: number;
  /** Tokens may live so long without the store being asked first. */
  readonly usualSeconds: number;
  /** So long after its last token a key is remembered, for whoever asks why that token is no longer good. */
  readonly rememberSeconds: number;
}

/** Between the choice of a key and the signature with it, so many seconds may pass: the token is written to the store meanwhile. */
export const SIGN_WITHIN_SECONDS = 60;

export const DEFAULT_RING_POLICY: RingPolicy = {
  algorithms: ["ES256"],
  publishAheadSeconds: 24 * 3600,
  rotateEverySeconds: 30 * 24 * 3600,
  toleranceSeconds: 300,
  usualSeconds: 3600,
  rememberSeconds: 30 * 24 * 3600,
};

/** Fills in the defaults. `cacheSeconds`: how long the published set may be cached. Throws StartError, which names the setting. */
export function readRingPolicy(
  given: Partial<RingPolicy>,
  cacheSeconds: number,
): RingPolicy {
  const policy = { ...DEFAULT_RING_POLICY, ...given };
  for (const algorithm of policy.algorithms) checkAlgorithm(algorithm);
  atLeast("publishAheadSeconds", policy.publishAheadSeconds, cacheSeconds);
  // Each rotation needs a key that was published long enough.
  atLeast(
    "rotateEverySeconds",
    policy.rotateEverySeconds,
    policy.publishAheadSeconds,
  );
  atLeast(
    "toleranceSeconds",
    policy.toleranceSeconds,
    SIGN_WITHIN_SECONDS + 10,
  );
  atLeast("usualSeconds", policy.usualSeconds, 0);
  atLeast("rememberSeconds", policy.rememberSeconds, 0);
  return policy;
}

/** Whoever verifies by a published set can sign with a shared secret too: only asymmetric algorithms. Throws StartError. */
export function checkAlgorithm(algorithm: string): void {
  if (!isAlgorithm(algorithm) || isSymmetric(algorithm))
    throw new StartError(
      `signing algorithm: expected an asymmetric one such as ES256, found ${JSON.stringify(algorithm.slice(0, 64))}`,
    );
}

function atLeast(name: string, found: number, least: number): void {
  if (!(Number.isFinite(found) && found >= least))
    throw new StartError(
      `${name}: expected at least ${least} seconds, found ${String(found)}`,
    );
}
