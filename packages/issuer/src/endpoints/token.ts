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

/** Grants that others serve. */
const NOT_SERVED: ReadonlySet<string> = new Set([
  "password",
  "implicit",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
  "urn:openid:params:grant-type:ciba",
]);

function checkGrantType(
  name: string,
  allowed: readonly GrantType[],
): GrantType {
  const known = GRANT_TYPES.find((type) => type === name);
  const refused = {
    cause: "oauth.grant_not_allowed",
    facts: {
      // Threat: a secret in the place of a name.
      grant: known !== undefined || NOT_SERVED.has(name) ? name : null,
      allowed: allowed.join(" "),
    },
  } as const;
  if (known === undefined)
    throw new OAuthError(
      "unsupported_grant_type",
      "This server does not know the grant type.",
      refused,
    );
  if (!allowed.includes(known))
    throw new OAuthError(
      "unauthorized_client",
      "The client is not registered for this grant type.",
      refused,
    );
  return known;
}
