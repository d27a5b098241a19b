/** What somebody pasted, as an inquiry: the first form that fits, and else a bare token. */
import type { Inquiry } from "../inquiry.ts";
import { readInquiry } from "../read-inquiry.ts";
import { readAuthorization } from "./authorization.ts";
import { readAwsDebug } from "./aws-debug.ts";
import { readBrunoFile } from "./bruno-file.ts";
import { readBrunoRun } from "./bruno-run.ts";
import { readCurl } from "./curl.ts";
import { readCurlOutput } from "./curl-output.ts";
import { readErrorJson, readErrorXml } from "./error-body.ts";
import { readFetch } from "./fetch-command.ts";
import { readGatewayLog, readGatewayLogLine } from "./gateway-log.ts";
import { readHar } from "./har.ts";
import { readHttpMessage } from "./http-message.ts";
import { readPostmanCollection } from "./postman-collection.ts";
import { readPostmanRun } from "./postman-run.ts";
import { readPowershell } from "./powershell-command.ts";
import { readSettings } from "./settings-file.ts";
import { readToolError } from "./tool-error.ts";

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
}

type Read<T> = (given: T) => Inquiry | null;

/** THE LIST of forms that are JSON. Each is told by members that no other has. */
const OF_JSON: readonly (readonly [PastedForm, Read<unknown>])[] = [
  ["har", readHar],
  ["postman-run", readPostmanRun],
  ["postman-collection", readPostmanCollection],
  ["bruno-run", readBrunoRun],
  ["gateway-log", readGatewayLogLine],
  ["http-response", (json) => asResponse(readErrorJson(json))],
  ["inquiry", inquiryIn],
];

/** THE LIST of forms that are text, those that begin most tellingly first. */
const OF_TEXT: readonly (readonly [PastedForm, Read<string>])[] = [
  ["curl-output", readCurlOutput],
  ["curl", readCurl],
  ["fetch", (text) => asRequest(readFetch(text))],
  ["powershell", (text) => asRequest(readPowershell(text))],
  ["bruno-file", readBrunoFile],
  ["aws-debug", readAwsDebug],
  ["gateway-log", readGatewayLog],
  ["settings", readSettings],
  ["tool-error", (text) => asResponse(readToolError(text))],
  ["http-response", (text) => asResponse(readErrorXml(text))],
  ["authorization", (text) => asRequest(readAuthorization(text))],
];

/**
 * Reads what people have at hand: a bare token, an Authorization line, a command that sends a request, an HTTP request or response,
 * a capture of several (of which it finds the one that failed), the words of a log or a tool, settings, or an inquiry as JSON. Never
 * throws: a text of no other form is a token, exactly as it was pasted but for one final line end. Its quotation marks, blanks and
 * damage stay, because they are what a diagnosis looks for. Takes time linear in the length of the text.
 */
export function readPasted(text: string): Pasted {
  const json = parsed(text);
  for (const [form, read] of json === undefined ? [] : OF_JSON) {
    const inquiry = read(json);
    if (inquiry) return { inquiry, form };
  }
  for (const [form, read] of json === undefined ? OF_TEXT : []) {
    const inquiry = read(text);
    if (inquiry) return { inquiry: withSentBody(inquiry, form, text), form };
  }
  const message = json === undefined ? readHttpMessage(text) : null;
  if (message) {
    const form = message.request
      ? message.response
        ? "http-exchange"
        : "http-request"
      : "http-response";
    return { inquiry: message, form };
  }
  return { inquiry: { token: text.replace(/\r?\n$/, "") }, form: "token" };
}

const asRequest = (request: Inquiry["request"] | null): Inquiry | null =>
  request ? { request } : null;
const asResponse = (response: Inquiry["response"] | null): Inquiry | null =>
  response ? { response } : null;

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
  const command = readCurl(text)?.request;
  return command?.body !== undefined && command.method === request.method
    ? { ...inquiry, request: { ...request, body: command.body } }
    : inquiry;
}
