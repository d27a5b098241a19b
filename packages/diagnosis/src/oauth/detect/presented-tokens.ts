import type { Diagnosis } from "../../diagnosis.ts";
import { looksLikeJwt } from "../client-authentication.ts";
import type { Exchange } from "../exchange.ts";
import { isRedacted } from "../form-decoding.ts";
import { judgeAssertion } from "./assertion.ts";
import { judgeCaller } from "./caller.ts";
import { judgeExchanged } from "./exchanged-token.ts";
import { detectIntrospection } from "./introspection.ts";

type JudgeToken = () => Promise<Diagnosis | null>;

/** Codes that speak of what is handed in for a token, and not of the client (RFC 6749 section 5.2, RFC 8693 section 2.2.2). */
const ABOUT_GRANT = new Set(["invalid_grant", "invalid_request"]);

/**
 * The tokens that the request presents, one after the other, in the order in which the server's code points to them. The first
 * that is refused decides; one whose keys nobody knows decides only where no other is refused.
 */
export async function judgePresented(
  exchange: Exchange,
): Promise<Diagnosis | null> {
  const { authentication, parameters, answer } = exchange;
  const client: JudgeToken[] = [() => judgeCaller(exchange)];
  if (authentication.assertion !== null)
    client.push(
      tokenIn(authentication.assertion, (token) =>
        judgeAssertion(
          exchange,
          token,
          token === parameters.get("client_assertion"),
        ),
      ),
    );
  const grant: JudgeToken[] = [
    tokenIn(parameters.get("assertion"), (token) =>
      judgeAssertion(exchange, token, false),
    ),
    ...(["subject_token", "actor_token"] as const).map((name) =>
      tokenIn(parameters.get(name), (token) => judgeExchanged(exchange, token)),
    ),
  ];
  const order = ABOUT_GRANT.has(answer?.code ?? "")
    ? [...grant, ...client]
    : [...client, ...grant];
  let kept: Diagnosis | null = null;
  for (const judge of [...order, () => detectIntrospection(exchange)]) {
    const diagnosis = await judge();
    if (!diagnosis) continue;
    if (diagnosis.outcome === "rejected") return diagnosis;
    if (kept?.outcome !== "undecided") kept = diagnosis;
    // What costs a whole budget is not done twice (docs/contract/diagnosis.md, rule 7): without keys, as with a good token, little was tried.
    if (
      diagnosis.outcome === "undecided" &&
      diagnosis.reason !== "signature.keys_unavailable"
    )
      return diagnosis;
  }
  return kept;
}

const tokenIn =
  (
    token: string | null,
    judge: (token: string) => Promise<Diagnosis>,
  ): JudgeToken =>
  async () =>
    token === null || isRedacted(token) || !looksLikeJwt(token)
      ? null
      : judge(token);
