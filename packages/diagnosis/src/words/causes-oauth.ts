import type { OauthFacts } from "../oauth/facts.ts";
import type { Family } from "./cause-words.ts";
import { tell } from "./cause-words.ts";
import { allOf, and, anyOf } from "./lists.ts";
import { OAUTH_RENEWAL } from "./causes-oauth-renewal.ts";
import { duration, isoMoment } from "./time.ts";
import { quoted } from "./untrusted.ts";
import { named } from "./oauth-name.ts";
import { witness } from "./oauth-witness.ts";
import { UNREADABLE } from "../oauth/carriage.ts";

const PKCE: Readonly<Record<OauthFacts["oauth.pkce"]["how"], string>> = {
  other_pair:
    "the SHA-256 of the verifier is not the challenge of the authorization request",
  verifier_missing: "the token request has no code_verifier, or an empty one",
  challenge_missing:
    "the authorization request had no code_challenge, and the token request has a verifier",
  verifier_form:
    "the verifier is not 43 to 128 letters, digits and the signs - . _ ~",
  challenge_encoding:
    "the challenge holds the right hash in another writing than base64url without padding",
  method_missing:
    "code_challenge_method is missing, so the server takes the hash for plain text",
  method_says_plain:
    "code_challenge_method is plain, so the server takes the hash for plain text",
  method_plain:
    "the challenge is the verifier itself, and the method says that it is its hash",
  unknown: "verifier and challenge do not belong together",
};

const FORM: Readonly<
  Record<
    OauthFacts["oauth.request_format"]["how"],
    (parameter: string) => string
  >
> = {
  json: () => "the body is JSON, and the endpoint reads a form",
  multipart: () => "the body is multipart, and the endpoint reads a plain form",
  media_type: () =>
    "the header Content-Type does not say application/x-www-form-urlencoded",
  query: () => "the parameters stand in the address and not in the body",
  method: () => "the request is no POST",
  missing: (parameter) => `the parameter ${parameter} is missing`,
  empty: (parameter) =>
    `the parameter ${parameter} is empty, or holds the word for an empty variable`,
  repeated: (parameter) => `the parameter ${parameter} is there more than once`,
  encoded_twice: (parameter) =>
    `the parameter ${parameter} is percent-encoded twice`,
  not_encoded: (parameter) =>
    `a sign in the parameter ${parameter} was not percent-encoded`,
  grant_type_name: (parameter) =>
    `no standard knows a grant by the name ${parameter}`,
  credentials_form: () =>
    "what follows Basic is not the base64 of an id, a colon and a secret",
  unknown: () => "the server does not find what it looks for in the request",
};

const SCOPE: Readonly<
  Record<OauthFacts["oauth.scope_invalid"]["how"], string>
> = {
  unknown: "the server's list does not hold",
  separator: "the names are not separated by blanks:",
  encoding: "the names arrive still encoded:",
  case: "only upper and lower case differ from the server's list:",
  wider: "more is asked for than was granted:",
};

const DIFFERS = {
  missing: "one of the two is missing",
  scheme: "the scheme",
  host: "the host",
  port: "the port",
  path: "the path",
  slash: "a slash at the end",
  case: "upper and lower case",
  query: "the query",
  encoding: "the encoding",
  fragment: "the fragment",
} as const;

