import { decodeBase64 } from "../client-authentication.ts";
import { secondsOf, type Exchange } from "../exchange.ts";
import type { OauthFacts } from "../facts.ts";
import {
  changedByEncoding,
  formDecode,
  isBase64,
  isRedacted,
} from "../form-decoding.ts";

const PLACEHOLDER =
  /^(?:\$\{?[A-Za-z_]\w*\}?|%[A-Za-z_]\w*%|\{\{.{1,60}\}\}|undefined|null|none|changeme|your[-_ ]?(?:client[-_ ]?)?secret(?:[-_ ]here)?|\[object Object\]|process\.env\.\w+)$/i;
/** Entra shows a Secret ID, a GUID, beside the Value: nobody's secret looks so. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The secret that the client sends against the registered one, as it stands, decoded, or changed on the way. */
export function detectClientSecret(exchange: Exchange): void {
  const { authentication, client, endpoint } = exchange;
  if (endpoint === null || endpoint === "authorization") return;
  const { basic, post, assertion } = authentication;
  if (assertion !== null || (basic === null && post === null)) return;
  if (basic && basic.id === null) {
    exchange.suspect("oauth.request_format", {
      confidence: "likely",
      facts: { by: "request", how: "credentials_form", parameter: null },
      weight: 55,
    });
    return;
  }
  const sent = basic ? rawSecret(exchange) : (post as string);
  if (isRedacted(sent) || isRedacted(client.secret ?? "")) return;
  if (client.secret === undefined || client.secret === "") {
    withoutRegistration(exchange, sent);
    return;
  }
  compare(exchange, sent, client.secret);
}

/** The secret in the header before form-decoding. An id with a colon in it that was not encoded is told by the registered one. */
function rawSecret({ authentication: { basic }, client }: Exchange): string {
  const raw = basic?.raw ?? "";
  const whole = client.id === undefined ? null : `${client.id}:`;
  return whole !== null && raw.startsWith(whole)
    ? raw.slice(whole.length)
    : raw.slice(raw.indexOf(":") + 1);
}

function compare(exchange: Exchange, sent: string, registered: string): void {
  const place = exchange.authentication.basic ? "header" : "body";
  // In the header the server decodes once more; a value of the body is decoded already.
  const read = place === "header" ? formDecode(sent) : sent;
  const encoding = (
    how: OauthFacts["oauth.client_secret_encoding"]["how"],
    confidence: "certain" | "likely",
    weight = 62,
  ): void =>
    exchange.suspect("oauth.client_secret_encoding", {
      confidence,
      facts: {
        by: "comparison",
        part: "secret",
        place,
        how,
        characters: changedByEncoding(registered),
      },
      weight,
    });
  if (read === registered) {
    right(exchange, sent, registered, encoding);
    return;
  }
  if (place === "header" && sent === registered)
    encoding("not_encoded", "certain");
  else if (
    place === "body" &&
    registered.includes("+") &&
    sent === registered.replaceAll("+", " ")
  )
    encoding("not_encoded", "certain");
  else if (
    read !== null &&
    (formDecode(read) === registered ||
      formDecode(formDecode(read) ?? "") === registered)
  )
    encoding("encoded_twice", "certain");
  else if (decodedBase64(read ?? sent) === registered)
    encoding("base64_twice", "certain");
  else wrong(exchange, read ?? sent, registered);
}

/** All is as the standard says: a server that does not decode still compares another text. */
function right(
  exchange: Exchange,
  sent: string,
  registered: string,
  encoding: (how: "not_decoded", confidence: "likely", weight: number) => void,
): void {
  exchange.ruledOut.add("oauth.client_secret_wrong");
  if (
    sent !== registered &&
    exchange.authentication.basic &&
    exchange.answer?.code === "invalid_client" &&
    exchange.answer.busy === null
  )
    encoding("not_decoded", "likely", 44);
  else if (changedByEncoding(registered).length === 0)
    exchange.ruledOut.add("oauth.client_secret_encoding");
}

function wrong(exchange: Exchange, sent: string, registered: string): void {
  const blanks = sent.trim() === registered.trim();
  exchange.suspect("oauth.client_secret_wrong", {
    confidence: "certain",
    facts: {
      by: "comparison",
      how:
        sent === ""
          ? "empty"
          : blanks
            ? "blanks"
            : PLACEHOLDER.test(sent)
              ? "placeholder"
              : "other",
      length: sent.length,
      expectedLength: registered.length,
      rotatedAt: rotatedAt(exchange),
    },
    weight: 60,
  });
}

/** The registered secret is not known: an empty one, a placeholder, an unescaped sign and a rotation can be seen without it. */
function withoutRegistration(exchange: Exchange, sent: string): void {
  const { authentication, answer } = exchange;
  const how =
    sent === "" ? "empty" : PLACEHOLDER.test(sent) ? "placeholder" : null;
  const rotated = rotatedAt(exchange);
  const refused = answer !== null && !answer.granted;
  if (
    how !== null ||
    (rotated !== null && refused) ||
    (GUID.test(sent) && /microsoftonline|windows\.net/.test(exchange.url))
  )
    exchange.suspect("oauth.client_secret_wrong", {
      confidence: "likely",
      facts: {
        by: how === null && rotated !== null ? "history" : "request",
        how: how ?? "other",
        length: sent.length,
        expectedLength: null,
        rotatedAt: rotated,
      },
      weight: 46,
    });
  const characters = changedByEncoding(sent);
  const encodedWell =
    authentication.basic?.secret !== null &&
    /%[0-9A-F]{2}/i.test(sent) &&
    !/[+/&=: ]/.test(sent);
  if (authentication.basic && characters.length > 0 && !encodedWell)
    exchange.suspect("oauth.client_secret_encoding", {
      confidence: /[%+]/.test(sent) ? "likely" : "possible",
      facts: {
        by: "request",
        part: "secret",
        place: "header",
        how: "not_encoded",
        characters,
      },
      weight: authentication.basic.secret === null ? 48 : 30,
    });
}

/** When the client last got a new secret, of those that the history tells of. */
function rotatedAt({
  history,
  authentication,
  client,
}: Exchange): string | null {
  const ids = [authentication.clientId, client.id];
  const entry = history.findLast(
    ({ event, clientId }) =>
      event === "client.secret_rotated" &&
      (clientId === undefined || ids.includes(clientId)),
  );
  return entry && !Number.isNaN(secondsOf(entry.at)) ? entry.at : null;
}

const decodedBase64 = (text: string): string | null =>
  isBase64(text) ? decodeBase64(text) : null;
