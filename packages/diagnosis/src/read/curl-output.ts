/** What `curl -v` tells: each request behind >, each answer behind <, between them curl's own talk behind * and its progress. */
import type { RequestSeen, ResponseSeen } from "../inquiry.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList, splitHeader } from "./header-list.ts";

const SENT = /^> ([A-Z]{3,20}) (\S+) HTTP\/\d/;
const ANSWERED = /^< HTTP\/\d(?:\.\d)? (\d{3})(?!\d)/;
/** curl's own talk, and the progress that may stand in front of it in one line. */
const TALK = /^(?:\* |[{}] \[\d+ bytes data\]|  % Total |\s+Dload )|--:--:--/;
const SECURE = /^\* +(?:TLSv|SSL connection|ALPN|schannel)/i;

interface Draft {
  readonly method: string;
  readonly target: string;
  readonly secure: boolean | null;
  readonly sent: HeaderList;
  answered: HeaderList;
  status: number;
  readonly body: string[];
}

/** Null when no line is a request that curl sent. */
export function readCurlOutput(text: string): readonly Hop[] | null {
  if (!/^> [A-Z]{3,20} \S+ HTTP\/\d/m.test(text)) return null;
  return exchanges(text).map(hopOf);
}

function exchanges(text: string): readonly Draft[] {
  const found: Draft[] = [];
  let draft: Draft | null = null;
  let secure: boolean | null = null;
  let inBody = false;
  for (const raw of text.split("\n")) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const [, method, target] = SENT.exec(line) ?? [];
    const status = ANSWERED.exec(line)?.[1];
    // A body without a line end has curl's next line behind it.
    const talk = /\* (?:Connection #\d+ to host |Closing connection)/.exec(
      line,
    );
    if (method !== undefined && target !== undefined) {
      draft = {
        method,
        target,
        secure,
        sent: new HeaderList(),
        answered: new HeaderList(),
        status: 0,
        body: [],
      };
      found.push(draft);
      inBody = false;
    } else if (/^\* +(?:Trying|Connected to)/.test(line)) {
      secure = line.includes("Connected") ? false : null;
      inBody = false;
    } else if (SECURE.test(line)) secure = true;
    else if (!draft) continue;
    else if (status !== undefined) {
      // 100 Continue and its like come before the answer.
      draft.status = Number(status);
      draft.answered = new HeaderList();
      inBody = false;
    } else if (/^>(?: |$)/.test(line)) {
      if (line.trim() !== ">") draft.sent.add(...splitHeader(line.slice(2)));
    } else if (/^<(?: |$)/.test(line)) {
      if (line.trim() === "<") inBody = true;
      else draft.answered.add(...splitHeader(line.slice(2)));
    } else if (inBody && talk && talk.index > 0)
      draft.body.push(line.slice(0, talk.index));
    else if (inBody && !TALK.test(line) && !talk) draft.body.push(raw);
  }
  return found;
}

function hopOf(draft: Draft): Hop {
  const { method, sent, answered, status } = draft;
  return {
    method,
    url: urlOf(draft),
    status,
    location: answered.get("location"),
    challenged: answered.has("www-authenticate"),
    authorization: sent.get("authorization"),
    request: (): RequestSeen => ({
      method,
      url: urlOf(draft),
      headers: sent.toMap(),
    }),
    response: () => responseOf(draft),
  };
}

function responseOf({
  status,
  answered,
  body,
}: Draft): ResponseSeen | undefined {
  if (status === 0) return undefined;
  const text = body.join("\n").replace(/\r?\n?$/, "");
  return {
    status,
    ...(answered.size > 0 && { headers: answered.toMap() }),
    ...(text !== "" && { body: text }),
  };
}

/** Plain http only where curl says that it connected, and nothing of TLS. */
function urlOf({ target, secure, sent }: Draft): string {
  const host = sent.get("host");
  return target.startsWith("/") && host !== undefined
    ? `${secure === false ? "http" : "https"}://${host}${target}`
    : target;
}