/** Words for the causes of OAuth endpoints. */
export const OAUTH: Family<"oauth"> = {
  ...OAUTH_RENEWAL,
  "oauth.code_reused": ({ by, firstUseSecondsAgo: ago }) =>
    tell(
      "The authorization code was redeemed before.",
      [
        ago === null
          ? witness(by)
          : `the history shows its first use ${duration(ago)} before`,
      ],
      "Redeem the code in one place, once, and let a second call wait for the first. Start a new sign-in: this code will not come back.",
    ),
  "oauth.code_expired": ({ by, what, ageSeconds }) =>
    tell(
      what === "code"
        ? "The authorization code was handed in too late."
        : "The device code ended before the user had agreed.",
      [
        ageSeconds === null
          ? witness(by)
          : `the code was ${duration(ageSeconds)} old`,
        what === "code" &&
          "ten minutes at most are usual (RFC 6749 section 4.1.2)",
      ],
      what === "code"
        ? "Redeem the code first, in the handler of the redirect, and do everything else afterwards. Start a new sign-in."
        : "Ask for a new device code, and show it to the user at once.",
    ),
  "oauth.pkce": ({ by, how }) =>
    tell(
      "The PKCE verifier does not fit the challenge.",
      [PKCE[how], by === "answer" && witness(by)],
      how === "challenge_encoding" || how.startsWith("method")
        ? "Send the challenge as base64url of the SHA-256, without padding, and code_challenge_method=S256 with it."
        : "Keep each verifier under its own state, where the callback can read it, and fetch it by the state that comes back.",
    ),
  "oauth.redirect_uri": ({ by, sent, others, against, differs }) =>
    tell(
      against === "registration"
        ? "The redirect address is not one that is registered for the client."
        : "The redirect address is not the one of the authorization request.",
      [
        sent !== null && `the request has ${quoted(sent)}`,
        others.length > 0 &&
          `${against === "registration" ? "registered" : "first sent"} was ${anyOf(others)}`,
        differs.length > 0 &&
          `they differ in: ${and(differs.map((part) => DIFFERS[part]))}`,
        by !== "comparison" && witness(by),
      ],
      "Configure the public address once and send exactly that text in both requests. Behind a proxy, do not build it from the request.",
    ),
  "oauth.client_authentication_method": ({ by, used, registered }) =>
    tell(
      used.length > 1
        ? "The client authenticates in two ways at once."
        : "The client authenticates in another way than it is registered for.",
      [
        used.length > 0 && `the request uses ${allOf(used)}`,
        registered.length > 0 && `allowed is ${anyOf(registered)}`,
        by !== "comparison" && witness(by),
      ],
      "Name the registered method in the client's settings, or change the registration to the one that it uses. Send the credentials in one place only.",
    ),
  "oauth.client_secret_encoding": ({ by, part, place, how, characters }) =>
    tell(
      how === "encoded_twice" || how === "base64_twice"
        ? `The client's ${part} is encoded once too often.`
        : `Client and server do not encode the client's ${part} alike.`,
      [
        {
          not_encoded: `it stands in the ${place} as it is, and the server form-decodes it (RFC 6749 section 2.3.1)`,
          encoded_twice: `it becomes the registered ${part} when it is decoded once more`,
          not_decoded:
            "the client encoded it as the standard says, and the server seems to compare it encoded",
          base64_twice: "it becomes right when base64 is decoded once more",
        }[how],
        characters.length > 0 &&
          `it holds signs that encoding changes: ${allOf(characters)}`,
        by !== "comparison" && witness(by),
      ],
      how === "not_decoded"
        ? "Generate a secret of letters, digits, - and _ only, which no encoding changes. The server should decode as the standard says."
        : "Form-encode id and secret once each, join them with a colon, then take base64. A secret of letters and digits needs no encoding.",
    ),
  "oauth.client_secret_wrong": ({
    by,
    how,
    length,
    expectedLength,
    rotatedAt,
  }) =>
    tell(
      how === "empty"
        ? "The client sends an empty secret."
        : how === "expired"
          ? "The client's secret has expired."
          : "The client's secret is not the one that the server has.",
      [
        how === "blanks" &&
          "it is right but for blanks at its beginning or end",
        how === "placeholder" &&
          "it is a placeholder or the name of a variable",
        how === "hash" &&
          "SECRET_HASH is not the HMAC of the user's name and the client id under the registered secret",
        how === "other" &&
          by === "comparison" &&
          length !== null &&
          `the secret sent has ${length} characters and the registered one ${expectedLength ?? "another"}${length === expectedLength ? ", and they differ" : ""}`,
        rotatedAt !== null &&
          `the client got a new secret${isoMoment(rotatedAt) === null ? "" : ` at ${isoMoment(rotatedAt)}`}`,
        by !== "comparison" && witness(by),
        by === "comparison" &&
          (how === "empty" || how === "expired") &&
          "the request itself shows it",
      ],
      "Give the current secret to every instance of the client, and restart what read the old one. Two valid secrets at a time make the next change safe.",
    ),
  "oauth.client_unknown": ({ by, clientId, registered }) =>
    tell(
      "The server knows no such client.",
      [
        clientId !== null && `the request names ${quoted(clientId)}`,
        registered !== null && `registered is ${quoted(registered)}`,
        by !== "comparison" && witness(by),
      ],
      "Compare the id with the registration at exactly this issuer, tenant and realm. Keep address, id and secret of one environment together.",
    ),
  "oauth.assertion_audience": ({ by, expected, found }) =>
    tell(
      "The client's assertion is addressed to another server.",
      [
        found.length > 0 && `aud is ${allOf(found)}`,
        expected.length > 0 && `the server expects ${anyOf(expected)}`,
        by !== "comparison" && witness(by),
      ],
      "Put the name into aud that the server's metadata give, the issuer first. Servers differ, so make it a setting.",
    ),
  "oauth.assertion_time": ({ by, how, bySeconds, lifetimeSeconds }) =>
    tell(
      how === "too_long"
        ? "The client's assertion lives longer than the server allows."
        : how === "future"
          ? "The client's assertion comes from the future."
          : "The client's assertion is too old.",
      [
        bySeconds !== null &&
          how === "expired" &&
          `it ended ${duration(bySeconds)} ago`,
        bySeconds !== null &&
          how === "future" &&
          `it begins ${duration(bySeconds)} ahead`,
        lifetimeSeconds !== null &&
          lifetimeSeconds > 0 &&
          `it was made for ${duration(lifetimeSeconds)}`,
        (by !== "comparison" || bySeconds === null) && witness(by),
      ],
      how === "too_long"
        ? "Sign for one to five minutes, and make a new assertion for each request. For a signed client secret keep to the server's limit."
        : "Make a new assertion for every request, with iat set to now, and keep the client's clock on time.",
    ),
  "oauth.assertion_replayed": ({ by, ageSeconds }) =>
    tell(
      "The client's assertion was used before.",
      [
        witness(by),
        ageSeconds !== null && `it was made ${duration(ageSeconds)} before`,
      ],
      "Sign within the function that sends, so that each attempt, a retry too, has its own assertion with a random jti.",
    ),
  "oauth.request_format": ({ by, how, parameter }) =>
    tell(
      "The request has not the form that the endpoint reads.",
      [
        FORM[how](parameter === null ? "that is looked for" : named(parameter)),
        parameter !== null &&
          UNREADABLE.has(how) &&
          FORM.missing(named(parameter)),
        by === "answer" && witness(by),
      ],
      how === "credentials_form"
        ? "Form-encode id and secret, join them with a colon, and send the base64 of that after Basic."
        : "Send a POST with Content-Type application/x-www-form-urlencoded, every parameter once, encoded once, and in the body.",
    ),
  "oauth.grant_not_allowed": ({ by, grant, allowed }) =>
    tell(
      "The client is not registered for this grant.",
      [
        grant !== null && `the request asks for ${named(grant)}`,
        allowed.length > 0 && `allowed is ${anyOf(allowed)}`,
        by !== "comparison" && witness(by),
      ],
      "Allow the grant for this client, and only it, or let the client use one that it is registered for. No new secret or token will change it.",
    ),
  "oauth.scope_invalid": ({ by, how, scopes }) =>
    tell(
      "The server does not know a scope that is asked for, or this client may not have it.",
      [
        scopes.length > 0 &&
          (by === "answer" || by === "usual"
            ? `the request asks for ${and(scopes.map(named))}`
            : `${SCOPE[how]} ${and(scopes.map(named))}`),
        by !== "comparison" && witness(by),
      ],
      how === "wider"
        ? "Leave scope out of a refresh, or name at most what was granted. For more, let the user sign in again."
        : "Take the names to the letter from the API's documentation and join them with a blank. Create or assign what is missing at the server.",
    ),
  "oauth.resource_unknown": ({ by, resource, parameter }) =>
    tell(
      "The server does not know the API that is asked for.",
      [
        resource !== null &&
          `the request names ${quoted(resource)}${parameter === null ? "" : ` in ${parameter}`}`,
        witness(by),
      ],
      "Send the identifier of the API exactly as it is registered, the last slash included, or register the API in this tenant.",
    ),
  "oauth.introspection_wrong_issuer": ({ by, tokenIssuer, asked }) =>
    tell(
      "Another server was asked about the token than the one that issued it.",
      [
        tokenIssuer !== null && `the token names ${quoted(tokenIssuer)}`,
        `asked was ${quoted(asked)}`,
        by !== "comparison" && witness(by),
      ],
      "Take the introspection address from the metadata of the issuer that the token names. Give the server one fixed public address.",
    ),
  "oauth.error_misleading": ({ by, found, standard, fault }) =>
    tell(
      "The server names another fault than the real one.",
      [
        `the answer says ${named(found)}`,
        fault === "rate_limit" &&
          "its headers or words tell of too many requests",
        fault === "outage" &&
          "its status or words tell of a failure of its own",
        standard.length > 0 &&
          `for the fault that was found the standard has ${anyOf(standard)}`,
        by === "usual" && witness(by),
      ],
      fault === "other"
        ? "Believe the evidence rather than the code. The server should give the error of RFC 6749 section 5.2."
        : "Wait as the answer says and send the request again, unchanged. The server should answer 429 or 503, without an error of the client.",
    ),
};
