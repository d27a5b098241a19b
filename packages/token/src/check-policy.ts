/**
 * Finds mistakes in a policy that the compiler has not seen: one from JavaScript, a configuration file, or a cast. Each of them would
 * waive a check in silence: `exp + "60"` is a date far away, part of a text passes for a member of a list, and a binding that
 * is misspelt is asked of nobody.
 */
import { typeName } from "./formats/claim-types.ts";
import type { Policy } from "./policy.ts";

const MANDATORY = ["issuer", "audience", "keys"] as const;
const WORDS = {
  kind: ["access_token", "id_token", "client_assertion", "any"],
  scheme: ["Bearer", "DPoP"],
  binding: ["none", "dpop", "mtls"],
} as const;
const LISTS = [
  "algorithms",
  "authorizedParties",
  "scopes",
  "acrValues",
  "requiredClaims",
  "dpopNonces",
] as const;
const NUMBERS = [
  "clockTolerance",
  "maxAge",
  "maxLifetime",
  "maxProofAge",
  "maxAuthenticationAge",
  "maxLength",
] as const;

/** Throws TypeError for the first mistake, and names what is expected and what was found. */
export function checkPolicy(policy: Policy<unknown>): void {
  for (const name of MANDATORY) {
    if (policy[name] === undefined)
      throw new TypeError(
        `policy.${name} is missing: give a value, or null to waive the check`,
      );
  }
  for (const name of ["issuer", "audience"] as const) {
    const value = policy[name];
    if (value === null || typeof value === "string") continue;
    if (!isTexts(value))
      throw wrong(name, "a text, a list of texts, or null", value);
    if (value.length === 0)
      throw new TypeError(
        `policy.${name} is an empty list: give a value, or null to waive the check`,
      );
  }
  for (const name of LISTS) {
    const value = policy[name];
    if (value !== undefined && !isTexts(value))
      throw wrong(name, "a list of texts", value);
  }
  if (
    policy.algorithms?.some((alg) => alg.trim().toLowerCase() === "none") ===
    true
  )
    throw new TypeError(
      "policy.algorithms names none: an unsigned token is never accepted",
    );
  for (const name of ["kind", "scheme", "binding"] as const) {
    const value = policy[name];
    const words: readonly string[] = WORDS[name];
    if (value !== undefined && !words.includes(value))
      throw wrong(name, `one of ${words.join(", ")}`, value);
  }
  for (const name of NUMBERS) {
    const value = policy[name];
    if (value !== undefined && !(Number.isFinite(value) && value >= 0))
      throw wrong(name, "a finite number of at least 0", value);
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const wrong = (name: string, expected: string, found: unknown): TypeError =>
  new TypeError(
    `policy.${name}: expected ${expected}; found ${
      typeof found === "string"
        ? JSON.stringify(found.slice(0, 64))
        : typeof found === "number"
          ? found
          : typeName(found)
    }`,
  );
