/** client_credentials (RFC 6749 section 4.4): a token for the client itself, and never a refresh token. */
import { OAuthError } from "../errors.ts";
import {
  PROTOCOL_SCOPES,
  requestedResource,
  requestedScopes,
} from "../resources/requested-resource.ts";
import { issue, prepareAccessToken } from "../tokens/access-token.ts";
import { requireBinding } from "../tokens/required-binding.ts";
import { tokenAnswer } from "./token-answer.ts";
import type { TokenAnswer, TokenRequest } from "./token-request.ts";

export async function clientCredentials(
  request: TokenRequest,
): Promise<TokenAnswer> {
  const { context, form, jkt, who } = request;
  const { client, authenticated } = request.client;
  // RFC 6749 section 4.4: confidential clients alone. A name proves nothing.
  if (!authenticated)
    throw new OAuthError(
      "unauthorized_client",
      "A public client cannot have tokens of its own.",
      { cause: "oauth.grant_not_allowed", clientId: client.clientId },
    );
  const resource = await requestedResource(context.store, client, form, null);
  // Nobody signs in: what OpenID Connect has scopes for is not there.
  const scopes = requestedScopes(
    client,
    resource,
    form.words("scope"),
    null,
  ).filter((scope) => !PROTOCOL_SCOPES.has(scope));
  requireBinding(client, resource, jkt);
  const access = await prepareAccessToken(context, {
    client,
    resource,
    scopes,
    subject: null,
    grant: null,
    familyId: null,
    jkt,
  });
  const about = {
    clientId: client.clientId,
    tokenId: access.record.tokenId,
    resource: resource.resource,
  };
  const entry = await context.journal.entry("token.issued", about, who);
  return tokenAnswer(access, await issue(context, access, entry));
}
