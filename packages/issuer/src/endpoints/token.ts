/** The token endpoint (RFC 6749 section 3.2). */
import { addressOf } from "../addresses.ts";
import { GRANT_TYPES, type GrantType } from "../clients/client.ts";
import { OAuthError } from "../errors.ts";
import type { Exchange, Reply } from "../exchange.ts";
import { GRANTS } from "../grants.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { demandNonce, readProof } from "../tokens/dpop-proof.ts";
import { NO_STORE } from "./answer.ts";
import { answerClientForm } from "./client-form.ts";

export function token(http: Exchange, context: IssuerContext): Promise<Reply> {
  const { request } = http;
  return answerClientForm(
    http,
    context,
    "token",
    async ({ form, caller, who }) => {
      const grantType = checkGrantType(
        form.require("grant_type"),
        caller.client.grantTypes,
      );
      const jkt = await readProof(
        context,
        request,
        addressOf(context.issuer, "token"),
      );
      const answer = await GRANTS[grantType]({
        context,
        form,
        client: caller,
        jkt,
        who,
      });
      context.written();
      return http.json(answer, 200, {
        ...NO_STORE,
        ...(jkt !== null && { "dpop-nonce": context.nonces.current() }),
      });
    },
    // An assertion is good once: a proof that must come again with a nonce is asked for first.
    (form) => {
      if (form.get("client_assertion") !== null) demandNonce(context, request);
    },
  );
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
