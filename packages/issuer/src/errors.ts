/**
 * Errors of the protocol (RFC 6749 section 5.2 and its extensions). One error, three audiences (design, principle 6): the code for the
 * wire, the description for the developer, the detail for the operator's journal alone.
 */
import type { CauseCode } from "@assay/diagnosis";
import type { Reason } from "@assay/token";

export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "invalid_scope"
  | "invalid_target" // RFC 8707 section 2
  | "invalid_dpop_proof" // RFC 9449 section 5
  | "use_dpop_nonce" // RFC 9449 section 8
  | "invalid_token" // RFC 6750 section 3.1
  | "insufficient_scope"
  | "access_denied"
  | "unsupported_response_type"
  | "login_required"
  | "consent_required"
  | "interaction_required"
  | "request_not_supported" // OpenID Connect Core section 3.1.2.6
  | "request_uri_not_supported"
  | "registration_not_supported"
  | "server_error"
  | "temporarily_unavailable";

const STATUS: Partial<Record<OAuthErrorCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  server_error: 500,
  temporarily_unavailable: 503,
};

/** What a refusal is about, for the journal and the diagnosis behind the handle. Never a token or a secret. */
export interface RefusalDetail {
  /** A reason of the catalogue; null where no step is at fault. */
  readonly reason: Reason | null;
  /** A cause of the catalogue; null: to be diagnosed from the facts. */
  readonly cause: CauseCode | null;
  readonly clientId?: string;
  readonly grantId?: string;
  readonly tokenId?: string;
  readonly subject?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Thrown by endpoints and grants; `endpoints/answer.ts` is the one exit to the wire. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: OAuthErrorCode;
  readonly status: number;
  /** What the operator may know. */
  readonly detail: RefusalDetail;
  readonly headers: Readonly<Record<string, string>>;

  /** `description` goes to the wire: what the bearer has not proven to know must not stand in it (design, principle 19). */
  constructor(
    code: OAuthErrorCode,
    description: string,
    detail: Partial<RefusalDetail> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.code = code;
    this.status = STATUS[code] ?? 400;
    this.detail = { reason: null, cause: null, ...detail };
    this.headers = headers;
  }
}
