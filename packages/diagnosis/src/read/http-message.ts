/** An HTTP request, a response, or both, as a log, a proxy, a developer tool or `curl -v` shows them (RFC 9112). */
import type { RequestSeen, ResponseSeen } from "../inquiry.ts";
import { HeaderList, splitHeader } from "./header-list.ts";

export interface HttpExchange {
  readonly request?: RequestSeen;
  readonly response?: ResponseSeen;
}

const REQUEST_LINE = /^([A-Z]{3,20}) (\S+) HTTP\/\d/;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?!\d)/;
/** A field name (RFC 9110 section 5.1), or a pseudo-header of HTTP/2 as developer tools show it. */
const HEADER = /^:?[\w!#$%&'*+.^`|~-]{1,80}[ \t]*:/;
/** Headers that tell which side has spoken, where no first line does. */
const ASKING = [
  "authorization",
  "proxy-authorization",
  "host",
  "user-agent",
  "accept",
  "cookie",
  "dpop",
  ":method",
  ":authority",
];
const ANSWERING = [
  "www-authenticate",
  "proxy-authenticate",
  "set-cookie",
  "server",
  ":status",
];

export type HttpMessage =
  { readonly request: RequestSeen } | { readonly response: ResponseSeen };

interface Message {
  readonly start: string | null;
  readonly headers: HeaderList;
  readonly body: string[];
}

/** Null when the text is no HTTP message. Of several exchanges the last request and the last response count. */
export function readHttpMessage(text: string): HttpExchange | null {
  const found = readHttpMessages(text);
  return (
    found && {
      ...found.findLast((message) => "request" in message),
      ...found.findLast((message) => "response" in message),
    }
  );
}

/** All messages, in their order. Null when the text is none. */
export function readHttpMessages(text: string): readonly HttpMessage[] | null {
  const lines = withoutMarks(text.replace(/^\s+(?=\S)/, "").split("\n"));
  const first = withoutReturn(lines[0] ?? "");
  if (!isStart(first) && !(HEADER.test(first) && tellsSide(lines))) return null;
  return messages(lines).map((message) =>
    isAnswer(message)
      ? { response: responseOf(message) }
      : { request: requestOf(message) },
  );
}

/** `curl -v` marks what went out by > and what came in by <; everything else but the body that follows is its own talk. */
function withoutMarks(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /^> [A-Z]{3,20} \S+ HTTP\/|^< HTTP\//.test(line)))
    return lines;
  const kept: string[] = [];
  let bodyFollows = false;
  for (const line of lines) {
    if (/^[<>](?: |\r?$)/.test(line)) {
      kept.push(line.slice(2));
      bodyFollows = line.startsWith("<") && line.trim() === "<";
    } else if (
      bodyFollows &&
      !/^[*{}] /.test(line) &&
      !line.includes("--:--:--")
    )
      kept.push(line);
  }
  return kept;
}

function messages(lines: readonly string[]): readonly Message[] {
  const found: Message[] = [];
  let message: Message | null = null;
  let inBody = false;
  let name: string | null = null;
  let value = "";
  const endHeader = (): void => {
    if (name !== null) message?.headers.add(name, value);
    name = null;
  };
  for (const raw of lines) {
    const line = withoutReturn(raw);
    if (message === null || isStart(line)) {
      endHeader();
      message = {
        start: isStart(line) ? line : null,
        headers: new HeaderList(),
        body: [],
      };
      found.push(message);
      inBody = false;
      if (message.start !== null) continue;
    }
    if (inBody) message.body.push(raw);
    else if (line.trim() === "") {
      endHeader();
      inBody = true;
    } else if (/^[ \t]/.test(line) && name !== null) {
      // A folded line belongs to the one before it (RFC 9112 section 5.2).
      value += ` ${line.trim()}`;
    } else {
      endHeader();
      [name, value] = splitHeader(line);
    }
  }
  endHeader();
  return found;
}

const withoutReturn = (line: string): string =>
  line.endsWith("\r") ? line.slice(0, -1) : line;

const isStart = (line: string): boolean =>
  REQUEST_LINE.test(line) || STATUS_LINE.test(line);

const isAnswer = ({ start, headers }: Message): boolean =>
  start === null
    ? !ASKING.some((name) => headers.has(name)) &&
      ANSWERING.some((name) => headers.has(name))
    : STATUS_LINE.test(start);

function tellsSide(lines: readonly string[]): boolean {
  const end = lines.findIndex((line) => line.trim() === "");
  const names = lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => splitHeader(line)[0].toLowerCase());
  return [...ASKING, ...ANSWERING].some((name) => names.includes(name));
}

function requestOf({ start, headers, body }: Message): RequestSeen {
  const [
    ,
    method = takePseudo(headers, "method"),
    target = takePseudo(headers, "path"),
  ] = REQUEST_LINE.exec(start ?? "") ?? [];
  const scheme = takePseudo(headers, "scheme");
  const authority = takePseudo(headers, "authority") ?? headers.get("host");
  const url = urlOf(scheme, authority, target);
  return {
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    ...(headers.size > 0 && { headers: headers.toMap() }),
    ...bodyOf(body),
  };
}

function responseOf({ start, headers, body }: Message): ResponseSeen {
  const status =
    STATUS_LINE.exec(start ?? "")?.[1] ?? takePseudo(headers, "status");
  return {
    ...(status !== undefined &&
      /^\d{3}$/.test(status) && { status: Number(status) }),
    ...(headers.size > 0 && { headers: headers.toMap() }),
    ...bodyOf(body),
  };
}

function takePseudo(headers: HeaderList, name: string): string | undefined {
  const value = headers.get(`:${name}`);
  headers.delete(`:${name}`);
  return value;
}

/** A message does not tell its scheme. https is taken, so that nobody is told of plain http who does not use it. */
function urlOf(
  scheme = "https",
  authority: string | undefined,
  target: string | undefined,
): string | undefined {
  if (
    target === undefined ||
    authority === undefined ||
    !target.startsWith("/")
  )
    return target;
  return `${scheme}://${authority}${target}`;
}

function bodyOf(lines: readonly string[]): { body?: string } {
  const body = lines.join("\n").replace(/\r?\n?$/, "");
  return body === "" ? {} : { body };
}
