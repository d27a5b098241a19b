import type { Exchange } from "../exchange.ts";

const SECRETS = [
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
];

/** The way in which the client authenticates against the registered one, and two ways at once (RFC 6749 section 2.3). */
export function detectClientMethod(exchange: Exchange): void {
  const { authentication, client, endpoint, server } = exchange;
  if (endpoint === null || endpoint === "authorization" || exchange.cognito)
    return;
  const used = authentication.methods;
  const registered = client.authenticationMethod;
  if (used.length === 0) {
    if (endpoint === "token" || endpoint === "par")
      nothingSent(exchange, registered);
    return;
  }
  const suspect = (
    confidence: "certain" | "likely",
    allowed: readonly string[],
    weight: number,
  ): void =>
    exchange.suspect("oauth.client_authentication_method", {
      confidence,
      facts: { by: "comparison", used, registered: allowed.slice(0, 6) },
      weight,
    });
  if (used.length > 1) {
    suspect("certain", registered === undefined ? [] : [registered], 66);
    return;
  }
  const [method = ""] = used;
  if (registered !== undefined) {
    if (same(method, registered, exchange)) {
      exchange.ruledOut.add("oauth.client_authentication_method");
      return;
    }
    suspect("certain", [registered], 64);
    return;
  }
  const published = server.metadata?.["token_endpoint_auth_methods_supported"];
  if (
    Array.isArray(published) &&
    !published.includes(method) &&
    published.every((each) => typeof each === "string")
  )
    suspect("likely", published, 50);
  else if (
    method === "none" &&
    client.secret !== undefined &&
    client.secret !== ""
  )
    suspect("likely", SECRETS.slice(0, 2), 48);
}

/** A certificate shows in no parameter, and a signed JWT may stand in client_secret (Apple). */
function same(
  method: string,
  registered: string,
  { authentication }: Exchange,
): boolean {
  if (method === registered) return true;
  if (registered.endsWith("tls_client_auth")) return method === "none";
  if (registered.endsWith("_jwt"))
    return (
      method.endsWith("_jwt") ||
      (method === "client_secret_post" && authentication.assertion !== null)
    );
  return false;
}

/** Neither an id nor a secret: the registered way is not taken, or the parameter client_id was forgotten. */
function nothingSent(exchange: Exchange, registered: string | undefined): void {
  if (
    registered !== undefined &&
    registered !== "none" &&
    !registered.endsWith("tls_client_auth")
  )
    exchange.suspect("oauth.client_authentication_method", {
      confidence: "likely",
      facts: { by: "comparison", used: [], registered: [registered] },
      weight: 60,
    });
  else
    exchange.suspect("oauth.request_format", {
      confidence: "likely",
      facts: { by: "request", how: "missing", parameter: "client_id" },
      weight: 38,
    });
}
