/**
 * What stands behind a handle, for the client whose request was refused: it says who it is by a secret or a key, and gets its own refusals
 * alone, without addresses, agents and subjects. Operators read them by the admin API.
 */
import { OAuthError } from "../errors.ts";
import type { Exchange, Reply } from "../exchange.ts";
import type { IssuerContext } from "../issuer-context.ts";
import { NO_STORE } from "./answer.ts";
import { answerClientForm, requireProof } from "./client-form.ts";

export async function diagnosis(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  return answerClientForm(
    http,
    context,
    "diagnosis",
    async ({ form, caller, who }) => {
      requireProof(caller, "A diagnosis");
      const { clientId } = caller.client;
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
    },
  );
}
