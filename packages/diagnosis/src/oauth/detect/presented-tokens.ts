import type { Diagnosis } from "../../diagnosis.ts";
import { claimsOf, looksLikeJwt } from "../client-authentication.ts";
import type { Exchange } from "../exchange.ts";
import { isRedacted } from "../form-decoding.ts";
import { judgeAssertion } from "./assertion.ts";
import { callerToken, judgeCaller } from "./caller.ts";
import { judgeExchanged } from "./exchanged-token.ts";
import { detectIntrospection } from "./introspection.ts";

interface Presented {
  readonly text: string;
  readonly judge: () => Promise<Diagnosis | null>;
}

/** Codes that speak of what is handed in for a token, and not of the client (RFC 6749 section 5.2, RFC 8693 section 2.2.2). */
const ABOUT_GRANT = new Set(["invalid_grant", "invalid_request"]);

/**
 * The tokens that the request presents, until one is not accepted. Those that have ended by their own claims come first, then
 * those to which the server's code points. What costs a whole budget is done once (docs/contract/diagnosis.md, rule 7): of a token
 * that is accepted, no causes were looked for.
 */
export async function judgePresented(
  exchange: Exchange,
): Promise<Diagnosis | null> {
  const presented = tokensOf(exchange).filter(
    ({ text }) => looksLikeJwt(text) && !isRedacted(text),
  );
  const ended = ({ text }: Presented): number =>
    isOutOfTime(text, exchange.now) ? 0 : 1;
  let accepted: Diagnosis | null = null;
  for (const { judge } of presented.toSorted((a, b) => ended(a) - ended(b))) {
    const diagnosis = await judge();
    if (diagnosis && diagnosis.outcome !== "accepted") return diagnosis;
    accepted = diagnosis ?? accepted;
  }
  return accepted ?? detectIntrospection(exchange);
}

function tokensOf(exchange: Exchange): readonly Presented[] {
  const { authentication, parameters, answer, endpoint } = exchange;
  const one = (
    text: string | null,
    judge: (text: string) => Promise<Diagnosis | null>,
  ): readonly Presented[] =>
    text === null ? [] : [{ text, judge: () => judge(text) }];
  const client = [
    ...one(callerToken(exchange), (text) => judgeCaller(exchange, text)),
    ...one(authentication.assertion, (text) =>
      judgeAssertion(
        exchange,
        text,
        text === parameters.get("client_assertion"),
      ),
    ),
  ];
  const grant = [
    ...one(parameters.get("assertion"), (text) =>
      judgeAssertion(exchange, text, false),
    ),
    ...["subject_token", "actor_token"].flatMap((name) =>
      one(parameters.get(name), (text) => judgeExchanged(exchange, text)),
    ),
    ...one(endpoint === "introspection" ? parameters.get("token") : null, () =>
      detectIntrospection(exchange),
    ),
  ];
  return ABOUT_GRANT.has(answer?.code ?? "")
    ? [...grant, ...client]
    : [...client, ...grant];
}

function isOutOfTime(token: string, now: number): boolean {
  const { exp, nbf, iat } = claimsOf(token) ?? {};
  const past = typeof exp === "number" && exp <= now;
  return past || [nbf, iat].some((at) => typeof at === "number" && at > now);
}
