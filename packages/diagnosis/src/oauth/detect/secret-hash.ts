import { hmac, importHmac } from "../../hmac.ts";
import type { Exchange } from "../exchange.ts";

/** What one HMAC of a short text costs. */
const COST = 1;

/**
 * SECRET_HASH of Amazon Cognito: base64 of HMAC-SHA256 under the client's secret, over the user's name and the client id
 * (docs.aws.amazon.com, "Computing secret hash values"). A renewal wants the name that the pool gave the user, not the e-mail address.
 */
export async function detectSecretHash(exchange: Exchange): Promise<void> {
  const { parameters, client, authentication, history } = exchange;
  if (!exchange.cognito || client.secret === undefined) return;
  const sent = parameters.get("SECRET_HASH");
  const id = authentication.clientId;
  if (sent === null) {
    if (parameters.has("client_secret")) return;
    exchange.suspect("oauth.client_authentication_method", {
      confidence: "certain",
      facts: { by: "comparison", used: ["none"], registered: ["SECRET_HASH"] },
      weight: 64,
    });
    return;
  }
  const user = parameters.get("USERNAME");
  const users = new Set([
    ...(user === null ? [] : [user]),
    ...history.flatMap(({ subject }) => subject ?? []).slice(0, 4),
  ]);
  if (id === null || users.size === 0) return;
  for (const name of users) {
    if (!exchange.budget.take(COST)) return;
    if ((await hashOf(client.secret, `${name}${id}`)) === sent) {
      exchange.ruledOut.add("oauth.client_secret_wrong");
      return;
    }
  }
  exchange.suspect("oauth.client_secret_wrong", {
    // The name that is sent need not be the one that the pool knows.
    confidence: user === null ? "likely" : "certain",
    facts: {
      by: "comparison",
      how: "hash",
      length: null,
      expectedLength: null,
      rotatedAt: null,
    },
    weight: 60,
  });
}

const utf8 = new TextEncoder();

async function hashOf(secret: string, text: string): Promise<string> {
  const mac = await hmac(await importHmac(utf8.encode(secret)), text);
  return btoa(String.fromCharCode(...mac));
}
