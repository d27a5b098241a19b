/** Refusals of client authentication (RFC 6749 section 5.2). */
import {
  OAuthError,
  type OAuthErrorCode,
  type RefusalDetail,
} from "../errors.ts";

/**
 * Says no more than this where nothing was proven. Threat: whoever tries ids and secrets must not learn which ids there are, how they
 * authenticate, or which are disabled.
 */
export const NOT_AUTHENTICATED = "Client authentication failed.";

export interface ClientRefusal extends Partial<RefusalDetail> {
  readonly code?: Extract<OAuthErrorCode, "invalid_client" | "invalid_request">;
  /** Default: NOT_AUTHENTICATED. Another text only where the client has proven who it is, or where it speaks of the request's form alone. */
  readonly description?: string;
}

export function refuseClient({
  code = "invalid_client",
  description = NOT_AUTHENTICATED,
  ...detail
}: ClientRefusal): OAuthError {
  return new OAuthError(code, description, detail);
}
