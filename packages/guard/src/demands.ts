/** What one route demands of a token that is good as such: scopes (RFC 6750 section 3.1) and the strength of the sign-in (RFC 9470). */
import { checkNames } from "./check-names.ts";

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
