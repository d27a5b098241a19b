/** curl commands, as a terminal or a browser has them, each read into the request that curl would send. */
import type { RequestSeen } from "../inquiry.ts";
import { basicAuthorization } from "./basic-authorization.ts";
import { hopOfCommand } from "./command-hop.ts";
import { shellOf } from "./command-words.ts";
import { curlOptions, type CurlOption } from "./curl-options.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList, splitHeader } from "./header-list.ts";
import { readHttpMessage } from "./http-message.ts";

/** The command, perhaps in a fence, behind a prompt, or by its path. */
const COMMAND =
  /^\s{0,99}(?:```\w{0,20}\n\s{0,99})?(?:(?:PS )?[A-Za-z]:\\[^\n>]{0,200}> ?|[$%#>❯] *)?(?:[\w./\\:-]{0,200}[/\\])?curl(?:\.exe)?(?=[\s^`\\]|$)/;

/** Behind a mark that ends a command, or at the start of a line. */
const NEXT =
  /(?:^[ \t]*(?:;|&{1,2}|\|\|)\s{0,99}|\n[ \t]{0,99})(?:(?:PS )?[A-Za-z]:\\[^\n>]{0,200}> ?|[$%#>❯] *)?(?:[\w./\\:-]{0,200}[/\\])?curl(?:\.exe)?(?=[\s^`\\])/g;

/** Null when the text does not begin with a curl command. What a command printed, when it was copied along, is read as its response. */
export function readCurl(text: string): readonly Hop[] | null {
  const script = text.replaceAll("\r\n", "\n");
  const command = COMMAND.exec(script)?.[0];
  // The options alone, as one copies them from a script.
  const start =
    command?.length ??
    (/^\s{0,99}(?:-H|--header)[\s'"]/.test(script) ? 0 : null);
  if (start === null) return null;
  const wordsOf = shellOf(script);
  const hops: Hop[] = [];
  for (let left: string | null = script.slice(start); left !== null;) {
    const { words, rest } = wordsOf(left);
    NEXT.lastIndex = 0;
    const next = NEXT.exec(rest);
    left = next && rest.slice(NEXT.lastIndex);
    // A sentence about curl is no command.
    if (hops.length > 0 && !words.some((word) => /^-|:\/\//.test(word)))
      continue;
    const output = next ? rest.slice(0, next.index) : rest;
    const response = readHttpMessage(output)?.response;
    hops.push(hopOfCommand(requestOf(curlOptions(words)), response));
  }
  return hops;
}

interface Draft {
  readonly headers: HeaderList;
  readonly urls: string[];
  readonly query: string[];
  readonly data: string[];
  /** The method that is asked for, and the one that the other options imply. */
  method: string | null;
  implied: string | null;
  bearer: string | null;
  user: string | null;
  json: boolean;
  get: boolean;
  /** The body, or a part of it, stands in a file. */
  bodyUnknown: boolean;
}

type Meaning = (draft: Draft, value: string, name: string) => void;

const data: Meaning = (draft, value, name) => {
  if (value.startsWith("@") && name !== "data-raw") draft.bodyUnknown = true;
  else draft.data.push(value);
  draft.implied ??= "POST";
};

const form: Meaning = (draft) => {
  draft.headers.addDefault("content-type", "multipart/form-data");
  draft.bodyUnknown = true;
  draft.implied ??= "POST";
};

const header: Meaning = ({ headers }, value) => {
  // A file's headers are not known. A semicolon in the colon's place sends the header without a value.
  if (value.startsWith("@")) return;
  if (!value.includes(":") && value.trimEnd().endsWith(";"))
    headers.add(value.trim().slice(0, -1), "");
  else headers.add(...splitHeader(value));
};

/** What each option means for the request; the others mean nothing for it. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["url", ({ urls }, value) => urls.push(value)],
  ["url-query", ({ query }, value) => query.push(encodeData(value))],
  ["request", (draft, value) => (draft.method = value)],
  ["header", header],
  ["user-agent", ({ headers }, value) => headers.add("user-agent", value)],
  ["referer", ({ headers }, value) => headers.add("referer", value)],
  // Without an equals sign it names a file.
  [
    "cookie",
    ({ headers }, value) => value.includes("=") && headers.add("cookie", value),
  ],
  ["user", (draft, value) => (draft.user = value)],
  ["oauth2-bearer", (draft, value) => (draft.bearer = value)],
  ["data", data],
  ["data-ascii", data],
  ["data-binary", data],
  ["data-raw", data],
  [
    "data-urlencode",
    (draft, value) => data(draft, encodeData(value), "data-raw"),
  ],
  [
    "json",
    (draft, value, name) => {
      draft.json = true;
      data(draft, value, name);
    },
  ],
  ["form", form],
  ["form-string", form],
  [
    "upload-file",
    (draft) => {
      draft.bodyUnknown = true;
      draft.implied ??= "PUT";
    },
  ],
  ["get", (draft) => (draft.get = true)],
  ["head", (draft) => (draft.implied = "HEAD")],
]);

function requestOf(options: readonly CurlOption[]): RequestSeen {
  const draft: Draft = {
    headers: new HeaderList(),
    urls: [],
    query: [],
    data: [],
    method: null,
    implied: null,
    bearer: null,
    user: null,
    json: false,
    get: false,
    bodyUnknown: false,
  };
  for (const { name, value } of options)
    MEANINGS.get(name)?.(draft, value, name);
  const { headers, json, get } = draft;
  const hasData = draft.data.length > 0 || draft.bodyUnknown;
  const body = draft.data.join(json ? "" : "&");
  if (get && body !== "") draft.query.push(body);
  if (!get && draft.data.length > 0)
    headers.addDefault(
      "content-type",
      json ? "application/json" : "application/x-www-form-urlencoded",
    );
  if (json) headers.addDefault("accept", "application/json");
  // A header of one's own takes the place of the one that curl would make.
  if (draft.bearer !== null)
    headers.addDefault("authorization", `Bearer ${draft.bearer}`);
  else if (draft.user !== null)
    headers.addDefault("authorization", basicAuthorization(draft.user));
  const globs = !options.some(({ name }) => name === "globoff" || name === "g");
  const url = urlOf(
    globs ? draft.urls.map(withoutGlobs) : draft.urls,
    draft.query,
  );
  const implied =
    get && draft.implied !== "HEAD" ? "GET" : (draft.implied ?? "GET");
  return {
    method: draft.method ?? implied,
    ...(url !== null && { url }),
    ...(headers.size > 0 && { headers: headers.toMap() }),
    ...(!get && hasData && !draft.bodyUnknown && { body }),
  };
}

/** curl takes brackets and braces for patterns (curl(1), "globbing"), unless a backslash says that they are none. */
const withoutGlobs = (url: string): string =>
  url.replaceAll(/\\([[\]{}])/g, "$1");

/** Of several words that stand where the URL stands, the one that is most like one. curl takes http for a URL without a scheme. */
function urlOf(
  urls: readonly string[],
  query: readonly string[],
): string | null {
  const given =
    urls.find((url) => /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(url)) ??
    urls.find((url) => /^[\w.[]/.test(url));
  if (given === undefined) return null;
  const url =
    given.includes("://") || given.startsWith("$") ? given : `http://${given}`;
  const [path = "", ...fragment] = url.split("#");
  const asked =
    query.length === 0
      ? ""
      : (path.includes("?") ? "&" : "?") + query.join("&");
  return [path + asked, ...fragment].join("#");
}

/** --data-urlencode: "content", "=content" or "name=content"; the name stays as it is. What comes from a file is not known. */
function encodeData(value: string): string {
  const equals = value.indexOf("=");
  const name = equals > 0 ? value.slice(0, equals + 1) : "";
  return name + encodeURIComponent(value.slice(equals + 1).toWellFormed());
}
