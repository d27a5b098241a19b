import type { Exchange } from "../exchange.ts";
import { changedByEncoding } from "../form-decoding.ts";

/** The id that the request names against the registered one. */
export function detectClientId(exchange: Exchange): void {
  const { authentication, client, endpoint } = exchange;
  const { clientId, basic } = authentication;
  if (endpoint === null || client.id === undefined || clientId === null) return;
  if (clientId === client.id) {
    if (client.id !== undefined) exchange.ruledOut.add("oauth.client_unknown");
    return;
  }
  // id:secret was joined without encoding, and the id holds a colon or another sign that decoding changes.
  if (basic?.raw?.startsWith(`${client.id}:`)) {
    exchange.ruledOut.add("oauth.client_unknown");
    exchange.suspect("oauth.client_secret_encoding", {
      confidence: "certain",
      facts: {
        by: "comparison",
        part: "id",
        place: "header",
        how: "not_encoded",
        characters: changedByEncoding(client.id),
      },
      weight: 65,
    });
    return;
  }
  exchange.suspect("oauth.client_unknown", {
    confidence: "likely",
    facts: {
      by: "comparison",
      clientId: clientId.slice(0, 200),
      registered: client.id.slice(0, 200),
    },
    weight: 63,
  });
}
