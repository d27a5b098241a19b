/** What the server answered: its status, its error code and its words, from JSON, a form, a redirect, a challenge or a page. */
import { headerValues } from "@assay/token";
import type { ResponseSeen } from "../inquiry.ts";
import { claimsOf, looksLikeJwt } from "./client-authentication.ts";
import { jsonObject, type Members } from "./json-object.ts";
import { pairsOf } from "./parameters.ts";

export interface Answer {
  readonly status: number;
  /** The error code as it stands; null: none is given. */
  readonly code: string | null;
  /** Code, description and whatever else the body says, as far as we read it. */
  readonly words: string;
  /** It grants what was asked for. */
  readonly granted: boolean;
  /** Headers or words tell of too many requests, or of a failure of the server's own. */
  readonly busy: "rate_limit" | "outage" | null;
  /** Nothing but a used-up allowance in its headers tells of it: this request may have been the last that was let through. */
  readonly busyByAllowance: boolean;
  /** active of an introspection response (RFC 7662 section 2.2); null: it is none. */
  readonly active: boolean | null;
}

const LOOKED_AT = 4_000;

export function readAnswer(response: ResponseSeen): Answer {
  const status = response.status ?? 0;
  const headers = { headers: response.headers ?? {} };
  const text = (response.body ?? "").slice(0, 70_000);
  const location = headerValues(headers, "location")[0]?.slice(0, LOOKED_AT);
  const challenge = headerValues(headers, "www-authenticate")
    .join(", ")
    .slice(0, LOOKED_AT);
  const members = parse(text);
  const redirected = location === undefined ? null : parametersIn(location);
  const code =
    codeIn(members) ??
    redirected?.get("error")?.[0] ??
    /\berror="([^"\\]{1,64})"/i.exec(challenge)?.[1] ??
    (members === null
      ? (NAMED.exec(text.slice(0, LOOKED_AT))?.[1] ?? null)
      : null);
  const words = [
    code ?? "",
    ...(redirected?.get("error_description") ?? []),
    challenge,
    readable(members, text),
  ]
    .join("\n")
    .slice(0, LOOKED_AT);
  const active = members?.["active"];
  const granted =
    code === null &&
    status < 400 &&
    (isGrant(members) ||
      redirected?.has("code") === true ||
      redirected?.has("access_token") === true ||
      active === true);
  return {
    status,
    code: code?.slice(0, 64) ?? null,
    words,
    granted,
    busy: busyIn(status, headers, words, code),
    busyByAllowance:
      allowanceUsed(headers) &&
      status !== 429 &&
      !TOO_MANY.test(words) &&
      headerValues(headers, "retry-after").length === 0,
    active: typeof active === "boolean" ? active : null,
  };
}

/** A page for people names the code in its text. */
const NAMED =
  /\b(invalid_(?:client|grant|scope|request|target)|unauthorized_client|unsupported_(?:grant|response)_type|redirect_uri_mismatch|redirect_mismatch)\b/;

/** JSON, the JWT of an introspection (RFC 9701 section 5), or the form that GitHub answers with where nobody asks for JSON. */
function parse(text: string): Members | null {
  if (looksLikeJwt(text.trim())) {
    const told = claimsOf(text.trim())?.["token_introspection"];
    if (typeof told === "object" && told !== null) return told as Members;
  }
  if (!/^(?:error|access_token|scope|token_type)=/.test(text))
    return jsonObject(text);
  return Object.fromEntries(
    [...pairsOf(text)].map(([name, [value]]) => [name, value]),
  );
}

/** RFC 6749 section 5.2 has `error`; others call it otherwise, or nest it. */
function codeIn(members: Members | null): string | null {
  for (const name of ["error", "error_code", "errorCode", "code", "__type"]) {
    const value = members?.[name];
    if (typeof value === "string" && value !== "")
      return value.split("#").at(-1) ?? null;
    if (name === "error" && typeof value === "object" && value !== null) {
      const { status, code, type } = value as Members;
      const inner = [code, type, status].find(
        (each) => typeof each === "string",
      );
      if (typeof inner === "string") return inner;
    }
  }
  return null;
}

/** A page in HTML is read without its signs; the values of JSON without its names. */
function readable(members: Members | null, text: string): string {
  if (members) return Object.values(members).map(asText).join("\n");
  const page = text.slice(0, 4 * LOOKED_AT);
  return page.trimStart().startsWith("<")
    ? page.replace(/<[^<>]{0,400}>/g, " ")
    : page;
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

function parametersIn(
  location: string,
): ReadonlyMap<string, readonly string[]> {
  const parts = location.split(/[?#]/).slice(1).join("&");
  return pairsOf(parts);
}

const isGrant = (members: Members | null): boolean =>
  members !== null &&
  ["access_token", "id_token", "device_code", "request_uri"].some(
    (name) => typeof members[name] === "string",
  );

const TOO_MANY =
  /too[ _-]?many[ _-]?(?:requests|attempts|failed|calls)|rate[ _-]?limit|throttl|quota (?:exceeded|reached)|slow down|requests? limit|limit ?exceeded/i;
const FAILURE =
  /temporarily[ _]unavailable|internal (?:server )?error|service unavailable|(?:gateway|upstream)[^\n]{0,30}(?:time[d ]?out|unavailable|error)|connection (?:refused|reset|timed out)|(?:database|db)\b[^\n]{0,40}\b(?:error|unavailable|unreachable|time|connect|lock|down|fail|refus|not available)|(?:error|fail\w*|connect\w*|lost|reach)\b[^\n]{0,30}\bdatabase|sqlstate|(?:down|under|scheduled|for) maintenance|could not (?:connect|reach)|deadlock|server_error|transient error/i;

function busyIn(
  status: number,
  headers: Headers,
  words: string,
  code: string | null,
): Answer["busy"] {
  if (status === 429 || TOO_MANY.test(words)) return "rate_limit";
  const waits = headerValues(headers, "retry-after").length > 0;
  if (allowanceUsed(headers)) return "rate_limit";
  // Politeness, beside a fault that is named.
  const invites = code === null && /try again (?:later|in )/i.test(words);
  return status >= 500 || waits || invites || FAILURE.test(words)
    ? "outage"
    : null;
}

type Headers = {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
};

function allowanceUsed(headers: Headers): boolean {
  const none = (name: string): boolean =>
    headerValues(headers, name)[0]?.trim() === "0";
  return (
    none("x-ratelimit-remaining") ||
    none("ratelimit-remaining") ||
    none("x-rate-limit-remaining") ||
    /\br=0\b/.test(headerValues(headers, "ratelimit")[0] ?? "")
  );
}
