/** What one route demands of a token that is good as such: scopes (RFC 6750 section 3.1) and the strength of the sign-in (RFC 9470). */
import { finding, type Claims, type Finding } from "@assay/token";

export interface Demands {
  /** Needed scopes, all of them. */
  readonly scopes?: readonly string[];
  /** Accepted values of acr; one must be there. */
  readonly acrValues?: readonly string[];
  /** Greatest age of the sign-in by auth_time, in seconds. */
  readonly maxAuthenticationAge?: number;
}

export interface DemandContext {
  /** The claim that holds the scopes. */
  readonly scopeClaim: string;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Seconds. */
  readonly clockTolerance: number;
}

const NONE: readonly string[] = [];

/** The same judgement as the verifier's own step, for what differs from route to route. null: nothing is lacking. */
export function judgeDemands(
  claims: Claims,
  demands: Demands,
  context: DemandContext,
): Finding | null {
  const { scopes = NONE, acrValues, maxAuthenticationAge } = demands;
  if (scopes.length > 0) {
    const lacking = judgeScopes(claims, scopes, context.scopeClaim);
    if (lacking) return lacking;
  }
  const { acr, auth_time: signedIn } = claims;
  if (acrValues && !(typeof acr === "string" && acrValues.includes(acr)))
    return finding("scope.authentication", {
      needed: acrValues.join(" "),
      found: typeof acr === "string" ? acr : null,
    });
  if (maxAuthenticationAge === undefined) return null;
  const limit = maxAuthenticationAge + context.clockTolerance;
  return typeof signedIn === "number" && context.now - signedIn <= limit
    ? null
    : finding("scope.authentication", {
        needed: `auth_time within ${maxAuthenticationAge} s`,
        found:
          typeof signedIn === "number"
            ? `${Math.floor(context.now - signedIn)} s ago`
            : null,
      });
}

/** scope is one text, separated by blanks (RFC 8693 section 4.2). Another claim may be a list, as some issuers write it. */
function judgeScopes(
  claims: Claims,
  needed: readonly string[],
  claim: string,
): Finding | null {
  const value = claims[claim];
  const found =
    typeof value === "string"
      ? value.split(" ")
      : claim !== "scope" && Array.isArray(value)
        ? (value as readonly unknown[])
        : NONE;
  const lacking = needed.filter((scope) => !found.includes(scope));
  if (lacking.length === 0) return null;
  if (value === undefined || value === "")
    return finding("scope.missing", { needed });
  const said: readonly unknown[] = Array.isArray(value) ? value : found;
  return finding("scope.insufficient", {
    needed,
    found: said.map(String).filter(Boolean),
    lacking,
    shape: Array.isArray(value) ? "array" : typeof value,
  });
}
