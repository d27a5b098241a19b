/** What somebody pasted, as an inquiry: the first form that fits, and else a bare token. */
import type { Inquiry } from "../inquiry.ts";
import { readInquiry } from "../read-inquiry.ts";
import { readAuthorization } from "./authorization.ts";
import { readAwsDebug } from "./aws-debug.ts";
import { readBrunoFile } from "./bruno-file.ts";
import { readBrunoRun } from "./bruno-run.ts";
import { readBrunoYaml } from "./bruno-yaml.ts";
import { captureOf, type Capture } from "./captured-requests.ts";
import { readCurl } from "./curl.ts";
import { readCurlTrace } from "./curl-trace.ts";
import { readCurlOutput } from "./curl-output.ts";
import { readErrorJson, readErrorXml } from "./error-body.ts";
import { failing, inquiryOf, type Hop } from "./failing-exchange.ts";
import { readFetch } from "./fetch-command.ts";
import { readGatewayLog, readGatewayLogLine } from "./gateway-log.ts";
import { readHar } from "./har.ts";
import { hopsOfMessages } from "./http-exchanges.ts";
import { readHttpMessages } from "./http-message.ts";
import { readPostmanCollection } from "./postman-collection.ts";
import { readPostmanRun } from "./postman-run.ts";
import { readPowershell } from "./powershell-command.ts";
import { readSettings } from "./settings-file.ts";
import { readToolError } from "./tool-error.ts";
import { readWgetDebug } from "./wget-debug.ts";

export type PastedForm =
  | "token"
  | "authorization"
  | "curl"
  | "curl-output"
  | "fetch"
  | "powershell"
  | "http-request"
  | "http-response"
  | "http-exchange"
  | "har"
  | "postman-collection"
  | "postman-run"
  | "bruno-file"
  | "bruno-run"
  | "aws-debug"
  | "gateway-log"
  | "tool-error"
  | "settings"
  | "inquiry";

export interface Pasted {
  readonly inquiry: Inquiry;
  readonly form: PastedForm;
  /** Where the text holds several requests: which they are, and which one was taken. */
  readonly capture?: Capture;
}

export interface PastedOptions {
  /** Of several requests, the position of the one that is meant, from 1. Default, and where there is none at it: the one that failed. */
  readonly request?: number | undefined;
}

/** What a text holds: the requests that it tells of, or an inquiry of its own. */
type Found = { readonly hops: readonly Hop[] } | { readonly inquiry: Inquiry };
type Read<T> = (given: T) => Found | null;

/** THE LIST of forms that are JSON. Each is told by members that no other has. */
const OF_JSON: readonly (readonly [PastedForm, Read<unknown>])[] = [
  ["har", asRequests(readHar)],
  ["postman-run", asRequests(readPostmanRun)],
  ["postman-collection", asRequests(readPostmanCollection)],
  ["bruno-run", asRequests(readBrunoRun)],
  ["gateway-log", asInquiry(readGatewayLogLine)],
  ["http-response", asResponse(readErrorJson)],
  ["inquiry", asInquiry(inquiryIn)],
];

/** THE LIST of forms that are text, those that begin most tellingly first. */
const OF_TEXT: readonly (readonly [PastedForm, Read<string>])[] = [
  ["curl-output", asRequests(readCurlOutput)],
  ["curl-output", asRequests(readCurlTrace)],
  ["http-exchange", asRequests(readWgetDebug)],
  ["curl", asRequests(readCurl)],
  ["fetch", asRequests(readFetch)],
  ["powershell", asRequests(readPowershell)],
  ["bruno-file", asRequests(readBrunoFile)],
  ["bruno-file", asRequests(readBrunoYaml)],
  ["aws-debug", asRequests(readAwsDebug)],
  ["gateway-log", asInquiry(readGatewayLog)],
  ["settings", asInquiry(readSettings)],
  ["tool-error", asResponse(readToolError)],
  ["http-response", asResponse(readErrorXml)],
  ["authorization", asRequest(readAuthorization)],
];

