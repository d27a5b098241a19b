/** One port on every address that the host means. */
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Tls } from "./tls.ts";
import { StartError } from "./start-error.ts";

// An import of node:http asks for each of its names, and WebSocket and its like load all of fetch: 13 MiB that an idle server does not need.
const { createServer } = process.getBuiltinModule("node:http");
const { createServer: createTlsServer } =
  process.getBuiltinModule("node:https");

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
  explain: ExplainListen = explainServe,
): Promise<Listening> {
  const at = (address: string, wanted: number): Promise<Server> =>
    listenOn(listener, address, wanted, tls, explain);
  if (host !== "localhost") return only(await at(host, port));
  for (let left = port === 0 ? TRIES : 1; ; left--) {
    const first = await at("127.0.0.1", port);
    try {
      const { port: same } = only(first);
      return {
        servers: [first, await at("::1", same)],
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
  explain: ExplainListen,
): Promise<Server> {
  // Threat: connections that are held open and send nothing. In milliseconds.
  const options = {
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    // So often the two are looked at.
    connectionsCheckingInterval: 2000,
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
    throw explain(codeOf(error), address, port, error);
  }
  server.off("error", reject);
  return server;
}

/** Says why nobody can listen there. `code`: that of Node's error. */
export type ExplainListen = (
  code: string,
  address: string,
  port: number,
  error: unknown,
) => StartError;

const explainServe: ExplainListen = (code, address, port, error) => {
  const other = port < 65_535 ? port + 1 : port - 1;
  const instead = `assay serve --port ${port < 1024 ? 4455 : other}`;
  switch (code) {
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
        `expected an address of this machine, found ${address} (${code}); choose another one by --host or ASSAY_HOST`,
        null,
        error,
      );
  }
};

const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown error";

/** How long requests under way may take when a server stops. In milliseconds. */
const GRACE = 3000;

/** Takes no more requests, lets those under way end, and is done when all connections are closed. */
export async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), GRACE);
  await promise;
  clearTimeout(late);
}
