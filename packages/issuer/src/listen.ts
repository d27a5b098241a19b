/** One port on every address that the host means. */
import { getRequestListener } from "@hono/node-server";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Tls } from "./tls.ts";
import { StartError } from "./start-error.ts";

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

export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/** A port that is free on 127.0.0.1 may be taken on ::1. Of 0, so many are tried. */
const TRIES = 10;

/**
 * Listens on the host and port; for "localhost" on 127.0.0.1 and ::1, and on 127.0.0.1 alone where the machine has no ::1. The name is
 * not resolved: a hosts file could point it elsewhere.
 */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  tls: Tls | null = null,
): Promise<Listening> {
  if (host !== "localhost")
    return only(await listenOn(listener, host, port, tls));
  for (let left = port === 0 ? TRIES : 1; ; left--) {
    const first = await listenOn(listener, "127.0.0.1", port, tls);
    try {
      const { port: same } = only(first);
      return {
        servers: [first, await listenOn(listener, "::1", same, tls)],
        port: same,
      };
    } catch (error) {
      const code = codeOf((error as Error).cause);
      if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")
        return only(first);
      first.close();
      if (left === 1 || code !== "EADDRINUSE") throw error;
    }
  }
}

const only = (server: Server): Listening => ({
  servers: [server],
  port: (server.address() as AddressInfo).port,
});

async function listenOn(
  listener: RequestListener,
  address: string,
  port: number,
  tls: Tls | null,
): Promise<Server> {
  // Threat: connections that are held open and send nothing. In milliseconds.
  const options = {
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 5000,
    maxHeaderSize: 16_384,
  };
  const server: Server = tls
    ? createTlsServer({ ...options, ...tls }, listener)
    : createServer(options, listener);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host: address, port, ipv6Only: address === "::1" }, resolve);
  try {
    await promise;
  } catch (error) {
    throw explain(error, address, port);
  }
  server.off("error", reject);
  return server;
}

function explain(error: unknown, address: string, port: number): StartError {
  const other = port < 65_535 ? port + 1 : port - 1;
  const instead = `assay serve --port ${port < 1024 ? 4455 : other}`;
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new StartError(
        `expected a free port, found ${port} in use on ${address}; choose another one by --port or ASSAY_PORT`,
        instead,
        error,
      );
    case "EACCES":
      return new StartError(
        `expected a port that this user may open, found ${port}; choose one above 1023 by --port or ASSAY_PORT`,
        instead,
        error,
      );
    default:
      return new StartError(
        `expected an address of this machine, found ${address} (${codeOf(error)}); choose another one by --host or ASSAY_HOST`,
        null,
        error,
      );
  }
}

const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown error";
