/** A JWT that a client presents to the issuer: as an assertion, or as a subject token. Verified by @assay/token; its refusal as an error of the protocol. */
import type { CauseCode } from "@assay/diagnosis";
import {
  createVerifier,
  finding,
  isUndecided,
  STEPS,
  stepOf,
  type Finding,
  type Policy,
  type Reason,
  type VerifiedToken,
} from "@assay/token";
import {
  OAuthError,
  type OAuthErrorCode,
  type RefusalDetail,
} from "../errors.ts";

/** How far nbf and iat may lie ahead, in seconds: clocks differ (FAPI 2.0 section 5.3.2.1 wants 10 to be borne, and 60 to be the end). */
export const CLOCK_TOLERANCE = 60;

export interface PresentedJwt {
  readonly token: string;
  readonly policy: Omit<Policy, "clock" | "clockTolerance">;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How far ahead exp may lie, in seconds; null: as far as it likes. */
  readonly longestSeconds: number | null;
}

/** The verified token, or what is wrong with it. exp is always demanded, and without tolerance: whoever remembers a jti until exp must be right. */
export async function judgePresented({
  token,
  policy,
  now,
  longestSeconds,
}: PresentedJwt): Promise<VerifiedToken | Finding> {
  const verdict = await createVerifier({
    ...policy,
    clock: () => now,
    clockTolerance: CLOCK_TOLERANCE,
  }).verify(token);
  if (verdict.outcome !== "accepted") return verdict;
  return judgeEnd(verdict.token, now / 1000, longestSeconds) ?? verdict.token;
}

function judgeEnd(
  { claims: { exp } }: VerifiedToken,
  now: number,
  longestSeconds: number | null,
): Finding | null {
  if (exp === undefined) return finding("expiration.missing", { claim: "exp" });
  if (now >= exp)
    return finding("expiration.expired", {
      exp,
      now,
      toleranceSeconds: 0,
      bySeconds: now - exp,
    });
  return longestSeconds !== null && exp - now > longestSeconds
    ? finding("expiration.lifetime_too_long", {
        lifetimeSeconds: exp - now,
        maxLifetimeSeconds: longestSeconds,
      })
    : null;
}

/** How a refusal speaks of the token. */
export interface TokenWords {
  readonly noun: string;
  /** What is said of one whose signature is not shown to be good. Default: that it could not be validated. */
  readonly unproven?: string;
  readonly code: OAuthErrorCode;
  /** Whether the causes of assertions are meant, where there are some of their own. */
  readonly isAssertion: boolean;
}

/** `more`: what else the operator may know. */
export function jwtRefusal(
  found: Finding,
  { noun, unproven, code, isAssertion }: TokenWords,
  more: Partial<RefusalDetail> = {},
): OAuthError {
  if (isUndecided(found.reason) && found.reason !== UNSUPPORTED)
    // An outage is never a bad token.
    return new OAuthError(
      "temporarily_unavailable",
      `The ${noun} cannot be judged at the moment.`,
      { reason: found.reason, ...more },
    );
  return new OAuthError(
    code,
    describe(found, noun, unproven ?? `The ${noun} could not be validated.`),
    {
      reason: found.reason,
      cause: causeOf(found, isAssertion),
      ...more,
      facts: { ...factsOf(found), ...more.facts },
    },
  );
}

const UNSUPPORTED = "signature.algorithm_unsupported";

/** Where the reason alone leaves one cause: the same as a diagnosis finds. Of others the cause must be looked for. */
const CAUSES: ReadonlyMap<Reason, CauseCode> = new Map([
  ["expiration.missing", "claim.absent"],
  ["issuer.missing", "claim.absent"],
  ["audience.claim_missing", "claim.absent"],
  ["audience.claim_mismatch", "claim.value"],
]);
const CAUSES_OF_ASSERTIONS: ReadonlyMap<Reason, CauseCode> = new Map([
  ["audience.missing", "oauth.assertion_audience"],
  ["audience.mismatch", "oauth.assertion_audience"],
  ["binding.replayed", "oauth.assertion_replayed"],
  ["expiration.expired", "oauth.assertion_time"],
  ["expiration.not_yet_valid", "oauth.assertion_time"],
  ["expiration.issued_in_future", "oauth.assertion_time"],
  ["expiration.lifetime_too_long", "oauth.assertion_time"],
]);

const causeOf = ({ reason }: Finding, isAssertion: boolean): CauseCode | null =>
  CAUSES.get(reason) ??
  (isAssertion ? CAUSES_OF_ASSERTIONS.get(reason) : null) ??
  null;

/** As exact as the token's authenticity allows: before its signature was good, it could have been anybody's. */
function describe(found: Finding, noun: string, unproven: string): string {
  const { reason, evidence } = found;
  if (STEPS.indexOf(stepOf(reason)) <= STEPS.indexOf("signature"))
    return unproven;
  if (reason === "expiration.lifetime_too_long")
    return `exp of the ${noun} may lie at most ${found.evidence.maxLifetimeSeconds} seconds ahead.`;
  if (reason === "expiration.missing" || reason === "audience.claim_missing")
    return `The ${noun} lacks the claim ${found.evidence.claim}.`;
  if ("claim" in evidence)
    return `The claim ${evidence.claim} of the ${noun} is not the expected one.`;
  return TEXTS.get(reason)?.(noun) ?? `The ${noun} is no longer valid.`;
}

const audience = (noun: string): string =>
  `aud of the ${noun} is not one that this server accepts.`;
const issuer = (noun: string): string =>
  `iss of the ${noun} is not the expected one.`;
const early = (noun: string): string => `The ${noun} is not valid yet.`;

const TEXTS: ReadonlyMap<Reason, (noun: string) => string> = new Map([
  ["expiration.expired", (noun: string) => `The ${noun} has expired.`],
  ["expiration.not_yet_valid", early],
  ["expiration.issued_in_future", early],
  ["audience.missing", audience],
  ["audience.mismatch", audience],
  ["issuer.missing", issuer],
  ["issuer.mismatch", issuer],
]);

/** Numbers and names of the evidence, for the journal. No claim's value but aud: another could name a person. */
function factsOf({ evidence }: Finding): RefusalDetail["facts"] {
  const facts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(evidence)) {
    if (typeof value === "number") facts[name] = value;
    else if (
      typeof value === "string" &&
      ["alg", "kid", "claim", "problem", "what"].includes(name)
    )
      facts[name] = value.slice(0, 100);
  }
  return facts;
}
