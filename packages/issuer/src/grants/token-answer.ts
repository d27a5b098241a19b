/** The answer of the token endpoint (RFC 6749 section 5.1). */
import type { PreparedAccessToken } from "../tokens/access-token.ts";
import type { TokenAnswer } from "./token-request.ts";

export function tokenAnswer(
  { record, expiresIn }: PreparedAccessToken,
  text: string,
  more: Partial<
    Pick<TokenAnswer, "refresh_token" | "id_token" | "issued_token_type">
  > = {},
): TokenAnswer {
  return {
    access_token: text,
    // RFC 9449 section 5: the type says that the token is bound.
    token_type: record.jkt === null ? "Bearer" : "DPoP",
    expires_in: expiresIn,
    // Always said: what was granted may be less than what was asked for.
    ...(record.scopes.length > 0 && { scope: record.scopes.join(" ") }),
    ...more,
  };
}
