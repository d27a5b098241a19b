/** Starts the server, says where it is, and stops it when asked. */
import { createApp } from "./app.ts";
import { collectAfterStart } from "./collect-after-start.ts";
import { readConsole } from "./console-files.ts";
import { isWildcard } from "./host-header.ts";
import { adapted } from "./fetch-listener.ts";
import { keepRequestsYoung } from "./keep-requests-young.ts";
import { closeServer, listen } from "./listen.ts";
import { nodeListener } from "./node-listener.ts";
import { openIssuer, type OpenedIssuer } from "./open-issuer.ts";
import type { ServerOptions, Settings } from "./options.ts";
import { isLoopback } from "./options/is-loopback.ts";
import { readSettings } from "./options/read-settings.ts";
import { RequestLimit } from "./request-limit.ts";
import { readTls } from "./tls.ts";
import { TrustedProxies } from "./trusted-proxies.ts";

export interface RunningServer {
  /** Where people open it. */
  readonly url: string;
  /** Takes no more requests, lets those under way end, and is done when all connections are closed. */
  close(): Promise<void>;
}

export interface Surroundings {
  /** A file of settings as JSON. Default: the one that ASSAY_CONFIG names. */
  readonly config?: string | null;
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the line goes that says that the server is ready. Default: standard output. */
  readonly say?: (line: string) => void;
  /** Where a line goes that is for the person who started it, once. Default: standard error. */
  readonly note?: (line: string) => void;
  /** Whether SIGINT and SIGTERM stop the server. A second one ends the process at once. Default true. */
  readonly signals?: boolean;
}

/** Requests a second from one address, where others can reach the server and nothing else is set. */
const DEFAULT_LIMIT = 50;

/**
 * Starts the server on loopback, port 4455, unless the options or the environment (`SETTINGS`) say otherwise, for a process that is this server
 * and nothing else. Throws StartError when it cannot: a port in use, a setting that is none, a host that other machines can reach without
 * `allowRemote`.
 */
export async function startServer(
  options: ServerOptions = {},
  surroundings: Surroundings = {},
): Promise<RunningServer> {
  const {
    env = process.env,
    config = null,
    say = (line) => void process.stdout.write(`${line}\n`),
    note = (line) => void process.stderr.write(`${line}\n`),
    signals = true,
  } = surroundings;
  const settings = readSettings(options, env, config);
  keepRequestsYoung();
  const { host, port } = settings;
  const files = readConsole(settings.consoleFolder);
  // The port is taken first: a server that cannot listen opens no database. Until the issuer is there, requests wait.
  const ready = Promise.withResolvers<ReturnType<typeof createApp>>();
  const tls = readTls(settings);
  let listener = adapted(async (request, socket) =>
    (await ready.promise).fetch(request, socket),
  );
  const { servers, port: actual } = await listen(
    (incoming, outgoing) => listener(incoming, outgoing),
    host,
    port,
    tls,
  );
  const url = `${tls ? "https" : "http"}://${nameOf(host)}:${actual}`;
  let opened: OpenedIssuer;
  try {
    opened = await openIssuer(settings, env, url, note);
  } catch (error) {
    await Promise.all(servers.map(closeServer));
    throw error;
  }
  const app = createApp({
    host,
    console: files,
    issuer: opened.issuer,
    proxies: new TrustedProxies(settings.trustedProxies),
    limit: new RequestLimit(perSecond(settings), Date.now),
    logger: opened.logger,
  });
  ready.resolve(app);
  listener = nodeListener(app.plain, listener);
  const close = async (): Promise<void> => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    opened.issuer.endStreams();
    await Promise.all(servers.map(closeServer));
    await opened.close();
  };
  const stop = (): void => void close();
  if (signals) {
    process.once("SIGINT", stop).once("SIGTERM", stop);
    collectAfterStart();
  }
  say(url);
  return { url, close };
}

/** On this machine alone there is nobody to be kept from: a test may send what it likes. */
const perSecond = ({ requestsPerSecond, host }: Settings): number =>
  requestsPerSecond === 0 && !isLoopback(host)
    ? DEFAULT_LIMIT
    : requestsPerSecond;

const nameOf = (host: string): string =>
  isWildcard(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
