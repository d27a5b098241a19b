import { headerValues } from "@assay/token";
import type { RequestSeen, ResponseSeen } from "../inquiry.ts";
import type { Hop } from "./failing-exchange.ts";

/** The request of a command, among others of the same text. What it answered, nobody need have copied. */
export function hopOfCommand(
  request: RequestSeen,
  response?: ResponseSeen,
): Hop {
  const { method = "GET", url = "" } = request;
  const answered = response ?? {};
  return {
    method,
    url,
    status: response?.status ?? 0,
    unanswered: true,
    location: headerValues(answered, "location")[0],
    challenged: headerValues(answered, "www-authenticate").length > 0,
    authorization: headerValues(request, "authorization")[0],
    request: () => request,
    response: () => response,
  };
}
