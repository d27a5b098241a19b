/** Services and libraries that keep the sessions of sign-ins: Clerk, Supabase Auth, Firebase Authentication, Passport. */
import { absent, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

const CLERK = "clerk/javascript packages/backend/src/errors.ts";
const SUPABASE = "supabase.com/docs/guides/auth/debugging/error-codes";
const FIREBASE = "firebase.google.com/docs/auth/admin/errors";

export const SIGN_IN_SERVICES: readonly Message[] = [
  ...messagesOf("Clerk", [
    {
      pattern: /\btoken-invalid-authorized-parties\b/i,
      reasons: ["audience.party_mismatch"],
      possible: [valued("azp"), absent("azp"), "issuer.environment"],
      source: `${CLERK}; clerk/clerk-sdk-python#90`,
    },
    {
      pattern: /\btoken-invalid-signature\b/i,
      reasons: ["signature.mismatch"],
      possible: ["key.other_issuer", "issuer.environment", "token.altered"],
      source: CLERK,
    },
    {
      pattern: /\btoken-invalid-algorithm\b/i,
      reasons: ["signature.algorithm_not_allowed"],
      possible: ["algorithm.mismatch", "key.other_issuer"],
      source: CLERK,
    },
    {
      pattern: /\bjwk-(?:kid-mismatch|remote-missing)\b/i,
      reasons: ["signature.key_not_found"],
      likely: ["key.other_issuer"],
      possible: ["key.rotated"],
      source: CLERK,
    },
    {
      pattern:
        /\bjwk-(?:remote-failed-to-load|failed-to-resolve|remote-invalid|local-missing)\b/i,
      reasons: ["signature.keys_unavailable"],
      possible: ["key.set_unreachable", "verifier.not_configured"],
      source: CLERK,
    },
    {
      pattern: /\btoken-not-active-yet\b/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      source: CLERK,
    },
    {
      pattern: /\b(?:session-)?token-(?:expired|and-uat-missing-expired)\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source: CLERK,
    },
  ]),
  ...messagesOf("Supabase Auth", [
    {
      pattern: /user from sub claim in jwt does not exist|\buser_not_found\b/i,
      reasons: ["revocation.subject"],
      likely: ["revoked.by_administrator"],
      possible: ["issuer.environment"],
      source: SUPABASE,
    },
    {
      pattern:
        /session from session_id claim in jwt does not exist|\bsession_not_found\b/i,
      reasons: ["revocation.grant"],
      likely: ["revoked.by_user"],
      possible: ["revoked.by_administrator", "issuer.environment"],
      source: SUPABASE,
    },
    {
      pattern: /\bsession_expired\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source: SUPABASE,
    },
    {
      pattern: /\bbad_jwt\b/i,
      reasons: ["signature.mismatch", "format.not_jwt", "expiration.expired"],
      open: true,
      possible: ["issuer.environment", "token.key_instead", "time.expired"],
      source: SUPABASE,
    },
    {
      pattern:
        /(?:code"?: ?"?|sqlstate |^)42501\b|permission denied for (?:table|schema|function)\b/i,
      reasons: ["scope.insufficient"],
      possible: ["scope.not_granted", valued("role"), "token.absent"],
      source: "docs.postgrest.org, errors: 42501; supabase/supabase#47621",
    },
  ]),
  ...messagesOf("Firebase Authentication", [
    {
      pattern: /\bauth\/(?:id-token|session-cookie)-revoked\b/i,
      reasons: ["revocation.token"],
      likely: ["revoked.by_user"],
      possible: ["revoked.by_administrator", "revoked.not_before"],
      source: FIREBASE,
    },
    {
      pattern: /\bauth\/user-(?:disabled|not-found)\b/i,
      reasons: ["revocation.subject"],
      likely: ["revoked.by_administrator"],
      source: FIREBASE,
    },
    {
      pattern: /\binvalid_id_token\b|\bauth\/argument-error\b/i,
      reasons: ["signature.mismatch", "audience.mismatch", "format.not_jwt"],
      open: true,
      possible: [
        "issuer.environment",
        "kind.access_token",
        "audience.other",
        "token.truncated",
      ],
      source: FIREBASE,
    },
  ]),
  ...messagesOf("passport, express-jwt", [
    {
      pattern:
        /\bno auth token\b|no authorization was found|\btoken was not found in the query string/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "transit.wrong_place",
        "transit.header_stripped",
        "token.scheme_missing",
      ],
      source: "mikenicholson/passport-jwt lib/strategy.js; field notes",
    },
  ]),
];
