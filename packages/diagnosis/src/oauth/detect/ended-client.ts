import type { Exchange } from "../exchange.ts";

/** The client itself was disabled, and not issued anything since: no token is at fault. */
export function detectEndedClient(exchange: Exchange): void {
  const { history, authentication, endpoint } = exchange;
  if (endpoint === null || authentication.clientId === null) return;
  const entry = history.findLast(
    ({ event, clientId }) =>
      event === "client.disabled" && clientId === authentication.clientId,
  );
  if (!entry) return;
  const since = history.some(
    ({ event, clientId, at }) =>
      event === "token.issued" &&
      clientId === entry.clientId &&
      Date.parse(at) > Date.parse(entry.at),
  );
  if (since) return;
  exchange.suspect("revoked.by_administrator", {
    confidence: "likely",
    facts: {
      at: entry.at,
      event: entry.event,
      by: entry.by?.slice(0, 120) ?? null,
    },
    weight: 64,
  });
}
