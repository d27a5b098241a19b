import type { Case, Judgement } from "../case.ts";
import type { Claims } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";

const NOT_ASKED = { because: "the policy names no audience, party or claim" };

/** Who the token is for (RFC 7519 section 4.1.3), who got it (azp, client_id), and the claims that the policy requires. */
export function judgeAudience({ policy, claims, unreadable }: Case): Judgement {
  const {
    authorizedParties,
    requiredClaims,
    claims: values,
    nonce,
  } = policy.given;
  const assertion = policy.kind === "client_assertion";
  if (
    !policy.audiences &&
    !authorizedParties &&
    !requiredClaims &&
    !values &&
    nonce === undefined &&
    !assertion
  )
    return NOT_ASKED;
  if (!claims || unreadable.includes("aud")) return { needs: "format" };
  const findings: Finding[] = [];
  if (policy.audiences) judgeAud(claims, policy.audiences, findings);
  if (authorizedParties) judgeParty(claims, authorizedParties, findings);
  for (const claim of requiredClaims ?? []) {
    if (!Object.hasOwn(claims, claim))
      findings.push(finding("audience.claim_missing", { claim }));
  }
  if (assertion)
    judgeAssertion(claims, policy.given.replay !== undefined, findings);
  for (const claim of Object.keys(values ?? {}))
    judgeValue(claims, claim, values?.[claim], findings);
  if (nonce !== undefined) judgeValue(claims, "nonce", nonce, findings);
  return findings.length > 0 ? findings : null;
}

function judgeAud(
  { aud }: Claims,
  expected: readonly string[],
  findings: Finding[],
): void {
  if (aud === undefined) {
    findings.push(finding("audience.missing", { expected }));
    return;
  }
  const found = typeof aud === "string" ? [aud] : aud;
  if (!found.some((value) => expected.includes(value)))
    findings.push(finding("audience.mismatch", { expected, found }));
}

/** The client that the token was issued to, under the names that issuers give it: azp and client_id by the standards, appid and cid by Entra and Okta. */
export const PARTY_CLAIMS: readonly string[] = [
  "azp",
  "client_id",
  "appid",
  "cid",
];

function judgeParty(
  claims: Claims,
  expected: readonly string[],
  findings: Finding[],
): void {
  const claim =
    PARTY_CLAIMS.find((name) => typeof claims[name] === "string") ?? "azp";
  const found = typeof claims[claim] === "string" ? claims[claim] : null;
  if (found === null || !expected.includes(found))
    findings.push(
      finding("audience.party_mismatch", { expected, found, claim }),
    );
}

/**
 * An assertion that authenticates a client names that client in iss and sub (RFC 7523 section 3), and itself in jti where it is good
 * for one use: without an id it could not be remembered, and would be good for any number.
 */
function judgeAssertion(
  { iss, sub, jti }: Claims,
  once: boolean,
  findings: Finding[],
): void {
  if (once && jti === undefined)
    findings.push(finding("audience.claim_missing", { claim: "jti" }));
  if (sub === undefined)
    findings.push(finding("audience.claim_missing", { claim: "sub" }));
  else if (iss !== undefined && iss !== sub)
    findings.push(
      finding("audience.claim_mismatch", {
        claim: "sub",
        expected: iss,
        found: sub,
      }),
    );
}

function judgeValue(
  claims: Claims,
  claim: string,
  expected: unknown,
  findings: Finding[],
): void {
  if (!Object.hasOwn(claims, claim))
    findings.push(finding("audience.claim_missing", { claim }));
  else if (!sameJson(claims[claim], expected))
    findings.push(
      finding("audience.claim_mismatch", {
        claim,
        expected,
        found: claims[claim],
      }),
    );
}

/** Equality of JSON values; the order of members does not count. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        sameJson(
          (a as Record<string, unknown>)[name],
          (b as Record<string, unknown>)[name],
        ),
    )
  );
}
