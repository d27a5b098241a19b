/** What an answer of AWS says: status, date, code and message, whether it is XML, JSON, a header, HTML, or a line of a tool. */
import { headerValues } from "@assay/token";
import { utcMoment } from "./moment.ts";
import type { ResponseSeen } from "../inquiry.ts";

export interface ErrorAnswer {
  readonly status: number | null;
  /** The clock of the service, seconds since the epoch. */
  readonly date: number | null;
  /** Without namespace, and without the word Exception at its end. */
  readonly code: string | null;
  readonly message: string;
  /** What a tool has printed, whole; empty where the answer is one of HTTP. */
  readonly printed: string;
  /** Whether the answer looks like one of AWS or of a store that speaks its language. */
  readonly isAws: boolean;
  /** By API Gateway. */
  readonly byGateway: boolean;
  /** The text of an element or member beside code and message, such as Region or CanonicalRequest. */
  field(name: string): string | null;
}

/** An error is read no further than this. */
const LOOKED_AT = 24_000;

export function readErrorAnswer(response: ResponseSeen = {}): ErrorAnswer {
  const header = (name: string): string | null =>
    headerValues({ headers: response.headers ?? {} }, name)[0] ?? null;
  const body = (response.body ?? "").slice(0, LOOKED_AT);
  const json = jsonOf(body);
  const type = header("x-amzn-errortype") ?? header("x-amz-error-code");
  const field = (name: string): string | null =>
    element(body, name) ?? member(json, name);
  const line = toolLine(body);
  const code =
    element(body, "Code") ??
    stringIn(json, ["__type", "code", "Code"]) ??
    type ??
    listItem(body, "Code") ??
    line?.code ??
    null;
  const message =
    element(body, "Message") ??
    stringIn(json, ["message", "Message", "error_description"]) ??
    header("x-amz-error-message") ??
    listItem(body, "Message") ??
    line?.message ??
    (json === null && !body.startsWith("<") ? body : "");
  return {
    status: response.status ?? null,
    date: utcMoment(field("ServerTime") ?? header("date")),
    code: code === null ? null : bare(code),
    message,
    printed: json === null && !body.startsWith("<") ? body : "",
    isAws:
      ["x-amzn-requestid", "x-amz-request-id", "x-amz-apigw-id"].some(
        (name) => header(name) !== null,
      ) ||
      type !== null ||
      element(body, "RequestId") !== null ||
      typeof (json as Record<string, unknown> | null)?.["__type"] === "string",
    byGateway:
      header("x-amz-apigw-id") !== null || header("apigw-requestid") !== null,
    field,
  };
}

/** com.amazon.coral.service#ExpiredTokenException:http://… is ExpiredToken. */
const bare = (code: string): string =>
  code
    .trim()
    .slice(0, 200)
    .replace(/:.*$/s, "")
    .replace(/^.*#/s, "")
    .replace(/Exception$/, "");

function jsonOf(body: string): object | null {
  if (!/^\s*\{/.test(body)) return null;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** At the top, in `Error` or `error`, or in the first of `errors`. */
function stringIn(
  json: object | null,
  names: readonly string[],
): string | null {
  if (!json) return null;
  const top = json as Record<string, unknown>;
  const first = Array.isArray(top["errors"]) ? top["errors"][0] : null;
  for (const place of [top, top["Error"], top["error"], first])
    for (const name of names) {
      const value = (place as Record<string, unknown> | null | undefined)?.[
        name
      ];
      if (typeof value === "string") return value;
    }
  return null;
}

const member = (json: object | null, name: string): string | null =>
  stringIn(json, [name]);

/** The text of the first element of that name. No parser: the documents are flat, and nothing is trusted. */
function element(body: string, name: string): string | null {
  const open = body.indexOf(`<${name}>`);
  if (open < 0) return null;
  const start = open + name.length + 2;
  const end = body.indexOf(`</${name}>`, start);
  return end < 0 ? null : unescaped(body.slice(start, end));
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replace(/&(?:apos|#0*39|#x27);/gi, "'")
    .replaceAll("&amp;", "&");

/** S3's page for people: <li>Code: AccessDenied</li>. */
function listItem(body: string, name: string): string | null {
  const open = body.indexOf(`<li>${name}: `);
  if (open < 0) return null;
  const start = open + name.length + 6;
  const end = body.indexOf("</li>", start);
  return end < 0 ? null : unescaped(body.slice(start, end));
}

/** What stands before a colon and is no error: members of a log, and the names of operations. */
const NO_CODES =
  /^(?:StatusCode|RequestID|RequestId|HostID|HostId|Service|Status|Request|Caused|Exception|Traceback|Unable|Reason|DynamoDB|CloudWatch|CloudFormation|SecretsManager|Lambda|Credential|Credentials|Warning|Terraform|configuring|Message|Action|Resource|Principal)$/;

/** How each tool names code and sentence of what a service answered, the surest first. */
const LINES: readonly RegExp[] = [
  /\(([A-Z][A-Za-z0-9.]{3,60}|[45]\d\d)\) when calling [^:]{0,160}: ?([^\n]{0,2000})/,
  /\bapi error ([A-Z][A-Za-z0-9.]{3,60}): ?([^\n]{0,2000})/,
  /::Errors::([A-Z][A-Za-z0-9]{3,60})(?:: | \()([^\n]{0,2000})/,
];

/** "An error occurred (InvalidClientTokenId) when calling …: message", "ExpiredTokenException: message", "api error X: message". */
function toolLine(
  body: string,
): { readonly code: string; readonly message: string } | null {
  if (body.startsWith("<") || body.startsWith("{")) return null;
  for (const line of LINES) {
    const found = line.exec(body);
    if (found) return { code: found[1] ?? "", message: found[2] ?? "" };
  }
  // Java's first version: "message (Service: AmazonS3; Status Code: 403; Error Code: SignatureDoesNotMatch; …)".
  const java = /\bError Code: ([A-Z][A-Za-z0-9]{3,60})/.exec(body)?.[1];
  if (java !== undefined) return { code: java, message: body };
  for (const [, code, message] of body.matchAll(
    /\b(?:Error: |error: )?([A-Z][A-Za-z0-9]{5,60})(?: \[\w{1,60}\])?: ?([^\n]{0,2000})/g,
  ))
    if (!NO_CODES.test(code ?? ""))
      return { code: code ?? "", message: message ?? "" };
  return null;
}
