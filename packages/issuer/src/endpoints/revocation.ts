/** Revocation (RFC 7009): a client ends its own token. What is nothing of ours is revoked already, so the answer is 200 as well. */
import { OAuthError } from "../errors.ts";
import type { Exchange, Reply } from "../exchange.ts";
import type { IssuerContext } from "../issuer-context.ts";
import type { Who } from "../journal/journal-writer.ts";
import { findPresented, type Presented } from "../tokens/find-presented.ts";
import { NO_STORE } from "./answer.ts";
import { answerClientForm } from "./client-form.ts";

export async function revocation(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  return answerClientForm(
    http,
    context,
    "revocation",
    async ({ form, caller, who }) => {
      const presented = await findPresented(context, form.require("token"));
      await revoke(context, presented, caller.client.clientId, who);
      context.written();
      return http.body(null, 200, NO_STORE);
    },
  );
}

/** A refresh token ends its whole grant, access tokens too (RFC 7009 section 2.1). */
async function revoke(
  { store, journal, clock }: IssuerContext,
  presented: Presented,
  clientId: string,
  who: Who,
): Promise<void> {
  if (presented.kind === "none") return;
  const now = clock();
  if (presented.kind === "access") {
    const { token } = presented.found;
    checkOwner("token", token.clientId, clientId, token.tokenId);
    const entry = await journal.entry(
      "token.revoked",
      {
        clientId,
        tokenId: token.tokenId,
        ...(token.grantId !== null && { grantId: token.grantId }),
        resource: token.resource,
        facts: { by: "client" },
      },
      { ...who, subject: token.subject },
    );
    await store.revoke({ by: "token", tokenId: token.tokenId }, now, entry);
    return;
  }
  const { family, grant, tokenId } = presented.found;
  checkOwner("refresh_token", family.clientId, clientId, tokenId);
  const entry = await journal.entry(
    "grant.revoked",
    { clientId, grantId: grant.grantId, tokenId, facts: { by: "client" } },
    { ...who, subject: grant.subject },
  );
  await store.revoke({ by: "grant", grantId: grant.grantId }, now, entry);
}

/** RFC 7009 section 2.1: a token of another client is refused, and its owner keeps it. */
function checkOwner(
  what: "token" | "refresh_token",
  owner: string,
  clientId: string,
  tokenId: string,
): void {
  if (owner !== clientId)
    throw new OAuthError(
      "invalid_grant",
      "The token was not issued to this client.",
      {
        reason: "audience.party_mismatch",
        cause: "oauth.refresh_other_client",
        clientId,
        tokenId,
        facts: { what },
      },
    );
}
