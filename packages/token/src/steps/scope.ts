import type { Case, Judgement } from "../case.ts";
import type { Policy } from "../policy.ts";
import type { Claims } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";

const NOT_ASKED = { because: "the policy names no scope" };

/** What a policy demands of a token that is good as such; a guard has it of each route. */
export type Demands = Pick<
  Policy,
  "scopes" | "acrValues" | "maxAuthenticationAge"
>;

/** How the demands are read: the claim that holds the scopes (default scope) and the tolerance of clocks, in seconds. */
export type DemandContext = Pick<Policy, "scopeClaim" | "clockTolerance">;

export function judgeScope({ policy, claims, now }: Case): Judgement {
  const { given } = policy;
  const { scopes, acrValues, maxAuthenticationAge } = given;
  if (!scopes?.length && !acrValues && maxAuthenticationAge === undefined)
    return NOT_ASKED;
  if (!claims) return { needs: "format" };
  return judgeDemands(claims, given, given, now);
}

/**
 * The needed scopes (RFC 9068 section 4, RFC 6750 section 3.1) and the strength of the sign-in (RFC 9470). scope is one string,
 * separated by blanks (RFC 8693 section 4.2); another shape is read as what it says, and grants nothing. `now`: seconds since the epoch.
 */
export function judgeDemands(
  claims: Claims,
  { scopes, acrValues, maxAuthenticationAge }: Demands,
  { scopeClaim = "scope", clockTolerance = 0 }: DemandContext,
  now: number,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (scopes?.length)
    judgeScopes(claims[scopeClaim], scopes, scopeClaim, findings);
  const { acr } = claims;
  if (acrValues && !(typeof acr === "string" && acrValues.includes(acr))) {
    findings.push(
      finding("scope.authentication", {
        needed: acrValues.join(" "),
        found: typeof acr === "string" ? acr : null,
      }),
    );
  }
  if (maxAuthenticationAge !== undefined)
    judgeSignIn(claims, maxAuthenticationAge + clockTolerance, now, findings);
  return findings;
}

function judgeScopes(
  value: unknown,
  needed: readonly string[],
  claim: string,
  findings: Finding[],
): void {
  // Where the policy names another claim, its usual shape may be an array (scp of Okta); scope itself may not.
  const words =
    claim !== "scope" && Array.isArray(value)
      ? value.filter((item) => typeof item === "string")
      : null;
  const found =
    words ??
    (typeof value === "string" ? value.split(" ").filter(Boolean) : []);
  if (value === undefined || value === "") {
    findings.push(finding("scope.missing", { needed }));
    return;
  }
  const lacking = needed.filter((scope) => !found.includes(scope));
  if (lacking.length === 0) return;
  const said = Array.isArray(value) ? value.map(String) : found;
  findings.push(
    finding("scope.insufficient", {
      needed,
      found: said,
      lacking,
      shape: Array.isArray(value) ? "array" : typeof value,
    }),
  );
}

function judgeSignIn(
  { auth_time: time }: Claims,
  maxAge: number,
  now: number,
  findings: Finding[],
): void {
  if (typeof time === "number" && now - time <= maxAge) return;
  findings.push(
    finding("scope.authentication", {
      needed: `auth_time within ${maxAge} s`,
      found:
        typeof time === "number" ? `${Math.floor(now - time)} s ago` : null,
    }),
  );
}
