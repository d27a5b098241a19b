import type { Case, Judgement } from "../case.ts";
import { finding } from "../verdict.ts";

const NOT_ASKED = { because: "the policy names no issuer" };

/** iss, compared byte for byte (RFC 7519 section 4.1.1, RFC 8725 section 3.8): a slash or a letter's case makes another issuer. */
export function judgeIssuer({ policy, claims, unreadable }: Case): Judgement {
  const expected = policy.issuers;
  if (!expected) return NOT_ASKED;
  if (!claims || unreadable.includes("iss")) return { needs: "format" };
  const found = claims.iss;
  if (found === undefined) return [finding("issuer.missing", { expected })];
  return expected.includes(found)
    ? null
    : [finding("issuer.mismatch", { expected, found })];
}
