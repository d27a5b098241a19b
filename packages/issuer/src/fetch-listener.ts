/** A fetch function as a listener for node:http. */
import { getRequestListener } from "@hono/node-server";
import type { RequestListener } from "node:http";

type Fetch = (request: Request, env?: object) => Promise<Response>;

/** The listener for node:http of a fetch function. */
export const adapted = (fetch: Fetch): RequestListener =>
  getRequestListener(async (request, env) => fetch(request, env));

/** The other end of the socket, as the adapter hands it in. */
export const remoteOf = (env: unknown): string | undefined =>
  (
    env as {
      readonly incoming?: {
        readonly socket: { readonly remoteAddress?: string };
      };
    }
  ).incoming?.socket.remoteAddress;
