/** Lines from the log of a gateway: nginx and Kong (access and error), Apache, Envoy and Istio, oauth2-proxy. They tell of the answer, not of the request's headers. */
import type { HeaderMap, Inquiry } from "../inquiry.ts";
import { memberOf, numberOf, textOf } from "./json-members.ts";

interface LogLine {
  readonly status?: number | undefined;
  readonly message?: string | undefined;
  /** ISO 8601. */
  readonly at?: string | undefined;
  readonly headers?: HeaderMap | undefined;
}

type Reader = (line: string) => LogLine | null;

/** The combined format of nginx and Apache; Kong writes the same and more behind it. */
const ACCESS =
  /^\S{1,100} \S{1,100} [^[\]"\n]{1,100} \[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):([\d:]{8}) ([+-]\d{2})(\d{2})\] "[A-Z]{3,20} [^"]{0,9000}" (\d{3}) [\d-]/;
/** Envoy's default format, and Istio's. */
const ENVOY =
  /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z)\] "[A-Z]{3,20} [^"]{0,9000}" (\d{1,3}) (\S{1,60}) (\S{1,300})/;
/** nginx's error log, and Kong's: the time has no zone. */
const ERROR =
  /^\d{4}\/\d\d\/\d\d [\d:]{8} \[(?:debug|info|notice|warn|error|crit|alert|emerg)\] \d{1,9}#\d{1,9}: (?:\*\d{1,19} )?([^]*)$/;
/** What nginx adds behind a message. */
const BESIDE = /, (?:client|server|request|upstream|host|context): /;
const OAUTH2_PROXY =
  /^\[\d{4}\/\d\d\/\d\d [\d:]{8}\] \[[\w-]{1,60}\.go:\d{1,6}\] ([^]*)$/;
const OAUTH2_PROXY_REQUEST =
  /^\S{1,100} - \S{1,100} - ?\S{1,200} \[\d{4}\/\d\d\/\d\d [\d:]{8}\] \S{1,300} [A-Z]{3,20} \S{1,300} "[^"]{0,9000}" HTTP\/[\d.]{1,3} "[^"]{0,2000}" (\d{3}) /;
const OAUTH2_PROXY_OLD_REQUEST =
  /^\S{1,100} - \S{1,200} \[\d{4}\/\d\d\/\d\d [\d:]{8}\] \S{1,300} [A-Z]{3,20} \S{1,300} "[^"]{0,9000}" HTTP\/[\d.]{1,3} "[^"]{0,2000}" (\d{3}) /;
const OAUTH2_PROXY_AUTH =
  /^\S{1,100} - [^[\]]{1,300} \[\d{4}\/\d\d\/\d\d [\d:]{8}\] \[Auth(?:Failure|Error)\] ([^]*)$/;

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

const READERS: readonly Reader[] = [
  (line) => {
    const [, day, month = "", year, time, hours, minutes, status] =
      ACCESS.exec(line) ?? [];
    if (day === undefined) return null;
    const number = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, "0");
    return {
      status: Number(status),
      at: `${year}-${number}-${day}T${time}${hours}:${minutes}`,
    };
  },
  (line) => {
    const [, at, status, flags = "", details = ""] = ENVOY.exec(line) ?? [];
    if (at === undefined) return null;
    return { status: Number(status), at, message: envoyWords(details, flags) };
  },
  (line) => {
    const message = ERROR.exec(line)?.[1];
    if (message === undefined) return null;
    const beside = BESIDE.exec(message)?.index ?? message.length;
    const own = message.slice(0, beside).replace(/^\[\w{1,30}\] /, "");
    return { message: own, status: statusIn(own) };
  },
  (line) => {
    const message = OAUTH2_PROXY.exec(line)?.[1];
    return message === undefined
      ? null
      : { message, status: statusIn(message) };
  },
  (line) => {
    const found =
      OAUTH2_PROXY_REQUEST.exec(line) ?? OAUTH2_PROXY_OLD_REQUEST.exec(line);
    return found ? { status: Number(found[1]) } : null;
  },
  (line) => {
    const message = OAUTH2_PROXY_AUTH.exec(line)?.[1];
    return message === undefined ? null : { message, status: 401 };
  },
  jsonText,
];

