/** What a run of a Bruno collection reports, as its command writes it by --format json. */
import type { RequestSeen, ResponseSeen } from "../inquiry.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList } from "./header-list.ts";
import { listOf, memberOf, numberOf, textOf } from "./json-members.ts";

/** Bruno puts stars in the place of credentials: they are not what was sent. */
const MASKED = /\*{8}/;

/** Null when the JSON is no such report. */
export function readBrunoRun(json: unknown): readonly Hop[] | null {
  const runs = Array.isArray(json) ? json : [json];
  const results = runs.flatMap((run) => listOf(run, "results"));
  const known = results.every(
    (result) =>
      textOf(memberOf(result, "request"), "url") !== undefined &&
      memberOf(result, "response") !== undefined,
  );
  return results.length > 0 && known ? results.map(hopOf) : null;
}

function hopOf(result: unknown): Hop {
  const request = memberOf(result, "request");
  const response = memberOf(result, "response");
  const { list: sent, masked } = headersOf(memberOf(request, "headers"));
  const { list: answered } = headersOf(memberOf(response, "headers"));
  return {
    method: textOf(request, "method") ?? "GET",
    url: textOf(request, "url") ?? "",
    status: numberOf(response, "status") ?? 0,
    location: answered.get("location"),
    authorization: sent.get("authorization") ?? (masked ? "" : undefined),
    // Without its credentials the request would look as if it had carried none.
    request: () => (masked ? undefined : requestOf(request, sent)),
    response: () => responseOf(response, answered),
  };
}

function headersOf(headers: unknown): { list: HeaderList; masked: boolean } {
  const list = new HeaderList();
  let masked = false;
  if (typeof headers === "object" && headers !== null)
    for (const [name, values] of Object.entries(headers))
      for (const value of Array.isArray(values) ? values : [values]) {
        if (typeof value !== "string") continue;
        if (MASKED.test(value)) masked = true;
        else list.add(name, value);
      }
  return { list, masked };
}

function requestOf(request: unknown, headers: HeaderList): RequestSeen {
  const url = textOf(request, "url");
  const body = bodyOf(memberOf(request, "data"));
  return {
    method: textOf(request, "method") ?? "GET",
    ...(url !== undefined && { url }),
    headers: headers.toMap(),
    ...(body !== "" && { body }),
  };
}

function responseOf(
  response: unknown,
  headers: HeaderList,
): ResponseSeen | undefined {
  const status = numberOf(response, "status");
  if (status === undefined) return undefined;
  const body = bodyOf(memberOf(response, "data"));
  return {
    status,
    ...(headers.size > 0 && { headers: headers.toMap() }),
    ...(body !== "" && { body }),
  };
}

const bodyOf = (data: unknown): string =>
  typeof data === "string"
    ? data
    : data === undefined || data === null
      ? ""
      : JSON.stringify(data);
