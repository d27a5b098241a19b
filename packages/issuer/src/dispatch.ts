/** From a request to the answer of its endpoint. */
import type { Incoming } from "./incoming.ts";
import { PATHS } from "./addresses.ts";
import { crossOriginHeaders } from "./cross-origin.ts";
import { answerFailure } from "./endpoints/answer.ts";
import { Answer, Exchange, type Reply } from "./exchange.ts";
import type { Connection, IssuerContext } from "./issuer-context.ts";
import type { Observer } from "./observation.ts";
import { pathOf, type Routes } from "./routes.ts";
import { answerHeaders } from "./security-headers.ts";

export async function dispatch(
  context: IssuerContext,
  routes: Routes,
  observe: Observer | null,
  request: Incoming,
  connection: Connection,
): Promise<Reply> {
  const start = observe ? performance.now() : 0;
  const path = pathOf(request.url);
  const found = routes.find(path);
  const exchange = new Exchange(request, connection, found?.parameter ?? "");
  const always = answerHeaders(context.issuer);
  exchange.always = always;
  // RFC 9110 section 9.1: whoever serves GET serves HEAD.
  const isHead = request.method === "HEAD";
  const row = found?.rows.get(isHead ? "GET" : request.method);
  let response: Reply;
  try {
    if (row) {
      const headers = await crossOriginHeaders(context, row, request);
      if (headers.length > 0)
        exchange.always = {
          ...always,
          ...Object.fromEntries(headers),
        };
      response = await row.endpoint(exchange, context);
      if (isHead) response = withoutBody(response);
    } else if (found)
      response = await otherMethod(context, exchange, found.rows);
    else if (routes.isAdmin(path))
      // Loaded at its first request.
      response = await (
        await import("./admin/admin.ts")
      ).admin(wholeOf(request), context, connection);
    else response = exchange.text("There is nothing here.\n", 404);
  } catch (error) {
    response = answerFailure(exchange, context, error);
  }
  // Pages, streams and the admin API make their own answers.
  if (!(response instanceof Answer))
    for (const [name, value] of Object.entries(exchange.always))
      if (!response.headers.has(name)) response.headers.set(name, value);
  observe?.({
    endpoint:
      row?.path ??
      (found ? "other_method" : routes.isAdmin(path) ? PATHS.admin : "other"),
    status: response.status,
    seconds: (performance.now() - start) / 1000,
    error: exchange.refusal,
  });
  return response;
}

/** A stream that nobody reads is ended. */
function withoutBody(response: Reply): Reply {
  if (response instanceof Answer)
    return new Answer(null, response.status, response.headers);
  response.body?.cancel().catch(() => {});
  return new Response(null, response);
}

type Rows = NonNullable<ReturnType<Routes["find"]>>["rows"];

/** A preflight of a page, or a method that the endpoint has not. */
async function otherMethod(
  context: IssuerContext,
  exchange: Exchange,
  rows: Rows,
): Promise<Reply> {
  const allow = [...rows.keys()]
    .map((method) => (method === "GET" ? "GET, HEAD" : method))
    .join(", ");
  const [row] = rows.values();
  const headers =
    row && exchange.request.method === "OPTIONS"
      ? await crossOriginHeaders(context, row, exchange.request)
      : [];
  return headers.length > 0
    ? exchange.body(null, 204, Object.fromEntries(headers))
    : exchange.text(`Only ${allow} is understood here.\n`, 405, { allow });
}

/** The listener for node:http hands in what the table of endpoints needs, and only for its rows. */
function wholeOf(request: Incoming): Request {
  if (request instanceof Request) return request;
  throw new TypeError("expected a Request for the admin API");
}
