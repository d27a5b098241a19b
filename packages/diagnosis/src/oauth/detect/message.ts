import type { CauseCode } from "../../causes.ts";
import type { Confidence } from "../../diagnosis.ts";
import { isCodeGrant, isRefreshGrant, type Exchange } from "../exchange.ts";
import { factsOf } from "../facts-of.ts";
import type { Witness } from "../facts.ts";
import { findingOfCause } from "../findings.ts";
import { ERROR_CODES, SERVER_MESSAGES } from "../server-messages.ts";

/** What the server's words, or its error code alone, can mean for this request. Runs last: a comparison rules out what it knows. */
export function detectMessage(exchange: Exchange): void {
  const { answer } = exchange;
  if (!answer || answer.granted) return;
  const said = new Set<CauseCode>();
  let weight = 54;
  for (const [pattern, causes] of SERVER_MESSAGES) {
    if (!pattern.test(answer.words)) continue;
    const fitting = causes.filter(
      (cause) => isAbout(cause, exchange) && !said.has(cause),
    );
    const sure = causes.length === 1 || fitting.length === 1;
    fitting.forEach((cause, i) => {
      said.add(cause);
      hear(
        exchange,
        cause,
        "answer",
        i === 0 && (sure || said.size === 1) ? "likely" : "possible",
        weight - i,
      );
    });
    weight -= 6;
  }
  const byCode = ERROR_CODES[answer.code ?? codeOfStatus(exchange) ?? ""] ?? [];
  byCode
    .filter((cause) => isAbout(cause, exchange) && !said.has(cause))
    .forEach((cause, i) => hear(exchange, cause, "usual", "possible", 12 - i));
}

function hear(
  exchange: Exchange,
  cause: CauseCode,
  by: Witness,
  confidence: Confidence,
  weight: number,
): void {
  // That the grant is registered does not say that every API or policy allows it.
  const registered = cause === "oauth.grant_not_allowed" && by === "answer";
  if (exchange.ruledOut.has(cause) && !registered) return;
  const facts = factsOf(cause, exchange, by);
  if (!facts) return;
  exchange.suspect(cause, {
    confidence,
    facts,
    // What is only usual does not say that a token is at fault.
    finding:
      by === "answer" ? findingOfCause(cause, { now: exchange.now }) : null,
    weight,
  });
}

/** A 401 of a token endpoint without a code is one about the client. */
function codeOfStatus({ answer, endpoint }: Exchange): string | null {
  return answer?.status === 401 && endpoint !== null ? "invalid_client" : null;
}

/** Whether the request holds what the cause speaks of; of a request that is not known it is not known. */
function isAbout(cause: CauseCode, exchange: Exchange): boolean {
  const { endpoint, authentication, parameters } = exchange;
  if (endpoint === null) return true;
  const atToken = endpoint === "token";
  const code: string = cause;
  switch (code) {
    case "oauth.code_reused":
      return atToken && isCodeGrant(exchange);
    case "oauth.code_expired":
      return (
        atToken && (isCodeGrant(exchange) || parameters.has("device_code"))
      );
    case "oauth.pkce":
    case "oauth.redirect_uri":
      return isCodeGrant(exchange) || !atToken;
    case "oauth.refresh_race":
    case "oauth.refresh_lost_response":
    case "oauth.refresh_not_stored":
    case "oauth.refresh_theft":
    case "oauth.refresh_expired":
    case "oauth.refresh_idle":
    case "oauth.refresh_other_client":
    case "revoked.by_user":
      return atToken && isRefreshGrant(exchange);
    case "oauth.assertion_audience":
    case "oauth.assertion_time":
    case "oauth.assertion_replayed":
      return authentication.assertion !== null || parameters.has("assertion");
    case "oauth.client_secret_wrong":
    case "oauth.client_secret_encoding":
      return (
        authentication.basic !== null ||
        (authentication.post !== null && cause === "oauth.client_secret_wrong")
      );
    case "oauth.scope_invalid":
      return (
        parameters.has("scope") || exchange.answer?.code === "invalid_scope"
      );
    case "oauth.introspection_wrong_issuer":
      return endpoint === "introspection";
    default:
      return true;
  }
}
