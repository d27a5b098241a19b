/** The token endpoint (RFC 6749 section 3.2). */
import type { Exchange, Reply } from "../exchange.ts";
import { addressOf } from "../addresses.ts";
import { authenticateClient } from "../clients/authenticate.ts";
import { authenticationContext } from "../clients/authentication-context.ts";
import { GRANT_TYPES, type GrantType } from "../clients/client.ts";
import { OAuthError } from "../errors.ts";
import { GRANTS } from "../grants.ts";
import {
  nobody,
  type Connection,
  type IssuerContext,
} from "../issuer-context.ts";
import { demandNonce, readProof } from "../tokens/dpop-proof.ts";
import { answerRefusal, NO_STORE, type Refused } from "./answer.ts";
import { readForm } from "./form.ts";

export async function token(
  http: Exchange,
  context: IssuerContext,
  connection: Connection,
): Promise<Reply> {
  const request = http.request;
  const endpoint = addressOf(context.issuer, "token");
  let refused: Refused = {
    endpoint: "token",
    who: nobody(connection, request),
    client: null,
  };
  try {
    const form = await readForm(request);
    if (form.get("client_assertion") !== null) demandNonce(context, request);
    const client = await authenticateClient(
      authenticationContext(context),
      request,
      form,
      endpoint,
    );
    const who = { ...refused.who, clientId: client.client.clientId };
    refused = {
      ...refused,
      who,
      client: { id: client.client.clientId, proven: client.authenticated },
    };
    const grantType = checkGrantType(
      form.require("grant_type"),
      client.client.grantTypes,
    );
    const jkt = await readProof(context, request, endpoint);
    const answer = await GRANTS[grantType]({
      context,
      form,
      client,
      jkt,
      request,
      connection,
      who,
    });
    context.written();
    return http.json(answer, 200, {
      ...NO_STORE,
      ...(jkt !== null && { "dpop-nonce": context.nonces.current() }),
    });
  } catch (error) {
    context.written();
    return answerRefusal(http, context, error, refused);
  }
}

function checkGrantType(
  name: string,
  allowed: readonly GrantType[],
): GrantType {
  const known = GRANT_TYPES.find((type) => type === name);
  if (known === undefined)
    throw new OAuthError(
      "unsupported_grant_type",
      "This server does not know the grant type.",
      { cause: "oauth.grant_not_allowed" },
    );
  if (!allowed.includes(known))
    throw new OAuthError(
      "unauthorized_client",
      "The client is not registered for this grant type.",
      { cause: "oauth.grant_not_allowed" },
    );
  return known;
}
