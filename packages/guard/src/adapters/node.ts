/** node:http, and every framework that stands on it: no Request is built to ask the guard. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { chain, type MaybePromise } from "@assay/token";
import type { Arrival } from "../arrival.ts";
import type { Demands } from "../demands.ts";
import type { Admitted, Guard } from "../guard.ts";
import type { Answer } from "../respond.ts";

/** What a request carries once it was admitted; in Koa its state. */
export interface Guarded<C = Record<string, unknown>> {
  admitted?: Admitted<C>;
}

export class NodeArrival implements Arrival {
  readonly #request: IncomingMessage & { readonly originalUrl?: string };

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method ?? "GET";
  }

  /** A framework that mounts one application in another shortens `url`, and keeps what came. */
  get target(): string {
    return this.#request.originalUrl ?? this.#request.url ?? "/";
  }

  get remote(): string | null {
    return this.#request.socket?.remoteAddress ?? null;
  }

  values(name: string): string | readonly string[] | undefined {
    const { rawHeaders } = this.#request;
    let found: string | string[] | undefined;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const key = rawHeaders[i] as string;
      if (key.length !== name.length || key.toLowerCase() !== name) continue;
      const value = rawHeaders[i + 1] as string;
      if (found === undefined) found = value;
      else if (typeof found === "string") found = [found, value];
      else found.push(value);
    }
    return found;
  }

  certificate(): string | undefined {
    const { socket } = this.#request;
    return socket && "encrypted" in socket
      ? thumbprintOf(socket as TLSSocket)
      : undefined;
  }
}

/** One connection has one certificate. */
const thumbprints = new WeakMap<TLSSocket, string | null>();

function thumbprintOf(socket: TLSSocket): string | undefined {
  let known = thumbprints.get(socket);
  if (known === undefined) {
    const hex = socket
      .getPeerCertificate?.()
      .fingerprint256?.replaceAll(":", "");
    known = hex ? Buffer.from(hex, "hex").toString("base64url") : null;
    thumbprints.set(socket, known);
  }
  return known ?? undefined;
}

/** What other programs have put on the answer stays, but for what the refusal itself says. */
export function writeAnswer(
  response: ServerResponse,
  { status, headers, body }: Answer,
): void {
  response.statusCode = status;
  for (const [name] of headers) response.removeHeader(name);
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.end(body);
}

/** Judges a request; answers it and gives null when it is refused. What the application must not see of it is taken away. */
export async function guardNode<C>(
  guard: Guard<C>,
  request: IncomingMessage,
  response: ServerResponse,
  demands?: Demands,
): Promise<Admitted<C> | null> {
  return judgeNode(guard, request, response, demands);
}

/** The same, at once where nothing has to be waited for. */
export function judgeNode<C>(
  guard: Guard<C>,
  request: IncomingMessage,
  response: ServerResponse,
  demands: Demands | undefined,
): MaybePromise<Admitted<C> | null> {
  return chain(guard.judge(new NodeArrival(request), demands), (judged) => {
    if (judged.outcome === "refused") {
      writeAnswer(response, judged.answer);
      return null;
    }
    admitNode(guard, judged, request, response);
    return judged;
  });
}

/** For frameworks that are called back: with what is there at once, or comes later. What is thrown and what is rejected are one to them. */
export function callBack<T>(
  judge: () => MaybePromise<T>,
  done: (judged: T) => void,
  failed: (error: unknown) => void,
): void {
  let judged: MaybePromise<T>;
  try {
    judged = judge();
  } catch (error) {
    failed(error);
    return;
  }
  if (judged instanceof Promise) judged.then(done, failed);
  else done(judged);
}

/** What an admitted request still needs. */
export function admitNode(
  guard: Guard<unknown>,
  { responseHeaders = NONE }: Admitted<unknown>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  hideHeaders(guard, request);
  for (const name in responseHeaders)
    response.setHeader(name, responseHeaders[name] as string);
}

const NONE: Readonly<Record<string, string>> = {};

function hideHeaders(guard: Guard<unknown>, request: IncomingMessage): void {
  const remote = request.socket?.remoteAddress ?? null;
  if (guard.hidesHeaders)
    removeHeaders(request, (name) => guard.mustGo(name, remote));
}

/** From each place where Node keeps them: who reads the raw ones must not see more. Names come in lower case. */
export function removeHeaders(
  request: IncomingMessage,
  mustGo: (name: string) => boolean,
): void {
  const { rawHeaders } = request;
  let kept = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    if (mustGo(name)) {
      delete request.headers[name];
      delete request.headersDistinct?.[name];
      continue;
    }
    rawHeaders[kept] = rawHeaders[i] as string;
    rawHeaders[kept + 1] = rawHeaders[i + 1] as string;
    kept += 2;
  }
  rawHeaders.length = kept;
}
