/** Refusals of client authentication (RFC 6749 section 5.2). */
import {
  OAuthError,
  type OAuthErrorCode,
  type RefusalDetail,
} from "../errors.ts";

/** RFC 6749 section 2.3.1: encoded in UTF-8 (RFC 7617 section 2.1). */
const CHALLENGE = {
  "www-authenticate": 'Basic realm="assay", charset="UTF-8"',
};

/**
 * Says no more than this where nothing was proven. Threat: whoever tries ids and secrets must not learn which ids there are, how they
 * authenticate, or which are disabled.
 */
export const NOT_AUTHENTICATED = "Client authentication failed.";

export interface ClientRefusal extends Partial<RefusalDetail> {
  readonly code?: Extract<OAuthErrorCode, "invalid_client" | "invalid_request">;
  /** Default: NOT_AUTHENTICATED. Another text only where the client has proven who it is, or where it speaks of the request's form alone. */
  readonly description?: string;
  /** Whether the client tried the Authorization header: then the answer names its scheme. */
  readonly basic?: boolean;
}

export function refuseClient({
  code = "invalid_client",
  description = NOT_AUTHENTICATED,
  basic = false,
  ...detail
}: ClientRefusal): OAuthError {
  return new OAuthError(
    code,
    description,
    detail,
    basic && code === "invalid_client" ? CHALLENGE : {},
  );
}
