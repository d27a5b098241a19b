/** Lines from the logs of gateways: the answer that the client got, and why. Of the request they tell only what they were told to log. */
import type { Inquiry } from "../inquiry.ts";
import { readAccessLine } from "./gateway/access-line.ts";
import { readEnvoyLine } from "./gateway/envoy-line.ts";
import { readErrorLine } from "./gateway/error-line.ts";
import { jsonLine, readJsonLine } from "./gateway/json-line.ts";
import type { LineReader, LogLine } from "./gateway/log-line.ts";
import { readOauth2ProxyLine } from "./gateway/oauth2-proxy-line.ts";
import { readTraefikLine } from "./gateway/traefik-line.ts";

/** THE LIST of logs that are known. */
const READERS: readonly LineReader[] = [
  readAccessLine,
  readEnvoyLine,
  readErrorLine,
  readOauth2ProxyLine,
  readTraefikLine,
  readJsonLine,
];

/** Null unless every line is of such a log. */
export function readGatewayLog(text: string): Inquiry | null {
  const lines: LogLine[] = [];
  for (const raw of text.split("\n")) {
    if (raw.trim() === "") continue;
    const line = readLine(withoutPrefix(raw.replace(/\r$/, "")));
    if (!line) return null;
    lines.push(line);
  }
  return lines.some(tellsSomething) ? inquiryOf(lines) : null;
}

/** One line of such a log that is JSON, as JSON. */
export function readGatewayLogLine(json: unknown): Inquiry | null {
  const line = jsonLine(json);
  return line ? inquiryOf([line]) : null;
}

const tellsSomething = ({ status, message }: LogLine): boolean =>
  status !== undefined || message !== undefined;

const isRefusal = ({ status = 0 }: LogLine): boolean =>
  [401, 403, 407].includes(status);

/** Of several lines the last refusal counts, else the last failure; and the words of the failure, all that its connection has. */
function inquiryOf(lines: readonly LogLine[]): Inquiry {
  const access =
    lines.findLast(isRefusal) ??
    lines.findLast(({ status = 0 }) => status >= 400) ??
    lines.findLast(({ status }) => status !== undefined);
  const failures = lines.filter(
    ({ message, status = 500 }) => message !== undefined && status >= 300,
  );
  const failure = failures.findLast(isRefusal) ?? failures.at(-1);
  const { status = failure?.status ?? 0, at = failure?.at } = access ?? {};
  const words = failures
    .filter((line) =>
      failure?.connection === undefined
        ? line === failure
        : line.connection === failure.connection,
    )
    .map(({ message }) => message);
  const body = [...new Set(words)].join("\n");
  const now = Date.parse(at ?? "");
  return {
    ...(access?.request && { request: access.request }),
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
