/** Of several requests of one text, the one that the asker means, and what went before it. */
import { headerValues } from "@assay/token";
import type {
  Document,
  Inquiry,
  InquiryContext,
  RequestSeen,
  ResponseSeen,
} from "../inquiry.ts";

/** One request of several, with what its choice needs; the rest is built for the chosen one only. */
export interface Hop {
  readonly method: string;
  readonly url: string;
  /** 0: there was no answer, or none is told. */
  readonly status: number;
  /** Where the answer sends to. */
  readonly location?: string | undefined;
  /** The answer names a challenge (RFC 9110 section 11.6.1). */
  readonly challenged?: boolean | undefined;
  readonly authorization?: string | undefined;
  /** When the client sent it, ISO 8601. */
  readonly at?: string | undefined;
  /** That there is no answer tells of no failure: the client gave the request up, or the text holds requests alone. */
  readonly unanswered?: boolean | undefined;
  /** What else the text tells of it. */
  readonly context?: () => InquiryContext | undefined;
  readonly request: () => RequestSeen | undefined;
  readonly response: () => ResponseSeen | undefined;
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** Documents beside the request: more would only cost time. */
const MOST_DOCUMENTS = 16;
const LONGEST_DOCUMENT = 256 * 1024;

/** The request of this index. */
export function inquiryOf(hops: readonly Hop[], index: number): Inquiry {
  const hop = hops[index];
  if (!hop) return {};
  const request = hop.request();
  const response = hop.response();
  const before = redirectsTo(hops, index);
  const lost =
    hop.authorization === undefined
      ? before.find(({ authorization }) => authorization !== undefined)
          ?.authorization
      : undefined;
  const clientToken = lost === undefined ? undefined : credentials(lost);
  const documents = Object.fromEntries([
    ...metadata(hops, index),
    ...before.map(({ url, status, location = "" }): [string, Document] => [
      url,
      { status, headers: { location } },
    ]),
  ]);
  const context: InquiryContext = {
    ...hop.context?.(),
    ...(clientToken !== undefined && { clientToken }),
    ...(Object.keys(documents).length > 0 && { documents }),
  };
  const now = moment(response, hop.at);
  return {
    ...(request && { request }),
    ...(response && { response }),
    ...(now !== undefined && { now }),
    ...(Object.keys(context).length > 0 && { context }),
  };
}

/** The last that was refused; else the last that failed in another way; else the last that carried credentials, where no answer is told the first; else the last. -1: there is none. */
export function failing(hops: readonly Hop[]): number {
  const succeeded = new Set<string>();
  let best = hops.length - 1;
  let weight = -1;
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = hops[i] as Hop;
    const key = `${hop.method} ${hop.url}`;
    const own = weightOf(hop, succeeded.has(key));
    if (hop.status >= 200 && hop.status < 300) succeeded.add(key);
    if (own > weight || (own === weight && own === CARRIED)) {
      best = i;
      weight = own;
    }
  }
  return preflightOf(hops, best) ?? best;
}

/** The weight of one that carried credentials, when nobody knows what came of it. */
const CARRIED = 1;

function weightOf(hop: Hop, healed: boolean): number {
  const { status, method } = hop;
  const carried = hop.authorization !== undefined;
  const failed = status >= 400 || (status <= 0 && !hop.unanswered);
  if (!failed) return !carried ? 0 : status > 0 ? 2 : CARRIED;
  // The same request went through later: a client that renewed its token, or a retry.
  if (healed) return 3;
  const refused =
    [401, 403, 407].includes(status) ||
    (status >= 400 && status < 500 && hop.challenged === true) ||
    (status === 400 && (carried || method === "POST"));
  return refused ? 5 : 4;
}

/** A request that the browser never sent, because the question whether it may was refused (Fetch Standard, "CORS-preflight fetch"). */
function preflightOf(hops: readonly Hop[], index: number): number | null {
  const { status, url } = hops[index] ?? { status: 200, url: "" };
  if (status > 0) return null;
  const asked = hops.findLastIndex(
    (hop) =>
      hop.method.toUpperCase() === "OPTIONS" &&
      hop.url === url &&
      (hop.status < 200 || hop.status > 299) &&
      hop.status > 0,
  );
  return asked < 0 ? null : asked;
}

/** The redirects that led here, the nearest first. */
function redirectsTo(hops: readonly Hop[], index: number): readonly Hop[] {
  const found: Hop[] = [];
  let target = absolute(hops[index]?.url ?? "");
  for (let i = index - 1; i >= 0 && found.length < MOST_DOCUMENTS; i--) {
    const hop = hops[i] as Hop;
    if (!REDIRECTS.includes(hop.status) || hop.location === undefined) continue;
    // An answer alone does not tell what was asked.
    if (hop.url === "") continue;
    if (absolute(hop.location, hop.url) !== target) continue;
    found.push(hop);
    target = absolute(hop.url);
  }
  return found;
}

/** What the capture knows of the issuer: its metadata and keys, and the authorization request behind a code. */
function* metadata(
  hops: readonly Hop[],
  index: number,
): Generator<[string, Document]> {
  let count = 0;
  for (let i = 0; i < hops.length && count < MOST_DOCUMENTS; i++) {
    const { url, location, response, status } = hops[i] as Hop;
    if (i === index) continue;
    const asked = /[?&]response_type=/.test(url) && location !== undefined;
    if (!asked && !/\/\.well-known\/|jwks|\/certs(?:\?|$)/i.test(url)) continue;
    const answer = response();
    if (!answer || (answer.body?.length ?? 0) > LONGEST_DOCUMENT) continue;
    count++;
    yield [url, asked ? { status, headers: { location } } : answer];
  }
}

/** What stands behind the scheme, the token as the client has it. */
function credentials(authorization: string): string | undefined {
  const [, scheme = "", rest = ""] =
    /^[ \t]*(\S{1,40})[ \t]+(\S[^]*)$/.exec(authorization) ?? [];
  return /^(?:bearer|dpop|token|jwt)$/i.test(scheme) ? rest : undefined;
}

const absolute = (url: string, base?: string): string =>
  URL.parse(url, base)?.href.replace(/#[^]*$/, "") ?? url;

/** The service's clock when it answered, else the client's when it asked: a capture is judged by its own time, not by today's. */
function moment(
  response: ResponseSeen | undefined,
  at: string | undefined,
): string | undefined {
  const [date] = headerValues({ headers: response?.headers ?? {} }, "date");
  for (const text of [date, at]) {
    const time = text === undefined ? NaN : Date.parse(text);
    if (!Number.isNaN(time)) return new Date(time).toISOString();
  }
  return undefined;
}
