/** A HAR, as browsers and proxies export it (HTTP Archive 1.2): the request that failed, and what led to it. */
import type { RequestSeen, ResponseSeen } from "../inquiry.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList } from "./header-list.ts";
import { listOf, memberOf, numberOf, textOf } from "./json-members.ts";

/** A longer body in base64 is a picture or a download, and tells nothing. */
const LONGEST_BASE64 = 1024 * 1024;
/** What a browser says of a request that it, its user or an extension gave up. */
const GIVEN_UP = /ERR_ABORTED|ERR_BLOCKED_BY_CLIENT|NS_BINDING_ABORTED/;

/** Null when the JSON is no HAR. One pass finds the request, and only its own headers and bodies are read. */
export function readHar(json: unknown): readonly Hop[] | null {
  const log = memberOf(json, "log");
  if (!Array.isArray(memberOf(log, "entries"))) return null;
  const entries = listOf(log, "entries");
  const hops = entries.map(hopOf);
  return isSanitized(log, entries) ? hops.map(withoutGaps) : hops;
}

/** What Chromium leaves out of the HAR that it exports by default. */
const SENSITIVE = ["authorization", "cookie"];

/** Nowhere a credential: they were taken out, more likely than never sent. */
const isSanitized = (log: unknown, entries: readonly unknown[]): boolean =>
  textOf(memberOf(log, "creator"), "name") === "WebInspector" &&
  entries.every(
    (entry) =>
      SENSITIVE.every(
        (name) => headerIn(memberOf(entry, "request"), name) === undefined,
      ) && headerIn(memberOf(entry, "response"), "set-cookie") === undefined,
  );

/** A request whose credentials were taken out would look as if it had carried none. A preflight never has any, and others stand elsewhere. */
const withoutGaps = (hop: Hop): Hop => ({
  ...hop,
  request: () => {
    const request = hop.request();
    const elsewhere =
      hop.status === 0 ||
      hop.method.toUpperCase() === "OPTIONS" ||
      /[?&](?:X-Amz-\w|access_token=|response_type=)/i.test(hop.url) ||
      /grant_type=|client_id=|token=|<\w/.test(
        request?.body?.slice(0, 4096) ?? "",
      );
    return elsewhere ? request : undefined;
  },
});

function hopOf(entry: unknown): Hop {
  const request = memberOf(entry, "request");
  const response = memberOf(entry, "response");
  const error =
    textOf(response, "_error") ??
    textOf(response, "_failureText") ??
    textOf(entry, "_failureText");
  return {
    method: textOf(request, "method") ?? "GET",
    url: textOf(request, "url") ?? "",
    status: Math.max(0, numberOf(response, "status") ?? 0),
    location:
      headerIn(response, "location") ??
      (textOf(response, "redirectURL") || undefined),
    challenged: headerIn(response, "www-authenticate") !== undefined,
    authorization: headerIn(request, "authorization"),
    at: textOf(entry, "startedDateTime"),
    unanswered: error !== undefined && GIVEN_UP.test(error),
    request: () => requestOf(request),
    response: () => responseOf(response),
  };
}

function headerIn(message: unknown, name: string): string | undefined {
  for (const header of listOf(message, "headers")) {
    const own = textOf(header, "name");
    if (own?.length === name.length && own.toLowerCase() === name)
      return textOf(header, "value");
  }
  return undefined;
}

/** Pseudo-headers of HTTP/2 (RFC 9113 section 8.3) stand in method and URL already. */
function headersOf(message: unknown): HeaderList {
  const list = new HeaderList();
  for (const header of listOf(message, "headers")) {
    const name = textOf(header, "name") ?? "";
    if (name === "" || name.startsWith(":")) continue;
    // Chromium joins a repeated header by line ends.
    for (const value of (textOf(header, "value") ?? "").split("\n"))
      list.add(name, value);
  }
  return list;
}

function requestOf(request: unknown): RequestSeen {
  const method = textOf(request, "method");
  const url = textOf(request, "url");
  const headers = headersOf(request);
  const posted = memberOf(request, "postData");
  const body = textOf(posted, "text") || formOf(listOf(posted, "params"));
  return {
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    headers: headers.toMap(),
    ...(body !== "" && { body }),
  };
}

function formOf(params: readonly unknown[]): string {
  const form = new URLSearchParams();
  for (const param of params)
    form.append(textOf(param, "name") ?? "", textOf(param, "value") ?? "");
  return form.toString();
}

function responseOf(response: unknown): ResponseSeen | undefined {
  const status = numberOf(response, "status") ?? 0;
  if (status <= 0) return undefined;
  const headers = headersOf(response);
  const content = memberOf(response, "content");
  const text = textOf(content, "text") ?? "";
  const body =
    textOf(content, "encoding") === "base64" ? fromBase64(text) : text;
  return {
    status,
    ...(headers.size > 0 && { headers: headers.toMap() }),
    ...(body !== "" && { body }),
  };
}

function fromBase64(text: string): string {
  if (text.length > LONGEST_BASE64) return "";
  try {
    const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}