/**
 * Reads what people have at hand: a bare token, an Authorization line, a command that sends a request, an HTTP request or response,
 * a capture of several (of which it finds the one that failed), the words of a log or a tool, settings, or an inquiry as JSON. Never
 * throws: a text of no other form is a token, exactly as it was pasted but for one final line end. Its quotation marks, blanks and
 * damage stay, because they are what a diagnosis looks for. Takes time linear in the length of the text.
 */
export function readPasted(given: string, options: PastedOptions = {}): Pasted {
  const text = withoutColours(given);
  const json = parsed(text);
  for (const [form, read] of json === undefined ? [] : OF_JSON) {
    const found = read(json);
    if (found) return pasted(found, form, options);
  }
  for (const [form, read] of json === undefined ? OF_TEXT : []) {
    const found = read(text);
    if (!found) continue;
    const taken = pasted(found, form, options);
    return { ...taken, inquiry: withSentBody(taken.inquiry, form, text) };
  }
  const messages = json === undefined ? readHttpMessages(text) : null;
  if (messages)
    return pasted(
      { hops: hopsOfMessages(messages) },
      httpForm(messages),
      options,
    );
  return { inquiry: { token: given.replace(/\r?\n$/, "") }, form: "token" };
}

/** A terminal's colours (ECMA-48, SGR), which tools write into files too when they are asked to. */
const withoutColours = (text: string): string =>
  text.includes("\u001b[") ? text.replaceAll(COLOUR, "") : text;
const COLOUR = new RegExp(`\u001b\\[[\\d;:]{0,40}m`, "g");

function httpForm(messages: readonly object[]): PastedForm {
  const asks = messages.some((message) => "request" in message);
  const answers = messages.some((message) => "response" in message);
  return asks ? (answers ? "http-exchange" : "http-request") : "http-response";
}

function pasted(
  found: Found,
  form: PastedForm,
  { request }: PastedOptions,
): Pasted {
  if (!("hops" in found)) return { inquiry: found.inquiry, form };
  const { hops } = found;
  const meant = (request ?? 0) - 1;
  const index = meant in hops ? meant : failing(hops);
  return {
    inquiry: inquiryOf(hops, index),
    form,
    ...(hops.length > 1 && { capture: captureOf(hops, index) }),
  };
}

function asRequests<T>(read: (given: T) => readonly Hop[] | null): Read<T> {
  return (given) => {
    const hops = read(given);
    return hops && hops.length > 0 ? { hops } : null;
  };
}

function asInquiry<T>(read: (given: T) => Inquiry | null): Read<T> {
  return (given) => {
    const found = read(given);
    return found && { inquiry: found };
  };
}

function asRequest<T>(read: (given: T) => Inquiry["request"] | null): Read<T> {
  return (given) => {
    const found = read(given);
    return found ? { inquiry: { request: found } } : null;
  };
}

function asResponse<T>(
  read: (given: T) => Inquiry["response"] | null,
): Read<T> {
  return (given) => {
    const found = read(given);
    return found ? { inquiry: { response: found } } : null;
  };
}

/** An object or array, or undefined. The one time that a text is parsed: a capture may have 50 MiB. */
function parsed(text: string): unknown {
  if (!/^\uFEFF?\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** Any other JSON is no inquiry but what came instead of a token: the answer of a token endpoint, say. */
function inquiryIn(json: unknown): Inquiry | null {
  if (Array.isArray(json)) return null;
  try {
    const inquiry = readInquiry(json);
    return Object.keys(inquiry).length > 0 ? inquiry : null;
  } catch {
    return null;
  }
}

/** `curl -v` does not tell what body it sent; the command in front of its output does. */
function withSentBody(
  inquiry: Inquiry,
  form: PastedForm,
  text: string,
): Inquiry {
  const { request } = inquiry;
  if (form !== "curl-output" || !request) return inquiry;
  const command = readCurl(text)?.[0]?.request();
  return command?.body !== undefined && command.method === request.method
    ? { ...inquiry, request: { ...request, body: command.body } }
    : inquiry;
}
