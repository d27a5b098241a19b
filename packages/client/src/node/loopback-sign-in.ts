/** Signing in from a program of this machine: the browser comes back to a port of loopback (RFC 8252 section 7.3). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  RequestRefused,
  TemporarilyUnavailable,
  TokenError,
} from "../errors.ts";
import { isAnswerTo } from "../sign-in.ts";
import type { TokenSource } from "../token-source.ts";
import type { Token } from "../token.ts";

export interface LoopbackWishes {
  /** Is given the address that the person has to open. */
  readonly show: (url: string) => void | Promise<void>;
  /** The path of the redirect URI, http://127.0.0.1/callback as it is registered. Default /callback. */
  readonly path?: string;
  /** The port. Default: a free one, which a server has to allow (RFC 8252 section 7.3). */
  readonly port?: number;
  /** How long the person may take. Default 300. */
  readonly timeoutSeconds?: number;
  /** More parameters of the request, such as prompt. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/** Throws RequestRefused when the person or the server said no, TemporarilyUnavailable when nobody came back in time. */
export async function signInByLoopback(
  source: Pick<TokenSource, "beginSignIn" | "finishSignIn">,
  {
    show,
    path = "/callback",
    port = 0,
    timeoutSeconds = 300,
    parameters = {},
    signal,
  }: LoopbackWishes,
): Promise<Token> {
  // Imported here: a program that only reads its tokens need not wait for a server to be loaded.
  const { createServer } = await import("node:http");
  const server = createServer();
  // The literal address: `localhost` may be another machine's (RFC 8252 section 8.3).
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(port, "127.0.0.1", resolve),
  );
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const { url, pending } = await source.beginSignIn({
      redirectUri: `http://${host}${path}`,
      parameters,
    });
    const finished = new Promise<Token>((resolve, reject) => {
      let isTaken = false;
      server.on(
        "request",
        (request: IncomingMessage, response: ServerResponse) => {
          // Threat: an address that is none, such as `//`, which would throw here and end the program.
          const address = `http://${host}${request.url ?? "/"}`;
          const callback = URL.canParse(address) ? new URL(address) : null;
          // Threat: a page that calls this port to end the sign-in, or to slip in its own. It does not know the state.
          if (
            isTaken ||
            callback === null ||
            request.method !== "GET" ||
            request.headers.host !== host ||
            callback.pathname !== path ||
            !isAnswerTo(pending, callback)
          ) {
            answer(response, 404, "There is nothing here.");
            return;
          }
          isTaken = true;
          const finishing = finish(source, pending, callback, response);
          finishing.then(resolve, reject);
        },
      );
      for (const each of [timeout, signal])
        each?.addEventListener(
          "abort",
          () =>
            reject(
              each === timeout
                ? new TemporarilyUnavailable("nobody who came back in time")
                : (each.reason as Error),
            ),
          { once: true },
        );
    });
    // A refusal that comes while the address is being shown has its listener below.
    finished.catch(() => {});
    await show(url);
    return await finished;
  } finally {
    server.close();
    server.closeIdleConnections();
  }
}

/** The browser is told what came of it. */
async function finish(
  source: Pick<TokenSource, "finishSignIn">,
  pending: string,
  callback: URL,
  response: ServerResponse,
): Promise<Token> {
  try {
    const token = await source.finishSignIn(pending, callback);
    answer(response, 200, "You are signed in. You can close this window.");
    return token;
  } catch (error) {
    answer(
      response,
      400,
      `You are not signed in: ${reasonOf(error)}. Go back to the program and try again.`,
    );
    throw error;
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof RequestRefused
    ? error.error
    : error instanceof TokenError
      ? error.found
      : "a fault of the program";

function answer(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      // The address holds the code: no cache, no referrer.
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      connection: "close",
    })
    .end(`${text}\n`);
}
