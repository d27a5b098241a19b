/** Revocation (RFC 7009): a client ends its own token. What is nothing of ours is revoked already, so the answer is 200 as well. */
import type { Exchange, Reply } from "../exchange.ts";
import { addressOf } from "../addresses.ts";
import { authenticateClient } from "../clients/authenticate.ts";
import { authenticationContext } from "../clients/authentication-context.ts";
import { OAuthError } from "../errors.ts";
import {
  nobody,
  type Connection,
  type IssuerContext,
} from "../issuer-context.ts";
import type { Who } from "../journal/journal-writer.ts";
import { findPresented, type Presented } from "../tokens/find-presented.ts";
import { answerRefusal, NO_STORE, type Refused } from "./answer.ts";
import { readForm } from "./form.ts";

export async function revocation(
  http: Exchange,
  context: IssuerContext,
  connection: Connection,
): Promise<Reply> {
  const request = http.request;
  let refused: Refused = {
    endpoint: "revocation",
    who: nobody(connection, request),
    client: null,
  };
  try {
    const form = await readForm(request);
    const { client, authenticated } = await authenticateClient(
      authenticationContext(context),
      request,
      form,
      addressOf(context.issuer, "revocation"),
    );
    const who = { ...refused.who, clientId: client.clientId };
    refused = {
      ...refused,
      who,
      client: { id: client.clientId, proven: authenticated },
    };
    const presented = await findPresented(context, form.require("token"));
    await revoke(context, presented, client.clientId, who);
    context.written();
    return http.body(null, 200, NO_STORE);
  } catch (error) {
    return answerRefusal(http, context, error, refused);
  }
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
    checkOwner(token.clientId, clientId, token.tokenId);
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
  checkOwner(family.clientId, clientId, tokenId);
  const entry = await journal.entry(
    "grant.revoked",
    { clientId, grantId: grant.grantId, tokenId, facts: { by: "client" } },
    { ...who, subject: grant.subject },
  );
  await store.revoke({ by: "grant", grantId: grant.grantId }, now, entry);
}

/** RFC 7009 section 2.1: a token of another client is refused, and its owner keeps it. */
function checkOwner(owner: string, clientId: string, tokenId: string): void {
  if (owner !== clientId)
    throw new OAuthError(
      "invalid_grant",
      "The token was not issued to this client.",
      { reason: "audience.party_mismatch", clientId, tokenId },
    );
}
