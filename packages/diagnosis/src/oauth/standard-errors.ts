/** Which error code the standards give for the fault behind a cause, and which others servers are known to use for it. Data. */
import type { CauseCode } from "../causes.ts";
import type { Suspicion } from "../investigation.ts";

interface Codes {
  /** RFC 6749 sections 4.1.2.1 and 5.2, RFC 7636 section 4.6, RFC 8628 section 3.5, RFC 8707 section 2. */
  readonly standard: readonly string[];
  /** Seen for this fault though the standards have another. */
  readonly seen?: readonly string[];
}

const GRANT = { standard: ["invalid_grant"] } as const;
const REUSED = {
  ...GRANT,
  seen: ["NotAuthorizedException", "RefreshTokenReuseException"],
} as const;
const CLIENT = {
  standard: ["invalid_client"],
  seen: [
    "unauthorized_client",
    "access_denied",
    "incorrect_client_credentials",
    "invalid_client_id",
    "NotAuthorizedException",
    "ResourceNotFoundException",
    "unauthorized",
    "Not Found",
  ],
} as const;

/** RFC 9449 sections 5 and 12.2. */
const PROOF = {
  standard: ["invalid_dpop_proof"],
  seen: ["invalid_request"],
} as const;

export const STANDARD_ERRORS: Readonly<Partial<Record<CauseCode, Codes>>> = {
  "oauth.code_reused": {
    ...GRANT,
    seen: ["bad_verification_code", "auth_code_not_found"],
  },
  "oauth.code_expired": {
    standard: ["invalid_grant", "expired_token"],
    seen: ["bad_verification_code", "expired_authorization_code"],
  },
  "oauth.pkce": {
    standard: ["invalid_grant", "invalid_request"],
    seen: ["bad_code_verifier", "validation_failed"],
  },
  "oauth.redirect_uri": {
    standard: ["invalid_grant", "invalid_request"],
    seen: [
      "redirect_uri_mismatch",
      "redirect_mismatch",
      "invalid_redirect_uri",
    ],
  },
  "oauth.client_authentication_method": CLIENT,
  "oauth.client_secret_encoding": {
    ...CLIENT,
    standard: ["invalid_client", "invalid_request"],
  },
  "oauth.client_secret_wrong": CLIENT,
  "oauth.client_unknown": CLIENT,
  "oauth.assertion_audience": { standard: ["invalid_client", "invalid_grant"] },
  "oauth.assertion_time": { standard: ["invalid_client", "invalid_grant"] },
  "oauth.assertion_replayed": { standard: ["invalid_client", "invalid_grant"] },
  "oauth.request_format": {
    standard: ["invalid_request"],
    seen: [
      "unsupported_grant_type",
      "invalid_client",
      "unsupported_media_type",
    ],
  },
  "oauth.grant_not_allowed": {
    standard: [
      "unauthorized_client",
      "unsupported_grant_type",
      "unsupported_response_type",
    ],
    seen: [
      "invalid_grant",
      "access_denied",
      "invalid_client",
      "consent_required",
      "InvalidParameterException",
    ],
  },
  "oauth.scope_invalid": { standard: ["invalid_scope"] },
  "oauth.resource_unknown": {
    standard: ["invalid_target"],
    seen: ["access_denied", "invalid_resource", "invalid_request"],
  },
  "oauth.refresh_race": REUSED,
  "oauth.refresh_lost_response": REUSED,
  "oauth.refresh_not_stored": REUSED,
  "oauth.refresh_theft": REUSED,
  "oauth.refresh_expired": {
    ...GRANT,
    seen: ["bad_refresh_token", "NotAuthorizedException"],
  },
  "oauth.refresh_idle": {
    ...GRANT,
    seen: ["bad_refresh_token", "NotAuthorizedException"],
  },
  "oauth.refresh_other_client": {
    ...GRANT,
    seen: ["unauthorized_client", "invalid_client"],
  },
  "binding.proof_stale": PROOF,
  "binding.other_key": { ...PROOF, seen: ["invalid_grant", "invalid_request"] },
  "binding.proxy_rewrote_url": PROOF,
  "binding.scheme_downgraded": PROOF,
  "binding.nonce_required": { standard: ["use_dpop_nonce"] },
  "revoked.refresh_reuse": GRANT,
  "revoked.by_user": GRANT,
  "revoked.by_administrator": {
    standard: ["invalid_grant", "invalid_client", "unauthorized_client"],
  },
};

/** Two ways at once are a fault of the request as well: "utilizes more than one mechanism for authenticating the client" (RFC 6749 section 5.2). */
const TWO_WAYS: Codes = {
  ...CLIENT,
  standard: ["invalid_client", "invalid_request"],
};

export const errorsOf = (fault: Suspicion): Codes | undefined =>
  fault.cause === "oauth.client_authentication_method" &&
  fault.facts.used.length > 1
    ? TWO_WAYS
    : STANDARD_ERRORS[fault.cause];

/** Codes that a server gives after it has accepted the client's credentials. */
export const AFTER_AUTHENTICATION: ReadonlySet<string> = new Set([
  "invalid_grant",
  "invalid_scope",
  "invalid_target",
  "expired_token",
]);

/** Codes that name a fault of the request, as RFC 6749 section 5.2 and its successors have them. */
export const FAULT_CODES: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "unsupported_response_type",
  "invalid_scope",
  "invalid_target",
  "access_denied",
  "invalid_token",
]);
