/** Lines that are JSON: Envoy, Istio and nginx write them where they are told to, Caddy and Traefik by names of their own, Kong's log plug-ins as objects. */
import type { HeaderMap, RequestSeen } from "../../inquiry.ts";
import { memberOf, numberOf, textOf } from "../json-members.ts";
import { envoyWords } from "./envoy-line.ts";
import type { LogLine } from "./log-line.ts";

export function readJsonLine(line: string): LogLine | null {
  if (!/^\{[^]*\}\s*$/.test(line)) return null;
  try {
    return jsonLine(JSON.parse(line));
  } catch {
    return null;
  }
}

export function jsonLine(json: unknown): LogLine | null {
  return (
    kongLine(json) ?? caddyLine(json) ?? traefikLine(json) ?? namedLine(json)
  );
}

function kongLine(json: unknown): LogLine | null {
  const started = numberOf(json, "started_at");
  if (memberOf(json, "latencies") === undefined || started === undefined)
    return null;
  const answer = memberOf(json, "response");
  return {
    status: numberOf(answer, "status") ?? 0,
    at: moment(started),
    headers: headersIn(memberOf(answer, "headers")),
  };
}

/** Caddy empties Authorization unless it is told to log credentials. */
function caddyLine(json: unknown): LogLine | null {
  const answered = memberOf(json, "resp_headers");
  const status = numberOf(json, "status");
  if (answered === undefined || status === undefined) return null;
  const at = numberOf(json, "ts");
  return {
    status,
    ...(at !== undefined && { at: moment(at * 1000) }),
    headers: headersIn(answered),
  };
}

/** A Traefik that keeps headers writes them as request_Authorization, and so on; by default it drops them. */
function traefikLine(json: unknown): LogLine | null {
  const status = numberOf(json, "DownstreamStatus");
  if (status === undefined) return null;
  return {
    status,
    at: textOf(json, "StartUTC") ?? textOf(json, "time"),
    request: requestWith(
      textOf(json, "request_Authorization"),
      textOf(json, "RequestMethod"),
      textOf(json, "RequestPath"),
    ),
  };
}

/** Names are the operator's choice; these are the ones that the manuals of Envoy and nginx use. */
function namedLine(json: unknown): LogLine | null {
  const status = memberOf(json, "response_code") ?? memberOf(json, "status");
  const details = textOf(json, "response_code_details");
  if (status === undefined || (details === undefined && !isAccess(json)))
    return null;
  const line = textOf(json, "request")?.split(" ") ?? [];
  return {
    status: Number(status) || 0,
    at: textOf(json, "start_time") ?? textOf(json, "time_iso8601"),
    message: details === undefined ? undefined : envoyWords(details, "-"),
    request: requestWith(
      textOf(json, "http_authorization") ?? textOf(json, "authorization"),
      textOf(json, "method") ?? textOf(json, "request_method") ?? line[0],
      textOf(json, "path") ?? textOf(json, "request_uri") ?? line[1],
    ),
  };
}

const isAccess = (json: unknown): boolean =>
  (textOf(json, "request") ?? textOf(json, "request_uri")) !== undefined &&
  numberOf(json, "status") !== undefined;

/** A word in capitals or stars in the place of the credentials is what hides them. */
function requestWith(
  authorization: string | undefined,
  method: string | undefined,
  url: string | undefined,
): RequestSeen | undefined {
  if (authorization === undefined || /^REDACTED$|\*{3}/i.test(authorization))
    return undefined;
  const none = authorization === "" || authorization === "-";
  return {
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    headers: none ? {} : { authorization },
  };
}

/** A value may be a list. */
const headersIn = (headers: unknown): HeaderMap =>
  Object.fromEntries(
    Object.entries(
      typeof headers === "object" && headers !== null ? headers : {},
    ).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value === "string") return [[name, value]];
      const texts = Array.isArray(value)
        ? value.filter((one) => typeof one === "string")
        : [];
      const [only] = texts;
      return only === undefined
        ? []
        : [[name, texts.length === 1 ? only : texts]];
    }),
  );

const moment = (milliseconds: number): string =>
  new Date(Math.min(8e15, Math.max(0, milliseconds))).toISOString();
