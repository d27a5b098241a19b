/** Judges requests to the endpoints of an authorization server, and answers of them alone (docs/contract/diagnosis.md, "OAuth endpoints"). */
import { STEPS } from "@assay/token";
import type { Diagnosis } from "../diagnosis.ts";
import type { Asked, Judge, Judgement } from "../judges.ts";
import { readExchange } from "./read-exchange.ts";
import { assertionAlone } from "./assertion-alone.ts";
import { detectClientId } from "./detect/client-id.ts";
import { detectClientMethod } from "./detect/client-method.ts";
import { detectClientSecret } from "./detect/client-secret.ts";
import { detectCode } from "./detect/code.ts";
import { detectEndedClient } from "./detect/ended-client.ts";
import { detectForeignRevocation } from "./detect/foreign-token.ts";
import { detectGrant } from "./detect/grant.ts";
import { detectMessage } from "./detect/message.ts";
import { detectBusy, detectMisleading } from "./detect/misleading.ts";
import { detectPkce } from "./detect/pkce.ts";
import { judgePresented } from "./detect/presented-tokens.ts";
import { detectProof } from "./detect/proof.ts";
import { detectRedirectUri } from "./detect/redirect-uri.ts";
import { detectRefresh } from "./detect/refresh.ts";
import { detectRequestFormat } from "./detect/request-format.ts";
import { detectResource } from "./detect/resource.ts";
import { detectScope } from "./detect/scope.ts";
import { detectSecretHash } from "./detect/secret-hash.ts";
import type { Exchange, ExchangeDetector, Fault } from "./exchange.ts";
import { shownCode } from "./known-names.ts";
import { outageOf } from "./outage.ts";
import { judgeCognitoToken } from "./cognito-token.ts";
import { stepsWith } from "./steps.ts";
import { weighed } from "./weigh.ts";

/** In the order in which a server checks: form, client, grant, code or token, scope, resource; its words come last. */
const DETECTORS: readonly ExchangeDetector[] = [
  detectRequestFormat,
  detectProof,
  detectClientId,
  detectClientMethod,
  detectClientSecret,
  detectSecretHash,
  detectEndedClient,
  detectGrant,
  detectCode,
  detectRedirectUri,
  detectPkce,
  detectRefresh,
  detectForeignRevocation,
  detectScope,
  detectResource,
  detectBusy,
  detectMessage,
];

export const judgeOauth: Judge = async (asked) => {
  const alone = await assertionAlone(asked);
  if (alone) return alone;
  const operation = await judgeCognitoToken(asked);
  if (operation) return operation;
  const exchange = readExchange(asked);
  return exchange && judgeExchange(exchange, asked);
};

async function judgeExchange(
  exchange: Exchange & { readonly needs: readonly string[] },
  { inquiry }: Asked,
): Promise<Judgement> {
  const diagnosed = await judgePresented(exchange);
  const token = tokenOf(diagnosed);
  if (exchange.answer?.granted && grants(exchange, diagnosed))
    return {
      outcome: "accepted",
      reason: null,
      steps: diagnosed?.outcome === "accepted" ? diagnosed.steps : GRANTED,
      suspicions: [],
      needs: [],
      token,
    };
  for (const detector of DETECTORS) await detector(exchange);
  const sorted = weighed(exchange);
  detectMisleading(exchange, sorted[0]);
  const faults = weighed(exchange);
  const outage = outageOf(exchange, diagnosed, faults);
  if (outage) return { ...outage, token };
  const [first = lastResort(exchange)] = faults;
  const refused = exchange.answer !== null;
  if (
    !refused &&
    diagnosed?.outcome === "accepted" &&
    !faults.some(({ confidence }) => confidence !== "possible")
  )
    return {
      outcome: "accepted",
      reason: null,
      steps: diagnosed.steps,
      suspicions: [],
      needs: [],
      token,
    };
  if (!first || (!refused && first.confidence === "possible"))
    return {
      outcome: refused && first ? "rejected" : "undecided",
      reason: null,
      steps: stepsWith(null),
      suspicions: faults,
      needs: needsOf(exchange, inquiry.response === undefined),
      token,
    };
  const { finding } = first;
  return {
    outcome: "rejected",
    reason: finding?.reason ?? null,
    // The steps of a token that was judged for itself are shown as they came out.
    steps:
      diagnosed?.outcome === "rejected" && diagnosed.reason === finding?.reason
        ? diagnosed.steps
        : stepsWith(finding),
    suspicions: faults.length > 0 ? faults : [first],
    needs: needsOf(exchange, false),
    token,
  };
}

/**
 * Whether the server's own word accepts the request. It does for what is opaque to us, and introspection speaks of the very token that
 * is asked about; that a server granted something proves nothing of an assertion that could not be verified here.
 */
const grants = (
  { answer, faults }: Exchange,
  diagnosed: Diagnosis | null,
): boolean =>
  diagnosed === null
    ? faults.length === 0
    : diagnosed.outcome === "accepted" ||
      (answer?.active === true && diagnosed.outcome === "undecided");

const GRANTED = STEPS.map(
  (step) =>
    ({
      step,
      outcome: "skipped",
      because: "the server granted it, and nothing was verified here",
    }) as const,
);

/** Trusted is only what was verified here, whatever the server granted. */
const tokenOf = (diagnosis: Diagnosis | null): Judgement["token"] => ({
  trusted: diagnosis?.outcome === "accepted",
  header: diagnosis?.token.header ?? null,
  claims: diagnosis?.token.claims ?? null,
});

function needsOf(
  exchange: { readonly needs: readonly string[] },
  noAnswer: boolean,
): readonly string[] {
  return noAnswer
    ? ["the server's answer would tell what it refused", ...exchange.needs]
    : exchange.needs;
}

/** The server refused, and nothing is wrong in all that can be compared: its word or its own state is. */
function lastResort({ answer }: Exchange): Fault | undefined {
  if (!answer || (answer.code === null && answer.status < 400))
    return undefined;
  return {
    cause: "oauth.error_misleading",
    confidence: "possible",
    facts: {
      by: "usual",
      found: shownCode(answer.code ?? `status ${answer.status}`),
      standard: [],
      fault: "other",
    },
    explains: [],
    weight: 0,
    finding: null,
    byCode: true,
  };
}
