/** A Postman collection: its requests, each with the answers that were saved with it. */
import type { Hop } from "./failing-exchange.ts";
import { listOf, memberOf, textOf } from "./json-members.ts";
import { filler } from "./placeholders.ts";
import {
  headerIn,
  postmanAws,
  postmanRequest,
  postmanResponse,
  urlOf,
  type Fill,
} from "./postman-message.ts";

interface Asked {
  readonly request: unknown;
  readonly auth: unknown;
  /** Saved answers, each with the request that it came to. */
  readonly examples: readonly unknown[];
}

/** Null when the JSON is no collection. */
export function readPostmanCollection(json: unknown): readonly Hop[] | null {
  // The export of Postman's own API wraps it.
  const collection = memberOf(json, "collection") ?? json;
  const schema = textOf(memberOf(collection, "info"), "schema") ?? "";
  if (
    !Array.isArray(memberOf(collection, "item")) ||
    !/collection/.test(schema)
  )
    return null;
  const values = new Map(
    listOf(collection, "variable").flatMap((variable) => {
      const key = textOf(variable, "key") ?? textOf(variable, "id");
      const value = textOf(variable, "value");
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
  // What may be filled is bounded: all addresses together, and each request for itself.
  const fillAddress = filler(values);
  return requestsOf(collection).flatMap(({ examples, request, auth }) =>
    (examples.length > 0 ? examples : [undefined]).map((example) =>
      hopOf(example, request, auth, fillAddress, () => filler(values)),
    ),
  );
}

const carries = (request: unknown, auth: unknown): boolean =>
  !["noauth", undefined].includes(textOf(auth, "type")) ||
  headerIn(memberOf(request, "header"), "authorization") !== undefined;

/** In their order. A folder's authorization counts for what it holds. */
function requestsOf(collection: unknown): readonly Asked[] {
  const found: Asked[] = [];
  const open: { item: unknown; auth: unknown }[] = [
    { item: collection, auth: undefined },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { item } = next;
    const request = memberOf(item, "request");
    const auth =
      memberOf(request, "auth") ?? memberOf(item, "auth") ?? next.auth;
    if (typeof request === "object" || typeof request === "string")
      found.push({ request, auth, examples: listOf(item, "response") });
    for (const child of listOf(item, "item").toReversed())
      open.push({ item: child, auth });
  }
  return found;
}

function hopOf(
  example: unknown,
  own: unknown,
  auth: unknown,
  fillAddress: Fill,
  fill: () => Fill,
): Hop {
  const request = memberOf(example, "originalRequest") ?? own;
  const response = memberOf(example, "header");
  return {
    method: textOf(request, "method") ?? "GET",
    url: urlOf(memberOf(request, "url") ?? request, fillAddress),
    status: postmanResponse(example)?.status ?? 0,
    unanswered: true,
    challenged: headerIn(response, "www-authenticate") !== undefined,
    authorization: carries(request, auth) ? "" : undefined,
    request: () => postmanRequest(request, auth, fill()),
    context: () => postmanAws(auth, fill()),
    response: () => postmanResponse(example),
  };
}
