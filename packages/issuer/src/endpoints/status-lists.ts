/** The addresses of all status lists (draft-ietf-oauth-status-list-21 section 9.3), for whoever fetches them ahead of time. */
import type { Exchange, Reply } from "../exchange.ts";
import { nobody, type IssuerContext } from "../issuer-context.ts";
import { answerRefusal } from "./answer.ts";

export async function statusLists(
  http: Exchange,
  context: IssuerContext,
): Promise<Reply> {
  try {
    return http.json(
      { status_lists: await context.statusLists.addresses() },
      200,
      {
        "cache-control": `public, max-age=${context.options.statusListCacheSeconds}`,
      },
    );
  } catch (error) {
    return answerRefusal(http, context, error, {
      endpoint: "status_lists",
      who: nobody(http.connection, http.request),
      client: null,
    });
  }
}
