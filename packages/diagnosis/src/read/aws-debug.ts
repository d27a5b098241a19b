/** What `aws --debug` and boto3's debug log tell: the request as it was sent, and the answer. Of several, as retries make them, the failing one. */
import type { InquiryContext, RequestSeen } from "../inquiry.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList } from "./header-list.ts";
import { LiteralReader, type Literal } from "./script-literal.ts";

const MARK =
  /botocore\S{0,40} (?:- |\[?)?(?:DEBUG|INFO)|Sending http request: <AWS/;
/** Where each fact stands in its line. */
const REQUEST =
  /Sending http request: <AWS(?:Prepared)?Request stream_output=\w{4,5}, method=([A-Z]{3,10}), url=([^\s,]{1,9000}(?:,[^\s,]{1,9000}){0,99}), headers=/;
const PARAMS = "Making request for OperationModel(name=";
const STATUS = /"[A-Z]{3,10} \S{1,9000} HTTP\/[\d.]{1,3}" (\d{3})(?!\d)/;

interface Draft {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: string | undefined;
  status: number;
  answered: HeaderList;
  answer: string;
}

/** Null when the text holds no such log. */
export function readAwsDebug(text: string): readonly Hop[] | null {
  if (!MARK.test(text)) return null;
  const drafts: Draft[] = [];
  const aws: { profile?: string; endpoint?: string } = {};
  let body: string | undefined;
  let answers = false;
  for (const line of text.split("\n")) {
    const draft = drafts.at(-1);
    if (answers && draft) {
      const value = literal(line, 0);
      draft.answer = typeof value === "string" ? value : line;
      answers = false;
    } else if (line.includes(PARAMS)) body = bodyIn(line);
    else if (line.includes("Sending http request: ")) {
      const next = requestIn(line, body);
      if (next) drafts.push(next);
    } else if (line.includes("Arguments entered to CLI: ")) {
      const profile = /'--profile(?:', '|=)([^']{1,200})'/.exec(line)?.[1];
      if (profile !== undefined) aws.profile = profile;
    } else if (line.includes("Endpoint provider result: ")) {
      const endpoint = /provider result: (\S{1,2000})/.exec(line)?.[1];
      if (endpoint !== undefined) aws.endpoint = endpoint;
    } else if (draft && line.includes("urllib3.connectionpool"))
      draft.status = Number(STATUS.exec(line)?.[1] ?? draft.status);
    else if (draft && line.includes("Response headers: "))
      draft.answered = headersIn(
        literal(line, line.indexOf("Response headers: ") + 18),
      );
    else if (draft && line.trimEnd().endsWith("Response body:")) answers = true;
  }
  // Without a request, what the tool says in the end is all there is.
  const hops = drafts.length > 0 ? drafts.map(hopOf) : [saidOnly(text)];
  const context = (): InquiryContext => ({ aws });
  return Object.keys(aws).length > 0
    ? hops.map((hop) => ({ ...hop, context }))
    : hops;
}

const saidOnly = (text: string): Hop => ({
  method: "",
  url: "",
  status: 0,
  request: () => undefined,
  response: () => ({ body: lastWords(text) }),
});

const lastWords = (text: string): string => {
  const said = text.trimEnd();
  return said.slice(said.lastIndexOf("\n") + 1);
};

const literal = (line: string, at: number): Literal =>
  new LiteralReader(line, at).value();

function requestIn(line: string, body: string | undefined): Draft | null {
  const found = REQUEST.exec(line);
  if (!found) return null;
  const [whole, method = "", url = ""] = found;
  return {
    method,
    url,
    headers: headersIn(literal(line, found.index + whole.length)),
    body,
    status: 0,
    answered: new HeaderList(),
    answer: "",
  };
}

function headersIn(value: Literal): HeaderList {
  const list = new HeaderList();
  if (value instanceof Map)
    for (const [name, text] of value as ReadonlyMap<string, Literal>)
      if (typeof text === "string") list.add(name, text);
  return list;
}

/** A body of parameters is sent as a form; one that is a stream is not in the log. */
function bodyIn(line: string): string | undefined {
  const at = line.indexOf(" with params: ");
  const params = at < 0 ? "" : literal(line, at + 14);
  const body = params instanceof Map ? params.get("body") : undefined;
  if (body instanceof Map) {
    const form = new URLSearchParams();
    for (const [name, value] of body as ReadonlyMap<string, Literal>)
      if (typeof value === "string") form.append(name, value);
    return form.toString();
  }
  // A stream stands in the log as the object that it is.
  const known =
    typeof body === "string" &&
    !/^(?:None$|<_io\.|<[\w.]{1,200} object at 0x)/.test(body);
  return known && body !== "" ? body : undefined;
}

function hopOf(draft: Draft): Hop {
  const { method, url, headers, body, status, answered, answer } = draft;
  return {
    method,
    url,
    status,
    location: answered.get("location"),
    challenged: answered.has("www-authenticate"),
    authorization: headers.get("authorization"),
    request: (): RequestSeen => ({
      method,
      url,
      headers: headers.toMap(),
      ...(body !== undefined && { body }),
    }),
    response: () =>
      status === 0
        ? undefined
        : {
            status,
            ...(answered.size > 0 && { headers: answered.toMap() }),
            ...(answer !== "" && { body: answer }),
          },
  };
}
