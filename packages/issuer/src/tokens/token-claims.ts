/** What an access token says, whether it says so itself (RFC 9068 section 2.2) or introspection says it (RFC 7662 section 2.2). */
import { seconds } from "../issuer-context.ts";
import { subjectOf } from "./subject-of.ts";
import type { NewAccessToken } from "../store/records.ts";

export const tokenClaims = (
  issuer: string,
  token: NewAccessToken,
): Readonly<Record<string, unknown>> => ({
  ...token.claims,
  iss: issuer,
  sub: subjectOf(token),
  aud: token.resource,
  client_id: token.clientId,
  iat: seconds(token.issuedAt),
  exp: seconds(token.expiresAt),
  jti: token.tokenId,
  ...(token.scopes.length > 0 && { scope: token.scopes.join(" ") }),
  ...(token.jkt !== null && { cnf: { jkt: token.jkt } }),
});
