/** A Postman collection: the request whose saved answer is a refusal, else the first that carries credentials. */
import type { Inquiry } from "../inquiry.ts";
import { inquiryOf, type Hop } from "./failing-exchange.ts";
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
export function readPostmanCollection(json: unknown): Inquiry | null {
  // The export of Postman's own API wraps it.
  const collection = memberOf(json, "collection") ?? json;
  const schema = textOf(memberOf(collection, "info"), "schema") ?? "";
  if (
    !Array.isArray(memberOf(collection, "item")) ||
    !/collection/.test(schema)
  )
    return null;
  const fill = filler(
    new Map(
      listOf(collection, "variable").flatMap((variable) => {
        const key = textOf(variable, "key") ?? textOf(variable, "id");
        const value = textOf(variable, "value");
        return key === undefined || value === undefined ? [] : [[key, value]];
      }),
    ),
  );
  const asked = requestsOf(collection);
  const saved = asked.flatMap(({ examples, request, auth }) =>
    examples.map((example) => hopOf(example, request, auth, fill)),
  );
  if (saved.some(({ status }) => status >= 400)) return inquiryOf(saved);
  const chosen = asked.find(({ auth, request }) => carries(request, auth));
  const { request, auth } = chosen ?? asked[0] ?? {};
  if (request === undefined) return null;
  const context = postmanAws(auth, fill);
  return {
    request: postmanRequest(request, auth, fill),
    ...(context && { context }),
  };
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

function hopOf(example: unknown, own: unknown, auth: unknown, fill: Fill): Hop {
  const request = memberOf(example, "originalRequest") ?? own;
  const response = memberOf(example, "header");
  return {
    method: textOf(request, "method") ?? "GET",
    url: urlOf(memberOf(request, "url") ?? request, fill),
    status: postmanResponse(example)?.status ?? 0,
    givenUp: true,
    challenged: headerIn(response, "www-authenticate") !== undefined,
    authorization: carries(request, auth) ? "" : undefined,
    request: () => postmanRequest(request, auth, fill),
    response: () => postmanResponse(example),
  };
}
