/**
 * Which pages of other origins may read an answer (the Fetch standard's CORS protocol). Credentials of the browser are never allowed: a client
 * sends its own. Threat: a page of a stranger that uses what a person's browser holds; there is nothing here that cookies would open.
 */
import type { MiddlewareHandler } from "hono";
import type { CrossOrigin } from "./endpoints.ts";
import type { IssuerContext } from "./issuer-context.ts";
import { HANDLE } from "./endpoints/answer.ts";

/** How long a browser may remember the answer to a preflight, in seconds. */
const REMEMBERED = "600";
const HEADERS = "Authorization, Content-Type, DPoP";
const EXPOSED = `DPoP-Nonce, WWW-Authenticate, Retry-After, ${HANDLE}`;

export function crossOrigin(
  context: IssuerContext,
  who: CrossOrigin,
  method: string,
): MiddlewareHandler {
  return async (http, next) => {
    const origin = http.req.header("origin");
    if (origin === undefined || who === "none") return next();
    const allowed =
      who === "any" ? "*" : (await isClients(context, origin)) ? origin : null;
    if (allowed === null) return next();
    const headers: Record<string, string> = {
      "access-control-allow-origin": allowed,
      ...(allowed !== "*" && { vary: "Origin" }),
      "access-control-expose-headers": EXPOSED,
    };
    if (http.req.method === "OPTIONS")
      return http.body(null, 204, {
        ...headers,
        "access-control-allow-methods": method,
        "access-control-allow-headers": HEADERS,
        "access-control-max-age": REMEMBERED,
      });
    await next();
    for (const [name, value] of Object.entries(headers))
      http.res.headers.set(name, value);
    return undefined;
  };
}

/** The client is not known before its form is read, so an origin of any enabled client may read; only the client itself gets more than an error. */
async function isClients(
  { store }: IssuerContext,
  origin: string,
): Promise<boolean> {
  const clients = await store.listClients();
  return clients.some(
    (client) => client.disabledAt === null && client.origins.includes(origin),
  );
}
