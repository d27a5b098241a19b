import type { Finding, Reason } from "@assay/token";
import type { CauseCode } from "../../causes.ts";
import type { Confidence } from "../../diagnosis.ts";
import {
  isCodeGrant,
  isRefreshGrant,
  type Exchange,
  type Fault,
} from "../exchange.ts";
import { findingOf } from "../../testimony-evidence.ts";
import { errorsOf } from "../standard-errors.ts";
import { factsOf } from "../facts-of.ts";
import type { Witness } from "../facts.ts";
import { findingOfCause } from "../findings.ts";
import { ERROR_CODES, SERVER_MESSAGES } from "../server-messages.ts";

/** A message that can mean as many things as this tells none of them. */
const CATCH_ALL = 5;

/** What the server's words, or its error code alone, can mean for this request. Runs last: a comparison rules out what it knows. */
export function detectMessage(exchange: Exchange): void {
  const { answer } = exchange;
  if (!answer || answer.granted) return;
  const said = new Set<CauseCode>();
  let rows = 0;
  for (const [pattern, causes, , reason] of SERVER_MESSAGES) {
    if (!pattern.test(answer.words)) continue;
    const fitting = causes.filter(
      (cause) => isAbout(cause, exchange) && !said.has(cause),
    );
    // One sentence for every fault says hardly more than the code.
    const exact = causes.length === 1;
    const sure =
      causes.length < CATCH_ALL &&
      (exact || said.size === 0 || fitting.length === 1);
    fitting.forEach((cause, i) => {
      said.add(cause);
      const confidence = i === 0 && sure ? "likely" : "possible";
      hear(
        exchange,
        cause,
        "answer",
        confidence,
        (exact ? 66 : 54) - 2 * rows - i,
        reason,
      );
    });
    rows++;
  }
  if (exchange.faults.some((fault) => explains(fault, answer.code))) return;
  const byCode = ERROR_CODES[answer.code ?? codeOfStatus(exchange) ?? ""] ?? [];
  byCode
    .filter((cause) => isAbout(cause, exchange) && !said.has(cause))
    .forEach((cause, i) => hear(exchange, cause, "usual", "possible", 12 - i));
}

/** Something likely was found for which servers give this code: what else the code can mean would only bury it. */
function explains(fault: Fault, code: string | null): boolean {
  const codes = errorsOf(fault);
  return (
    code !== null &&
    fault.confidence !== "possible" &&
    (codes?.standard.includes(code) === true ||
      codes?.seen?.includes(code) === true)
  );
}

function hear(
  exchange: Exchange,
  cause: CauseCode,
  by: Witness,
  confidence: Confidence,
  weight: number,
  reason?: Reason,
): void {
  // That the grant is registered does not say that every API or policy allows it.
  const registered = cause === "oauth.grant_not_allowed" && by === "answer";
  if (exchange.ruledOut.has(cause) && !registered) return;
  const facts = factsOf(cause, exchange, by);
  if (!facts) return;
  exchange.suspect(cause, {
    confidence,
    facts,
    byCode: by === "usual",
    // What is only usual does not say that a token is at fault.
    finding:
      by === "answer"
        ? reason === undefined
          ? findingOfCause(cause, { now: exchange.now })
          : saidFinding(exchange, reason)
        : null,
    weight,
  });
}

/** What the words say of a token, with the evidence that they give. */
const saidFinding = (
  { answer, now }: Exchange,
  reason: Reason,
): Finding | null =>
  findingOf(
    { reason, message: null, challenge: new Map(), words: answer?.words ?? "" },
    { header: {}, claims: {}, now },
    {},
  );

/** Without a code a 401 of a token endpoint is one about the client, and another refusal mostly one about the code or token. */
function codeOfStatus(exchange: Exchange): string | null {
  const { answer, endpoint } = exchange;
  if (endpoint === null || !answer || answer.status < 400) return null;
  if (answer.status === 401) return "invalid_client";
  return isCodeGrant(exchange) || isRefreshGrant(exchange)
    ? "invalid_grant"
    : "invalid_request";
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
    case "revoked.by_user":
      return atToken && isRefreshGrant(exchange);
    case "oauth.refresh_other_client":
      return (
        endpoint === "revocation" ||
        (atToken && (isRefreshGrant(exchange) || isCodeGrant(exchange)))
      );
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
    case "key.unknown":
    case "key.rotated":
    case "key.retired":
    case "key.other_issuer":
    case "key.id_reused":
      return (
        authentication.assertion !== null ||
        parameters.has("assertion") ||
        parameters.has("subject_token")
      );
    default:
      return true;
  }
}
