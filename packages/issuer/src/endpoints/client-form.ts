/** A form that a client sends: who sends it, and the one way in which it is refused. */
import {
  authenticateClient,
  type AuthenticatedClient,
} from "../clients/authenticate.ts";
import { addressOf } from "../addresses.ts";
import { authenticationContext } from "../clients/authentication-context.ts";
import { OAuthError } from "../errors.ts";
import type { Exchange, Reply } from "../exchange.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { answerRefusal, type Refused } from "./answer.ts";
import { readForm, type Parameters } from "./form.ts";

export interface ClientForm extends Refused {
  readonly form: Parameters;
  readonly caller: AuthenticatedClient;
}

/** `read` is told of the form before anybody is authenticated. What it or `answer` throws is answered, journalled and kept behind a handle. */
export async function answerClientForm(
  http: Exchange,
  context: IssuerContext,
  endpoint: "token" | "introspection" | "revocation" | "diagnosis",
  answer: (sent: ClientForm) => Promise<Reply>,
  read: (form: Parameters) => void = () => {},
): Promise<Reply> {
  const { request } = http;
  let refused: Refused = {
    endpoint,
    who: nobody(http.connection, request),
    client: null,
  };
  try {
    const form = await readForm(request);
    read(form);
    const caller = await authenticateClient(
      authenticationContext(context),
      request,
      form,
      addressOf(context.issuer, endpoint),
    );
    const { clientId } = caller.client;
    refused = {
      endpoint,
      who: { ...refused.who, clientId },
      client: { id: clientId, proven: caller.authenticated },
    };
    return await answer({ ...refused, form, caller });
  } catch (error) {
    // A refusal may have changed a state: a family that was revoked for it.
    context.written();
    return answerRefusal(http, context, error, refused);
  }
}

/** A public client's name is known to everybody. Throws invalid_client; `what` begins the sentence. */
export function requireProof(
  { client, authenticated }: AuthenticatedClient,
  what: string,
): void {
  if (!authenticated)
    throw new OAuthError(
      "invalid_client",
      `${what} needs client authentication.`,
      {
        cause: "oauth.client_authentication_method",
        clientId: client.clientId,
      },
    );
}
