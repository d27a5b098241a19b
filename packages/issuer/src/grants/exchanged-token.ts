/** The token for what an assertion (RFC 7523) or a subject token (RFC 8693) brought. Never a refresh token: the source is asked again. */
import { OAuthError } from "../errors.ts";
import type { Resource } from "../resources/resource.ts";
import { issue, prepareAccessToken } from "../tokens/access-token.ts";
import { requireBinding } from "../tokens/required-binding.ts";
import { assertionGrant } from "./assertion-grant.ts";
import { tokenAnswer } from "./token-answer.ts";
import { tokenExchange, type TokenExchange } from "./token-exchange.ts";
import type { TokenAnswer, TokenRequest } from "./token-request.ts";

export async function jwtBearer(request: TokenRequest): Promise<TokenAnswer> {
  const { context, client, form, jkt } = request;
  const brought = await assertionGrant(
    context,
    client.client,
    form,
    async (target) =>
      requireBinding(client.client, await targetOf(context.store, target), jkt),
  );
  return give(request, { ...brought, act: null, from: null }, null);
}

export async function exchange(request: TokenRequest): Promise<TokenAnswer> {
  const { context, client, form } = request;
  const brought = await tokenExchange(context, client.client, form);
  return give(request, brought, brought.issuedTokenType);
}

type Brought = Pick<
  TokenExchange,
  | "subject"
  | "scopes"
  | "resource"
  | "expiresAt"
  | "act"
  | "from"
  | "sourceIssuer"
>;

async function give(
  { context, client: { client }, jkt, who }: TokenRequest,
  brought: Brought,
  issuedTokenType: string | null,
): Promise<TokenAnswer> {
  const resource = await targetOf(context.store, brought.resource);
  requireBinding(client, resource, jkt);
  const access = await prepareAccessToken(context, {
    client,
    resource,
    scopes: brought.scopes,
    subject: brought.subject,
    // It ends with the grant and the session of the token that it came from.
    grant: brought.from && {
      grantId: brought.from.grantId,
      sessionId: brought.from.sessionId,
      authenticatedAt: null,
    },
    familyId: null,
    jkt,
    act: brought.act === null ? undefined : { ...brought.act },
    notAfter: brought.expiresAt,
  });
  const entry = await context.journal.entry(
    "token.issued",
    {
      clientId: client.clientId,
      tokenId: access.record.tokenId,
      ...(access.record.grantId !== null && { grantId: access.record.grantId }),
      resource: resource.resource,
      facts: {
        source: brought.sourceIssuer,
        from: brought.from?.tokenId ?? null,
      },
    },
    { ...who, subject: brought.subject },
  );
  return tokenAnswer(
    access,
    await issue(context, access, entry),
    issuedTokenType === null ? {} : { issued_token_type: issuedTokenType },
  );
}

async function targetOf(
  store: TokenRequest["context"]["store"],
  name: string,
): Promise<Resource> {
  const resource = await store.findResource(name);
  if (!resource)
    throw new OAuthError("invalid_target", "The resource is not known here.", {
      cause: "oauth.resource_unknown",
    });
  return resource;
}
