/** The server as one function from Request to Response. */
import { Hono } from "hono";
import { pino, type Logger } from "pino";
import type { ConsoleFile } from "./console-files.ts";
import type { Issuer } from "./create-issuer.ts";
import { readableByClients } from "./cross-origin.ts";
import { Answer, toResponse, type Reply } from "./exchange.ts";
import type { Incoming } from "./incoming.ts";
import type { Connection } from "./issuer-context.ts";
import type { TurnedAwaySender } from "./journal/turned-away.ts";
import type { PlainAnswers } from "./node-listener.ts";
import { remoteOf } from "./fetch-listener.ts";
import { isOwnHost } from "./host-header.ts";
import type { RequestLimit } from "./request-limit.ts";
import { pathOf } from "./routes.ts";
import {
  answerHeaders,
  framedByNobody,
  SECURITY_HEADERS,
} from "./security-headers.ts";
import type { TrustedProxies } from "./trusted-proxies.ts";

export interface AppOptions {
  /** The configured host: the one name besides those of this machine that a request may address. */
  readonly host: string;
  readonly console: ReadonlyMap<string, ConsoleFile>;
  readonly issuer: Pick<
    Issuer,
    "fetch" | "answers" | "isPlain" | "reply" | "isReady" | "context"
  >;
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
  /** The issuer's forms, for the listener of node:http. */
  readonly plain: PlainAnswers;
} {
  const app = new Hono();
  const { issuer: issuerName } = issuer.context;
  const issuerHost = new URL(issuerName).hostname;
  const plainText = {
    ...answerHeaders(issuerName),
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  };
  const isOwn = (header: string | undefined): boolean =>
    isOwnHost(header, host) || isOwnHost(header, issuerHost);
  const isForUs = ({ headers }: Incoming): boolean =>
    isOwn(headers.get("host") ?? undefined);
  const isWholeForUs = (request: Incoming): boolean =>
    isForUs(request) && isOwn(hostOf(request.url));

  const connectionOf = (
    request: Incoming,
    remote: string | undefined,
  ): Connection =>
    proxies.connection(
      remote,
      request.headers.get("x-forwarded-for") ?? undefined,
    );

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  });

  app.use(async (context, next) => {
    const { raw } = context.req;
    if (isWholeForUs(raw)) return next();
    const connection = connectionOf(raw, remoteOf(context.env));
    issuer.context.turnedAway.note(421, senderOf(raw, connection));
    return context.text(OTHER_NAME, 421);
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

  /** The issuer's requests are many; they do not pass through the console's router. */
  const answerOfIssuer = async (
    request: Incoming,
    remote: string | undefined,
    isAddressed: boolean,
    answer: (request: Incoming, connection: Connection) => Promise<Reply>,
  ): Promise<Reply> => {
    const connection = connectionOf(request, remote);
    if (!isAddressed) {
      issuer.context.turnedAway.note(421, senderOf(request, connection));
      return new Answer(OTHER_NAME, 421, plainText);
    }
    const wait = limit.take(connection.ip);
    if (wait > 0) {
      issuer.context.turnedAway.note(429, senderOf(request, connection));
      return new Answer("Too many requests. Try again later.\n", 429, {
        ...plainText,
        "retry-after": String(wait),
        // A page of a client may know when to come again.
        ...Object.fromEntries(
          await readableByClients(
            issuer.context,
            request.headers.get("origin"),
          ).catch(() => []),
        ),
      });
    }
    return answer(request, connection);
  };

  return {
    fetch: async (request, env) =>
      issuer.answers(pathOf(request.url))
        ? toResponse(
            await answerOfIssuer(
              request,
              remoteOf(env),
              isWholeForUs(request),
              (_, connection) => issuer.fetch(request, connection),
            ),
          )
        : app.fetch(request, env),
    plain: {
      isPlain: (method, path) => issuer.isPlain(method, path),
      answer: async (request, remote) =>
        // It stands at a path: there is no other host than that of the header.
        answerOfIssuer(request, remote, isForUs(request), (given, connection) =>
          issuer.reply(given, connection),
        ),
    },
  };
}

/** RFC 9112 section 3.2.2: of an address in whole its own host counts, whatever the header Host says. */
function hostOf(url: string): string {
  const start = url.indexOf("://") + 3;
  return url.slice(start, url.indexOf("/", start));
}

const senderOf = (
  { headers }: Incoming,
  { ip }: Connection,
): TurnedAwaySender => ({
  ip,
  agent: headers.get("user-agent"),
  host: headers.get("host"),
});

const OTHER_NAME =
  "This server answers only to its own name. Open it as localhost, or by the host that it was started with.\n";

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
