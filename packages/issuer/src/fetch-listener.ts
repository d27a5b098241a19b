/** A fetch function as a listener for node:http. */
import type { RequestListener } from "node:http";

type Fetch = (request: Request, env?: object) => Promise<Response>;

/** The listener for node:http of a fetch function. The adapter is loaded at the first request: most of a server's requests are forms, which do without it. */
export function adapted(fetch: Fetch): RequestListener {
  const load = async () => {
    const { getRequestListener } = await import("@hono/node-server");
    return getRequestListener(async (request, env) => fetch(request, env));
  };
  let loading: ReturnType<typeof load> | null = null;
  return (incoming, outgoing) => {
    (loading ??= load())
      .then(async (listener) => listener(incoming, outgoing))
      .catch(() => outgoing.destroy());
  };
}

/** The other end of the socket, as the adapter hands it in. */
export const remoteOf = (env: unknown): string | undefined =>
  (
    env as {
      readonly incoming?: {
        readonly socket: { readonly remoteAddress?: string };
      };
    }
  ).incoming?.socket.remoteAddress;