/** What these programs say where they answer by this status without naming it. */
const SAID: readonly (readonly [RegExp, number])[] = [
  [/auth request unexpected status/i, 500],
  [
    /\bjwt\b|\btoken\b|no valid authentication|invalid authentication|unauthorized/i,
    401,
  ],
  [/access forbidden|permission denied|access denied/i, 403],
];

const statusIn = (message: string): number | undefined =>
  SAID.find(([pattern]) => pattern.test(message.slice(0, 2000)))?.[1];

/** jwt_authn_access_denied{Jwt_is_expired} is how Envoy writes "Jwt is expired" in its details. */
function envoyWords(details: string, flags: string): string | undefined {
  const [, name = details, words] =
    /^(\w{1,100})(?:[{[]([^\]}]{1,200})[\]}])?$/.exec(details) ?? [];
  if (name.startsWith("jwt_authn") && words !== undefined)
    return words.replaceAll("_", " ");
  if (name.startsWith("rbac_access_denied")) return "RBAC: access denied";
  return name === "-" || name === "via_upstream" || flags === ""
    ? undefined
    : /^\w{3,100}$/.test(name) && /[a-z]/.test(name)
      ? name
      : undefined;
}

function jsonText(line: string): LogLine | null {
  if (!/^\{[^]*\}\s*$/.test(line)) return null;
  try {
    return jsonLine(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Envoy, Istio and nginx write JSON where they are told to, by names that their manuals use; Kong's log plug-ins have objects. */
function jsonLine(json: unknown): LogLine | null {
  const answer = memberOf(json, "response");
  const started = numberOf(json, "started_at");
  if (memberOf(json, "latencies") !== undefined && started !== undefined)
    return {
      status: numberOf(answer, "status") ?? 0,
      at: new Date(Math.min(8e15, Math.max(0, started))).toISOString(),
      headers: headersIn(memberOf(answer, "headers")),
    };
  const status = memberOf(json, "response_code") ?? memberOf(json, "status");
  const details = textOf(json, "response_code_details");
  if (status === undefined || (details === undefined && !isAccess(json)))
    return null;
  return {
    status: Number(status) || 0,
    at: textOf(json, "start_time") ?? textOf(json, "time_iso8601"),
    message: details === undefined ? undefined : envoyWords(details, "-"),
  };
}

const headersIn = (headers: unknown): HeaderMap =>
  Object.fromEntries(
    Object.entries(
      typeof headers === "object" && headers !== null ? headers : {},
    ).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );

/** One line of such a log that is JSON, as JSON. */
export function readGatewayLogLine(json: unknown): Inquiry | null {
  const line = jsonLine(json);
  return line ? inquiryOf([line]) : null;
}

const isAccess = (json: unknown): boolean =>
  (textOf(json, "request") ?? textOf(json, "request_uri")) !== undefined &&
  numberOf(json, "status") !== undefined;

/** Null unless every line is of such a log. */
export function readGatewayLog(text: string): Inquiry | null {
  const lines: LogLine[] = [];
  for (const raw of text.split("\n")) {
    if (raw.trim() === "") continue;
    const line = readLine(withoutPrefix(raw.replace(/\r$/, "")));
    if (!line) return null;
    lines.push(line);
  }
  return lines.length === 0 ? null : inquiryOf(lines);
}

/** Of several lines the last refusal counts, and the last message of a failure. */
function inquiryOf(lines: readonly LogLine[]): Inquiry {
  const access =
    lines.findLast(({ status = 0 }) => status >= 400) ?? lines.at(-1);
  const failure = lines.findLast(
    ({ message, status = 500 }) => message !== undefined && status >= 300,
  );
  const { status = failure?.status ?? 0, at = failure?.at } = access ?? {};
  const { message: body = "" } = failure ?? {};
  const now = Date.parse(at ?? "");
  return {
    response: {
      ...(status > 0 && { status }),
      ...(access?.headers && { headers: access.headers }),
      ...(body !== "" && { body }),
    },
    ...(!Number.isNaN(now) && { now: new Date(now).toISOString() }),
  };
}

function readLine(line: string): LogLine | null {
  for (const read of READERS) {
    const found = read(line);
    if (found) return found;
  }
  return null;
}

/** docker compose and kubectl put the name of the container in front. */
const withoutPrefix = (line: string): string =>
  line.replace(/^(?:[\w.-]{1,80} {0,40}\| |\[pod\/[\w./-]{1,200}\] )/, "");
