/** Starts the server, says where it is, and stops it when asked. */
import type { Server } from "node:http";
import { createApp } from "./app.ts";
import { readConsole } from "./console-files.ts";
import { isWildcard } from "./host-header.ts";
import { listen } from "./listen.ts";
import { readSettings, type ServerOptions } from "./options.ts";

export interface RunningServer {
  /** Where people open it. */
  readonly url: string;
  /** Takes no more requests, lets those under way end, and is done when all connections are closed. */
  close(): Promise<void>;
}

export interface Surroundings {
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the line goes that says that the server is ready. Default: standard output. */
  readonly say?: (line: string) => void;
  /** Whether SIGINT and SIGTERM stop the server. A second one ends the process at once. Default true. */
  readonly signals?: boolean;
}

/** How long requests under way may take when the server stops. In milliseconds. */
const GRACE = 3000;

/**
 * Starts the server on loopback, port 4455, unless the options or the environment (`SETTINGS`) say otherwise. Throws StartError when
 * it cannot: a port in use, a setting that is none, a host that other machines can reach without `allowRemote`.
 */
export async function startServer(
  options: ServerOptions = {},
  surroundings: Surroundings = {},
): Promise<RunningServer> {
  const {
    env = process.env,
    say = (line) => void process.stdout.write(`${line}\n`),
    signals = true,
  } = surroundings;
  const { host, port, consoleFolder } = readSettings(options, env);
  const app = createApp({ host, console: readConsole(consoleFolder) });
  const { servers, port: actual } = await listen(app.fetch, host, port);
  const close = async (): Promise<void> => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await Promise.all(servers.map(closeServer));
  };
  const stop = (): void => void close();
  if (signals) process.once("SIGINT", stop).once("SIGTERM", stop);
  const url = `http://${nameOf(host)}:${actual}`;
  say(url);
  return { url, close };
}

const nameOf = (host: string): string =>
  isWildcard(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;

async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), GRACE);
  await promise;
  clearTimeout(late);
}
