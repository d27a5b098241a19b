import type { Confidence } from "../diagnosis.ts";
import type { Exchange, Fault } from "./exchange.ts";
import { AFTER_AUTHENTICATION, STANDARD_ERRORS } from "./standard-errors.ts";

const RANKS: readonly Confidence[] = ["certain", "likely", "possible"];
const OF_CLIENT = /^oauth\.(?:client_|assertion_)/;

/**
 * The faults, best first. A fault whose error code the server gave comes before one whose code it did not give; of a client that the
 * server has let through no fault of authentication is certain. The reason is that of the first.
 */
export function weighed({
  faults,
  answer,
  parameters,
}: Exchange): readonly Fault[] {
  const code = answer?.code ?? null;
  const sorted = faults
    .map((fault) => weigh(fault, code, parameters.has("assertion")))
    .toSorted(
      (a, b) =>
        RANKS.indexOf(a.confidence) - RANKS.indexOf(b.confidence) ||
        b.weight - a.weight,
    );
  const first = sorted[0];
  // rank() puts first what explains the reason: only what stands on the same finding does.
  return sorted.map((fault) => ({
    ...fault,
    explains:
      fault.finding !== null && fault.finding.reason === first?.finding?.reason
        ? [fault.finding.reason]
        : [],
  }));
}

function weigh(fault: Fault, code: string | null, bearerGrant: boolean): Fault {
  const codes = STANDARD_ERRORS[fault.cause];
  if (code === null || !codes) return fault;
  if (
    codes.standard.includes(code) &&
    !(
      OF_CLIENT.test(fault.cause) &&
      AFTER_AUTHENTICATION.has(code) &&
      !bearerGrant
    )
  )
    return { ...fault, weight: fault.weight + 200 };
  if (codes.seen?.includes(code))
    return { ...fault, weight: fault.weight + 150 };
  if (
    AFTER_AUTHENTICATION.has(code) &&
    OF_CLIENT.test(fault.cause) &&
    !bearerGrant
  )
    return { ...fault, confidence: "possible" };
  return fault.confidence === "certain"
    ? { ...fault, confidence: "likely" }
    : fault;
}
