/**
 * What is said in public, by what the bearer has proven. To whoever shows no authentic token: missing, malformed, or not validated, and no
 * word more, because each further word would help to forge one. To the bearer of an authentic one: what is wrong, as exact as the standards
 * allow. That a token was revoked is said in one way, whoever ended it and why.
 */
import { stepOf, type Reason } from "@assay/token";
import type { Refusal } from "./refusal.ts";

/** RFC 6750 section 3.1, RFC 9449 section 7.1, RFC 9470 section 3. */
export type ErrorCode =
  | "invalid_request"
  | "invalid_token"
  | "insufficient_scope"
  | "insufficient_user_authentication"
  | "invalid_dpop_proof"
  | "use_dpop_nonce";

/** What the caller does next. */
export type Action =
  /** Get a first token, or a new one by the way the last was got. */
  | "get_token"
  /** Renew the token: refresh, or ask for another. */
  | "renew"
  /** The person signs in again: a refresh will not help. */
  | "sign_in"
  /** Ask for a token with the scopes that are named. */
  | "request_scopes"
  /** Send the same token again, with a new proof. */
  | "prove"
  /** Send the same request again after the time in Retry-After. The token may well be good. */
  | "retry"
  /** Mend the request. */
  | "fix_request";

export interface Statement {
  readonly status: 400 | 401 | 403 | 503;
  /** null: the answer has no error code, because no token was sent (RFC 6750 section 3.1) or the fault is not the caller's. */
  readonly error: ErrorCode | null;
  /** Only %x20-21 / %x23-5B / %x5D-7E (RFC 6750 section 3). */
  readonly detail: string;
  readonly action: Action;
}

const say = (
  status: Statement["status"],
  error: ErrorCode | null,
  detail: string,
  action: Action,
): Statement => ({ status, error, detail, action });

const MISSING = say(401, null, "This needs an access token.", "get_token");
const MALFORMED = say(
  401,
  "invalid_token",
  "The access token is malformed.",
  "get_token",
);
const NOT_VALIDATED = say(
  401,
  "invalid_token",
  "The access token could not be validated.",
  "get_token",
);
const ENDED = say(
  401,
  "invalid_token",
  "The access token is no longer valid.",
  "sign_in",
);
const UNDECIDED = say(
  503,
  null,
  "The access token cannot be checked at the moment. Try again.",
  "retry",
);
const PATH = say(
  400,
  null,
  "The path of the request can be read in more than one way.",
  "fix_request",
);
const REPEATED = say(
  400,
  "invalid_request",
  "Send the access token once, in one place.",
  "fix_request",
);
const HEADER = say(
  400,
  "invalid_request",
  "The Authorization header is malformed.",
  "fix_request",
);

const proof = (detail: string): Statement =>
  say(401, "invalid_dpop_proof", detail, "prove");
const token = (detail: string, action: Action): Statement =>
  say(401, "invalid_token", detail, action);

/** Said only to the bearer of an authentic token. */
const EXACT: Partial<Record<Reason, Statement>> = {
  "expiration.missing": token(
    "The access token does not say when it ends.",
    "get_token",
  ),
  "expiration.expired": token("The access token has expired.", "renew"),
  "expiration.not_yet_valid": token(
    "The access token is not valid yet.",
    "retry",
  ),
  "expiration.issued_in_future": token(
    "The access token is not valid yet.",
    "retry",
  ),
  "expiration.too_old": token(
    "The access token is too old for this API.",
    "renew",
  ),
  "expiration.lifetime_too_long": token(
    "The access token lives longer than this API accepts.",
    "get_token",
  ),
  "audience.missing": token(
    "The access token is not meant for this API.",
    "get_token",
  ),
  "audience.mismatch": token(
    "The access token is not meant for this API.",
    "get_token",
  ),
  "audience.party_mismatch": token(
    "The access token was issued to a client that this API does not serve.",
    "get_token",
  ),
  "audience.claim_missing": token(
    "The access token lacks a claim that this API needs.",
    "get_token",
  ),
  "audience.claim_mismatch": token(
    "The access token lacks a claim that this API needs.",
    "get_token",
  ),
  "binding.key_mismatch": token(
    "The access token is bound to another key.",
    "get_token",
  ),
  "scope.missing": say(
    403,
    "insufficient_scope",
    "The access token lacks a scope that this needs.",
    "request_scopes",
  ),
  "scope.insufficient": say(
    403,
    "insufficient_scope",
    "The access token lacks a scope that this needs.",
    "request_scopes",
  ),
  "scope.authentication": say(
    401,
    "insufficient_user_authentication",
    "This needs a stronger or a newer sign-in.",
    "sign_in",
  ),
  "binding.nonce": say(
    401,
    "use_dpop_nonce",
    "The DPoP proof must carry the nonce of this answer.",
    "prove",
  ),
  "binding.replayed": proof("The DPoP proof was used before."),
  "binding.proof_invalid": proof("The DPoP proof is not valid."),
  "binding.request_mismatch": proof(
    "The DPoP proof was made for another request.",
  ),
};

const UNPROVEN: Partial<Record<Reason, Statement>> = {
  "request.token_missing": MISSING,
  // Another scheme, such as Basic, is no token that could be wrong.
  "request.scheme_unsupported": MISSING,
  "request.header_malformed": HEADER,
  "request.token_repeated": REPEATED,
  "format.type": NOT_VALIDATED,
  "format.encrypted": NOT_VALIDATED,
};

export function statementOf(refusal: Refusal): Statement {
  const { finding, outcome, problem, proven } = refusal;
  if (problem === "ambiguous_path") return PATH;
  if (outcome === "undecided" || !finding) return UNDECIDED;
  const step = stepOf(finding.reason);
  if (!proven)
    return (
      UNPROVEN[finding.reason] ??
      (step === "format" ? MALFORMED : NOT_VALIDATED)
    );
  if (step === "revocation") return ENDED;
  if (finding.reason === "binding.proof_missing")
    return missingProof(finding.evidence.binding, refusal);
  return EXACT[finding.reason] ?? NOT_VALIDATED;
}

/** Under the scheme DPoP the proof was forgotten; a bound token that came as a bearer token is misused (RFC 9449 section 7.2). */
function missingProof(
  binding: "dpop" | "mtls",
  { credential }: Refusal,
): Statement {
  if (binding === "mtls")
    return token(
      "The access token is bound to a client certificate, and none was shown.",
      "prove",
    );
  return credential?.scheme === "DPoP"
    ? proof("The DPoP proof is missing.")
    : token(
        "The access token is bound to a key: send it under the scheme DPoP, with a proof.",
        "prove",
      );
}
