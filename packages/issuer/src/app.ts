/** The server as one function from Request to Response. */
import { Hono } from "hono";
import { pino, type Logger } from "pino";
import type { ConsoleFile } from "./console-files.ts";
import type { Issuer } from "./create-issuer.ts";
import { isOwnHost } from "./host-header.ts";
import type { RequestLimit } from "./request-limit.ts";
import { framedByNobody, SECURITY_HEADERS } from "./security-headers.ts";
import type { TrustedProxies } from "./trusted-proxies.ts";

export interface AppOptions {
  /** The configured host: the one name besides those of this machine that a request may address. */
  readonly host: string;
  readonly console: ReadonlyMap<string, ConsoleFile>;
  readonly issuer: Pick<Issuer, "fetch" | "paths" | "isReady" | "context">;
  readonly proxies: TrustedProxies;
  readonly limit: RequestLimit;
  /** Default: JSON lines on standard error. */
  readonly logger?: Logger;
}

/** Builds the server's fetch function: the issuer at its addresses, the console everywhere else. No body or query is logged. */
export function createApp({
  host,
  console: files,
  issuer,
  proxies,
  limit,
  logger,
}: AppOptions): {
  readonly fetch: (request: Request, env?: object) => Promise<Response>;
} {
  const app = new Hono();
  const issuerHost = new URL(issuer.context.issuer).hostname;

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  });

  app.use(async (context, next) => {
    const name = context.req.header("host");
    if (!isOwnHost(name, host) && !isOwnHost(name, issuerHost)) {
      return context.text(
        "This server answers only to its own name. Open it as localhost, or by the host that it was started with.\n",
        421,
      );
    }
    return next();
  });

  for (const path of issuer.paths)
    app.all(path, async (context) => {
      const connection = proxies.connection(
        remoteOf(context.env),
        context.req.header("x-forwarded-for"),
      );
      const wait = limit.take(connection.ip);
      if (wait > 0)
        return context.text("Too many requests. Try again later.\n", 429, {
          "retry-after": String(wait),
        });
      return issuer.fetch(context.req.raw, connection);
    });

  app.use(async (context, next) => {
    if (context.req.method !== "GET" && context.req.method !== "HEAD") {
      return context.text("Only GET and HEAD are understood here.\n", 405, {
        allow: "GET, HEAD",
      });
    }
    return next();
  });

  app.get("/health", (context) =>
    context.json({ status: "ok" }, 200, { "cache-control": "no-store" }),
  );

  app.get("/ready", async (context) => {
    const ready = await issuer.isReady();
    return context.json(
      { status: ready ? "ok" : "unavailable" },
      ready ? 200 : 503,
      { "cache-control": "no-store" },
    );
  });

  app.get("*", (context) => {
    const { path } = context.req;
    const file = files.get(path);
    if (!file) {
      // Only an address of the table is ever named: none leads to another host.
      const without = path.slice(0, -1);
      return path.endsWith("/") && files.has(without)
        ? context.redirect(without, 301)
        : context.notFound();
    }
    const { body, type, etag, cacheControl, policy } = file;
    const headers = {
      etag,
      "cache-control": cacheControl,
      ...(policy !== null && {
        "content-security-policy": framedByNobody(policy),
      }),
    };
    if (isFresh(context.req.header("if-none-match"), etag))
      return context.body(null, 304, headers);
    return context.body(body, 200, { ...headers, "content-type": type });
  });

  app.notFound((context) =>
    context.text(
      "There is no such page here. The inspector is at /inspector, the handbook at /reasons, /causes and /guides.\n",
      404,
    ),
  );

  app.onError((error, context) => {
    // Neither the URL nor a header: either may hold a token.
    (logger ?? pino(pino.destination(2))).error(
      { err: error, method: context.req.method },
      "a request failed",
    );
    return context.text("The server failed. Its log says more.\n", 500);
  });

  return { fetch: async (request, env) => app.fetch(request, env) };
}

/** RFC 9110 section 13.1.2: a list of validators, compared weakly. */
function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  return (
    ifNoneMatch !== undefined &&
    ifNoneMatch
      .split(",")
      .some(
        (one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*",
      )
  );
}

/** The other end of the socket, as the adapter hands it in. */
const remoteOf = (env: unknown): string | undefined =>
  (
    env as {
      readonly incoming?: {
        readonly socket: { readonly remoteAddress?: string };
      };
    }
  ).incoming?.socket.remoteAddress;
