import type { Exchange } from "../exchange.ts";
import { shownAddress } from "../shown.ts";

/** The API that the request names, where the answer says that it is not known (RFC 8707 section 2). */
export function detectResource(exchange: Exchange): void {
  const { parameters, answer } = exchange;
  if (answer?.code !== "invalid_target" && answer?.code !== "invalid_resource")
    return;
  const name =
    (["resource", "audience"] as const).find((each) => parameters.has(each)) ??
    null;
  exchange.suspect("oauth.resource_unknown", {
    confidence: "likely",
    facts: {
      by: "answer",
      resource: name === null ? null : shownAddress(parameters.get(name) ?? ""),
      parameter: name,
    },
    weight: 70,
  });
}
