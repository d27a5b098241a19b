/**
 * What stands behind a handle, for the client whose request was refused: it says who it is by a secret or a key, and gets its own refusals
 * alone, without addresses, agents and subjects. Operators read them by the admin API.
 */
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
import { answerRefusal, NO_STORE, type Refused } from "./answer.ts";
import { readForm } from "./form.ts";

export async function diagnosis(
  http: Exchange,
  context: IssuerContext,
  connection: Connection,
): Promise<Reply> {
  const request = http.request;
  let refused: Refused = {
    endpoint: "diagnosis",
    who: nobody(connection, request),
    client: null,
  };
  try {
    const form = await readForm(request);
    const { client, authenticated } = await authenticateClient(
      authenticationContext(context),
      request,
      form,
      addressOf(context.issuer, "diagnosis"),
    );
    const { clientId } = client;
    const who = { ...refused.who, clientId };
    refused = {
      ...refused,
      who,
      client: { id: clientId, proven: authenticated },
    };
    // Threat: a public client's name is known to everybody.
    if (!authenticated)
      throw new OAuthError(
        "invalid_client",
        "A diagnosis needs client authentication.",
        { cause: "oauth.client_authentication_method", clientId },
      );
    const read = await context.handles.read(form.require("handle"), {
      clientId,
    });
    if (!read)
      throw new OAuthError(
        "invalid_request",
        "There is no such handle of this client: it is not its own, has ended, or was not kept.",
      );
    await context.journal.write("diagnosis.read", { clientId }, who);
    context.written();
    return http.json(read, 200, NO_STORE);
  } catch (error) {
    return answerRefusal(http, context, error, refused);
  }
}
