import { isCodeGrant, grantOf, type Exchange } from "../exchange.ts";
import type { OauthFacts } from "../facts.ts";
import { isMisspelt, shownMisspelt } from "../grant-names.ts";
import { shownParameter } from "../known-names.ts";
import { SERVER_MESSAGES } from "../server-messages.ts";

type How = OauthFacts["oauth.request_format"]["how"];
type Seen = readonly [how: How, parameter: string | null, weight: number];

/** Faults of this weight and above are shown by the request alone. */
const SHOWN = 68;
/** The weight of a form that the answer complains of, and of one in which the server has read the parameters all the same. */
const UNREAD = 90;
const READ_ALL_THE_SAME = 10;

/** What an empty variable becomes in other languages. */
const EMPTY = /^(?:undefined|null|none|nil|nan|false|\[object object\])?$/i;
const FORM = "application/x-www-form-urlencoded";
/** What each grant needs (RFC 6749 sections 4.1.3, 4.3.2, 6; RFC 8628; RFC 7523; RFC 8693). */
const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  authorization_code: [["code", "auth_code"]],
  refresh_token: [["refresh_token"]],
  password: [["username"], ["password"]],
  "urn:ietf:params:oauth:grant-type:device_code": [["device_code"]],
  "urn:ietf:params:oauth:grant-type:jwt-bearer": [["assertion"]],
  "urn:ietf:params:oauth:grant-type:saml2-bearer": [["assertion"]],
  "urn:ietf:params:oauth:grant-type:token-exchange": [
    ["subject_token"],
    ["subject_token_type"],
  ],
};
/** A server that says one of these has read the parameters, whatever form they came in. */
const READ = new Set([
  "invalid_grant",
  "invalid_scope",
  "invalid_target",
  "access_denied",
  "redirect_uri_mismatch",
  "bad_verification_code",
]);

/** The form of the request: method, media type, where the parameters stand, which are missing, twice there or encoded wrongly. */
export function detectRequestFormat(exchange: Exchange): void {
  const { endpoint } = exchange;
  if (endpoint === null || endpoint === "authorization") return;
  const suspect = ([how, parameter, weight]: Seen, certain: boolean): void =>
    exchange.suspect("oauth.request_format", {
      confidence: certain ? "certain" : weight >= 30 ? "likely" : "possible",
      facts: {
        by: "request",
        how,
        parameter:
          parameter === null
            ? null
            : how === "grant_type_name"
              ? shownMisspelt(parameter)
              : shownParameter(parameter),
      },
      weight,
    });
  const inContent = [...content(exchange)];
  // What is missing or there twice, the request itself shows.
  const shown = inContent.find(([, , weight]) => weight >= SHOWN);
  for (const seen of carriage(exchange)) {
    const [how, , weight] = seen;
    // Before a parameter can be missed the body has to be read: how it came is the first fault. Of the forms that RFC 6749 does not know, multipart is the one that hardly a token endpoint reads.
    if (
      shown &&
      (weight === UNREAD || (how === "multipart" && weight > READ_ALL_THE_SAME))
    )
      suspect([how, shown[0] === "missing" ? shown[1] : null, UNREAD], true);
    // Servers read more than the standard has them read: that this one does not, only its answer tells.
    else suspect(seen, false);
  }
  for (const seen of inContent) suspect(seen, seen[2] >= SHOWN);
}

/** Whether the endpoint can read what the request carries at all. */
function* carriage({
  parameters,
  method,
  answer,
  endpoint,
}: Exchange): Generator<Seen> {
  const { body, mediaType, inBody, inQuery } = parameters;
  const wasRead =
    answer !== null &&
    ((answer.code !== null && READ.has(answer.code)) ||
      speaksOfContent(answer.words));
  // Where the answer complains of a parameter that is there, it was not read.
  const complains =
    answer !== null &&
    unread(
      answer.code,
      answer.words,
      answer.status,
      parameters.has("grant_type"),
    );
  const weight = wasRead ? READ_ALL_THE_SAME : complains ? UNREAD : 56;
  if (
    method !== null &&
    method.toUpperCase() !== "POST" &&
    endpoint !== "introspection"
  )
    yield ["method", null, weight];
  else if (body === "json")
    yield [mediaType === FORM ? "media_type" : "json", null, weight];
  else if (body === "multipart") yield ["multipart", null, weight];
  else if (body === "form" && mediaType !== null && mediaType !== FORM)
    yield ["media_type", null, weight];
  else if (body === "form" && mediaType === null && complains)
    yield ["media_type", null, 58];
  else if (body === "other" && endpoint === "token")
    yield ["media_type", null, weight];
  else if (inBody.size === 0 && inQuery.size > 0) yield ["query", null, weight];
  else if (
    body === "form" &&
    inQuery.has("grant_type") &&
    !inBody.has("grant_type")
  )
    yield ["query", null, weight];
}

