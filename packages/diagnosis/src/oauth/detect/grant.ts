import { grantOf, type Exchange } from "../exchange.ts";
import { isMisspelt } from "../grant-names.ts";
import { shownGrant } from "../known-names.ts";

/** The grant against those that the client is registered for, or that the server has at all (RFC 6749 section 5.2, RFC 7591 section 2). */
export function detectGrant(exchange: Exchange): void {
  const grant = askedFor(exchange);
  // A name that is none is a fault of the request.
  if (grant === null || isMisspelt(grant)) return;
  const registered = exchange.client.grantTypes ?? [];
  const suspect = (
    confidence: "certain" | "likely",
    allowed: readonly string[],
    weight: number,
  ): void =>
    exchange.suspect("oauth.grant_not_allowed", {
      confidence,
      facts: {
        by: "comparison",
        grant: shownGrant(grant, allowed),
        allowed: allowed.slice(0, 8).map((each) => each.slice(0, 120)),
      },
      weight,
    });
  if (registered.length > 0) {
    if (registered.includes(grant))
      exchange.ruledOut.add("oauth.grant_not_allowed");
    else suspect("certain", registered, 58);
    return;
  }
  const supported = exchange.server.metadata?.["grant_types_supported"];
  if (Array.isArray(supported) && !supported.includes(grant))
    suspect(
      "likely",
      supported.filter((each) => typeof each === "string"),
      42,
    );
}

function askedFor(exchange: Exchange): string | null {
  const { endpoint, parameters } = exchange;
  if (endpoint === "token") {
    const grant = grantOf(exchange);
    return grant === null || grant === "" ? null : grant;
  }
  if (endpoint === "device")
    return "urn:ietf:params:oauth:grant-type:device_code";
  if (endpoint !== "authorization" && endpoint !== "par") return null;
  const types = parameters.get("response_type")?.split(" ") ?? [];
  if (types.includes("code")) return "authorization_code";
  return types.includes("token") || types.includes("id_token")
    ? "implicit"
    : null;
}
