/** The forward-auth server as a process: it listens, tells its log, and stops when it is asked to. */
import { forwardAuth } from "@assay/guard/forward-auth";
import type * as Process from "@assay/issuer/process";
import type { RequestListener } from "node:http";
import type { Terminal } from "../terminal.ts";
import { guardOf } from "./guard-of.ts";
import { answerHealth, isHealth } from "./health.ts";
import { jsonLog } from "./json-log.ts";
import { openRedis } from "./redis.ts";
import type { GuardSettings } from "./settings.ts";

/** Resolves when the server has stopped. Throws StartError and UsageError. */
export async function runGuard(
  server: typeof Process,
  settings: GuardSettings,
  terminal: Terminal,
): Promise<void> {
  const { hostname } = await import("node:os");
  const log = jsonLog((line) => void terminal.write(line), hostname());
  const { listen, replayStore, upstreamForm, pathPrefix } = settings;
  const redis =
    replayStore === ""
      ? null
      : await openRedis(replayStore, (problem) =>
          log.error({ problem }, "the replay store is away"),
        );
  const guard = guardOf(settings, redis?.store ?? null, log);
  const ask = forwardAuth(guard, {
    // Checked when the settings were read.
    proxy: upstreamForm || "nginx",
    pathPrefix,
  });
  const listener: RequestListener = (request, response) => {
    if (isHealth(request)) answerHealth(guard, response);
    else ask(request, response);
  };
  const stop = Promise.withResolvers<void>();
  try {
    const { servers, port } = await server.listen(
      listener,
      listen.host,
      listen.port,
      server.readTls(settings),
      explain(server),
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => stop.resolve());
    const url = `${settings.tlsKey === "" ? "http" : "https"}://${nameOf(listen.host)}:${port}`;
    log.info({ url, upstreamForm }, "the guard listens");
    // Nobody waits for keys and revocations: a request that comes before them has them fetched.
    void guard.ready();
    await stop.promise;
    await Promise.all(servers.map(server.closeServer));
  } finally {
    await guard.close();
    redis?.close();
  }
  log.info({}, "the guard has stopped");
}

const nameOf = (host: string): string =>
  host.includes(":") ? `[${host}]` : host;

const explain =
  ({ StartError }: typeof Process): Parameters<typeof Process.listen>[4] =>
  (code, address, port, error) =>
    new StartError(
      `listen: expected an address of this machine and a free port, found ${code} for ${nameOf(address)}:${port}; choose another one by --listen or ASSAY_GUARD_LISTEN`,
      null,
      error,
    );