/** Words about a code, a verifier or a scope come from a server that has read the request. */
const speaksOfContent = (words: string): boolean =>
  SERVER_MESSAGES.some(
    ([pattern, [cause = ""]]) =>
      /^oauth\.(?:code_|pkce|redirect|refresh|scope|resource|assertion)/.test(
        cause,
      ) && pattern.test(words),
  );

function unread(
  code: string | null,
  words: string,
  status: number,
  hasGrantType: boolean,
): boolean {
  return (
    status === 415 ||
    status === 405 ||
    (code === "unsupported_grant_type" && hasGrantType) ||
    (hasGrantType &&
      /grant_type/i.test(words) &&
      code !== "unauthorized_client") ||
    /content[- ]?type|media type|form[- ]?urlencoded|malformed request|could not (?:be )?parse/i.test(
      words,
    )
  );
}

/** Whether each parameter is there once, and holds something. */
function* content(exchange: Exchange): Generator<Seen> {
  const { parameters, endpoint, answer } = exchange;
  const { inBody, inQuery } = parameters;
  for (const [name, values] of inBody)
    if (
      (values.length > 1 && !["resource", "audience"].includes(name)) ||
      (inQuery.has(name) && inBody.has(name))
    )
      yield ["repeated", name, 68];
  const grant = grantOf(exchange);
  if (endpoint === "token" && grant !== null && isMisspelt(grant))
    yield ["grant_type_name", grant, 66];
  for (const [name, how] of lacking(exchange)) yield [how, name, 69];
  const wrong =
    answer?.code === "invalid_grant" || answer?.code === "invalid_request";
  for (const name of [
    "code",
    "refresh_token",
    "redirect_uri",
    "assertion",
    "client_secret",
  ]) {
    const value = parameters.get(name);
    if (value === null || !wrong) continue;
    if (/%(?:2[0-9a-f]|3[0-9a-f]|5[0-9a-f]|7[0-9a-f])/i.test(value))
      yield ["encoded_twice", name, 50];
    else if (/\S \S/.test(value) && name !== "client_secret")
      yield ["not_encoded", name, 50];
  }
}

/** The exchange of a code goes without grant_type at GitHub and Facebook, and wherever the server speaks of what the request holds. */
const goesWithout = (exchange: Exchange): boolean =>
  isCodeGrant(exchange) &&
  (/\/(?:login\/)?oauth\/access_token$/.test(
    exchange.url.split("?", 1)[0] ?? "",
  ) ||
    (exchange.answer !== null && speaksOfContent(exchange.answer.words)));

/** Parameters that are missing or hold the word for an empty variable. */
function lacking(
  exchange: Exchange,
): (readonly [string, "missing" | "empty"])[] {
  const { endpoint, parameters } = exchange;
  const grant = grantOf(exchange);
  const needed: readonly (readonly string[])[] =
    endpoint === "introspection" || endpoint === "revocation"
      ? [["token"]]
      : endpoint === "token"
        ? [
            ...(grant === null && !goesWithout(exchange)
              ? [["grant_type"]]
              : []),
            ...(NEEDED[grant ?? ""] ?? []),
          ]
        : endpoint === "par" && !parameters.has("request")
          ? [["response_type"], ["client_id"]]
          : [];
  return needed.flatMap((names): (readonly [string, "missing" | "empty"])[] => {
    const value = names
      .map((name) => parameters.get(name))
      .find((each) => each !== null);
    const [name = ""] = names;
    if (value === undefined || value === null)
      return name === "client_id" && exchange.authentication.clientId !== null
        ? []
        : [[name, "missing"]];
    return EMPTY.test(value.trim()) ? [[name, "empty"]] : [];
  });
}
