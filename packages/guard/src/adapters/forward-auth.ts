/**
 * Forward authentication: a proxy asks before it lets a request through. It only ever answers named proxies, and takes what was asked from
 * the one header that its kind of proxy writes, because others may be the client's own.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Admitted, Guard } from "../guard.ts";
import type { Answer } from "../respond.ts";
import { NodeArrival, writeAnswer } from "./node.ts";

/**
 * nginx: `auth_request`, with X-Original-Method and X-Original-URI set by its configuration. traefik and caddy: X-Forwarded-Method and
 * X-Forwarded-Uri. envoy: `ext_authz` over HTTP, which sends the request's own method, and its path after a prefix.
 */
export type ForwardAuthProxy = "nginx" | "traefik" | "caddy" | "envoy";

export interface ForwardAuthOptions {
  readonly proxy: ForwardAuthProxy;
  /** The prefix that envoy is told to put before the path (`path_prefix`). Default none. */
  readonly pathPrefix?: string;
  /** Requests that may be judged at one time; more are answered 503 at once. Default 1024. */
  readonly maxUnderway?: number;
}

const MAX_UNDERWAY = 1024;

/** nginx passes on 401 and 403 alone; its configuration makes the true status of this header. */
export const STATUS_HEADER = "assay-status";

/** A listener for node:http. The guard has to have `proxies`. */
export function forwardAuth(
  guard: Guard<unknown>,
  options: ForwardAuthOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { maxUnderway = MAX_UNDERWAY } = options;
  let underway = 0;
  return (request, response) => {
    // Threat: requests that pile up while an issuer is slow to answer.
    if (underway >= maxUnderway) {
      refuse(options, response, BUSY);
      return;
    }
    underway++;
    answer(guard, options, request, response)
      .catch(() => {
        response.statusCode = 500;
        response.end();
      })
      .finally(() => underway--);
  };
}

const BUSY: Answer = {
  status: 503,
  headers: [
    ["retry-after", "1"],
    ["cache-control", "no-store"],
    ["content-type", "application/problem+json"],
  ],
  body: '{"type":"about:blank","title":"Service Unavailable","status":503}',
};

async function answer(
  guard: Guard<unknown>,
  options: ForwardAuthOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!guard.trusts(request.socket.remoteAddress ?? null)) {
    response.statusCode = 403;
    response.end("Only a proxy that was named may ask.\n");
    return;
  }
  const judged = await guard.judge(new ForwardedArrival(request, options));
  if (judged.outcome === "refused") refuse(options, response, judged.answer);
  else {
    for (const [name, value] of Object.entries({
      ...identityOf(judged),
      ...judged.responseHeaders,
    }))
      response.setHeader(name, value);
    response.end();
  }
}

const refuse = (
  { proxy }: ForwardAuthOptions,
  response: ServerResponse,
  refusal: Answer,
): void =>
  writeAnswer(response, proxy === "nginx" ? forNginx(refusal) : refusal);

class ForwardedArrival extends NodeArrival {
  readonly #options: ForwardAuthOptions;

  constructor(request: IncomingMessage, options: ForwardAuthOptions) {
    super(request);
    this.#options = options;
  }

  override get method(): string {
    const name = HEADERS[this.#options.proxy]?.method;
    return name === undefined ? super.method : one(this.values(name));
  }

  /** What was not said, or said twice, is no path: the guard refuses it. So is a path without its method, which would pass by every row that names one. */
  override get target(): string {
    if (this.method === "") return "";
    const { proxy, pathPrefix = "" } = this.#options;
    const name = HEADERS[proxy]?.target;
    if (name !== undefined) return one(this.values(name));
    const target = super.target;
    return target.startsWith(pathPrefix) ? target.slice(pathPrefix.length) : "";
  }

  override values(name: string): string | readonly string[] | undefined {
    const host =
      name === "host" ? HEADERS[this.#options.proxy]?.host : undefined;
    return super.values(host ?? name);
  }
}

const X_FORWARDED = {
  method: "x-forwarded-method",
  target: "x-forwarded-uri",
  host: "x-forwarded-host",
};

const HEADERS: Partial<
  Record<ForwardAuthProxy, { method: string; target: string; host?: string }>
> = {
  nginx: { method: "x-original-method", target: "x-original-uri" },
  traefik: X_FORWARDED,
  caddy: X_FORWARDED,
};

const one = (values: string | readonly string[] | undefined): string =>
  typeof values === "string" ? values : "";

/** All of them, always: a proxy that copies them then overwrites what the client had sent. */
function identityOf({
  token,
}: Admitted<unknown>): Readonly<Record<string, string>> {
  const claims = token.claims as Readonly<Record<string, unknown>>;
  return {
    "x-auth-subject": headerText(claims["sub"]),
    "x-auth-client": headerText(claims["client_id"] ?? claims["azp"]),
    "x-auth-scope": headerText(claims["scope"]),
    "x-auth-issuer": headerText(claims["iss"]),
  };
}

/** Visible ASCII as it is, all else in percent escapes, the sign % too, and a blank at an end, which a header loses on its way: no two names become one. */
const headerText = (value: unknown): string =>
  typeof value === "string"
    ? value
        .toWellFormed()
        .replace(/[^\x20-\x24\x26-\x7e]|^ | $/gu, (character) =>
          encodeURIComponent(character),
        )
    : "";

function forNginx(refusal: Answer): Answer {
  const { status, headers, body } = refusal;
  const passed = status === 401 || status === 403 ? status : 403;
  return {
    status: passed,
    headers: [...headers, [STATUS_HEADER, String(status)]],
    body,
  };
}
