/** What one route demands of a token that is good as such: scopes (RFC 6750 section 3.1) and the strength of the sign-in (RFC 9470). */
import { checkNames } from "./check-names.ts";
import { finding, type Claims, type Finding } from "@assay/token";

export interface Demands {
  /** Needed scopes, all of them. */
  readonly scopes?: readonly string[];
  /** Accepted values of acr; one must be there. */
  readonly acrValues?: readonly string[];
  /** Greatest age of the sign-in by auth_time, in seconds. */
  readonly maxAuthenticationAge?: number;
}

/** What an adapter was given for a route. Throws TypeError. */
export function checkRouteDemands(demands: Demands | undefined): void {
  if (demands === undefined) return;
  checkNames("the demands of a route", demands, DEMAND_NAMES);
  checkDemands(demands);
}

export interface DemandContext {
  /** The claim that holds the scopes. */
  readonly scopeClaim: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Seconds. */
  readonly clockTolerance: number;
}

const NONE: readonly string[] = [];

export const DEMAND_NAMES: Record<keyof Demands, true> = {
  scopes: true,
  acrValues: true,
  maxAuthenticationAge: true,
};

/** Throws TypeError for a demand of a wrong form: written as a text, a scope would be demanded of nobody, or of everybody letter by letter. */
export function checkDemands(demands: Demands): void {
  for (const name of ["scopes", "acrValues"] as const) {
    const value: unknown = demands[name];
    const isList =
      Array.isArray(value) &&
      value.every((one) => typeof one === "string" && one !== "");
    if (value !== undefined && !isList)
      throw new TypeError(
        `${name}: expected a list of texts; found ${JSON.stringify(value)?.slice(0, 64)}`,
      );
  }
  const { maxAuthenticationAge: age } = demands;
  if (age !== undefined && !(Number.isFinite(age) && age >= 0))
    throw new TypeError(
      `maxAuthenticationAge: expected seconds, 0 or more; found ${String(age)}`,
    );
}

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
  const now = context.clock() / 1000;
  const limit = maxAuthenticationAge + context.clockTolerance;
  return typeof signedIn === "number" && now - signedIn <= limit
    ? null
    : finding("scope.authentication", {
        needed: `auth_time within ${maxAuthenticationAge} s`,
        found:
          typeof signedIn === "number"
            ? `${Math.floor(now - signedIn)} s ago`
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
