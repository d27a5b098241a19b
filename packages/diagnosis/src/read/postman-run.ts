/** What a run of a Postman collection reports, as newman writes it by its reporter json. */
import type { Hop } from "./failing-exchange.ts";
import { listOf, memberOf, numberOf, textOf } from "./json-members.ts";
import {
  headerIn,
  postmanRequest,
  postmanResponse,
  urlOf,
} from "./postman-message.ts";

/** Null when the JSON is no such report. */
export function readPostmanRun(json: unknown): readonly Hop[] | null {
  const run = memberOf(json, "run");
  if (!Array.isArray(memberOf(run, "executions"))) return null;
  return listOf(run, "executions").map(hopOf);
}

/** What was sent stands in the report as it went out, variables filled in and the header of the authorization made. */
const asSent = (text: string): string => text;

function hopOf(execution: unknown): Hop {
  const request = memberOf(execution, "request");
  const response = memberOf(execution, "response");
  const answered = memberOf(response, "header");
  return {
    method: textOf(request, "method") ?? "GET",
    url: urlOf(memberOf(request, "url"), asSent),
    status: numberOf(response, "code") ?? 0,
    location: headerIn(answered, "location"),
    challenged: headerIn(answered, "www-authenticate") !== undefined,
    authorization: headerIn(memberOf(request, "header"), "authorization"),
    request: () => postmanRequest(request, undefined, asSent),
    response: () => postmanResponse(response),
  };
}
