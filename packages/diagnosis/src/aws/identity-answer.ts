/** What STS says of the token inside a request: which of its checks has refused it. */
import { finding, type Finding } from "@assay/token";
import { utcMoment } from "./moment.ts";
import type { AwsCase } from "./aws-case.ts";

export interface Claims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly aud?: unknown;
  readonly exp?: unknown;
}

type Make = (seen: AwsCase, claims: Claims) => Finding;

const ROWS: readonly (readonly [RegExp, Make])[] = [
  [
    /must be before the expiration date|token (?:is |has )?expired|must be redeemed within/i,
    (seen, { exp }) => {
      const times =
        seen.answer.message.slice(0, 400).match(/\b\d{10}\b/g) ?? [];
      const now = Number(times[0] ?? seen.serviceTime ?? seen.now);
      const end = typeof exp === "number" ? exp : Number(times[1] ?? now);
      return finding("expiration.expired", {
        exp: end,
        now,
        bySeconds: Math.max(0, now - end),
        toleranceSeconds: 0,
      });
    },
  ],
  [
    /Couldn't retrieve verification key|could not be reached|IDPCommunication|thumbprint|unable to (?:fetch|retrieve)[^.]{0,40}key/i,
    (seen, { iss }) =>
      finding("signature.keys_unavailable", {
        source: typeof iss === "string" ? iss : null,
        problem: "the issuer's keys are not known",
      }),
  ],
  [
    /No OpenIDConnect provider|provider doesn't exist|Issuer not present|No SAML provider|Specified provider/i,
    (_, { iss }) =>
      finding("issuer.mismatch", {
        expected: [],
        found: typeof iss === "string" ? iss : "",
      }),
  ],
  [
    /Incorrect token audience|audience/i,
    (_, { aud }) =>
      finding("audience.mismatch", {
        expected: ["sts.amazonaws.com"],
        found: [aud].flat().filter((each) => typeof each === "string"),
      }),
  ],
  [
    /signature (?:is )?invalid|signature validation|could not be validated|invalid signature/i,
    () => finding("signature.mismatch", { alg: "RS256", kid: null, key: null }),
  ],
  [
    /not a valid JWT|Invalid base64|Could not parse|is malformed|Missing a required claim/i,
    () => finding("format.not_jwt", { looksLike: "another document", dots: 0 }),
  ],
  [
    /sts:AssumeRoleWith(?:WebIdentity|SAML)|IDPRejectedClaim|AccessDenied/i,
    (_, { sub }) =>
      finding("audience.claim_mismatch", {
        claim: "sub",
        expected: "what the role's trust policy allows",
        found: typeof sub === "string" ? sub : null,
      }),
  ],
];

export function statedFinding(
  seen: AwsCase,
  claims: Claims,
  assertion: string | null,
): Finding | null {
  const { answer, refused, inquiry } = seen;
  if (inquiry.response && refused) {
    const said = `${answer.code ?? ""} ${answer.message.slice(0, 2_000)}`;
    const row = ROWS.find(([pattern]) => pattern.test(said));
    if (row) return row[1](seen, claims);
    if (/ExpiredToken/.test(said)) return ROWS[0]?.[1](seen, claims) ?? null;
    if (/InvalidIdentityToken/.test(said))
      return finding("issuer.mismatch", {
        expected: [],
        found: typeof claims.iss === "string" ? claims.iss : "",
      });
  }
  return assertion === null ? null : assertionEnd(seen, assertion);
}

/** A SAML assertion says until when it may be redeemed: SubjectConfirmationData, NotOnOrAfter. */
function assertionEnd(seen: AwsCase, assertion: string): Finding | null {
  let text: string;
  try {
    text = atob(assertion.slice(0, 60_000).replace(/[^A-Za-z0-9+/=]/g, ""));
  } catch {
    return null;
  }
  const ends = [...text.matchAll(/NotOnOrAfter="([^"]{10,40})"/g)]
    .map(([, end]) => utcMoment(end))
    .filter((end) => end !== null);
  const end = Math.min(...ends);
  const now = seen.serviceTime ?? seen.now;
  return ends.length > 0 && end <= now
    ? finding("expiration.expired", {
        exp: end,
        now,
        bySeconds: now - end,
        toleranceSeconds: 0,
      })
    : null;
}
