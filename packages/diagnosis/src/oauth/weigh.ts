import type { Confidence } from "../diagnosis.ts";
import type { Exchange, Fault } from "./exchange.ts";
import { AFTER_AUTHENTICATION, errorsOf } from "./standard-errors.ts";

const RANKS: readonly Confidence[] = ["certain", "likely", "possible"];
const OF_CLIENT = /^oauth\.(?:client_|assertion_)/;

/**
 * The faults, best first. A fault whose error code the server gave comes before one whose code it did not give; where the code says
 * that the client was let through, a fault of its authentication comes after all others that are likely. The reason is that of the first.
 */
export function weighed({
  faults,
  answer,
  endpoint,
  parameters,
}: Exchange): readonly Fault[] {
  const code = answer?.code ?? null;
  const letThrough =
    code !== null &&
    endpoint !== null &&
    AFTER_AUTHENTICATION.has(code) &&
    !parameters.has("assertion");
  const ofClient = ({ cause }: Fault): boolean => OF_CLIENT.test(cause);
  const others = faults.some(
    (fault) => !ofClient(fault) && fault.confidence !== "possible",
  );
  const sorted = faults
    .map((fault): Fault => {
      if (!letThrough || !ofClient(fault)) return weigh(fault, code);
      return {
        ...fault,
        // A server that took the client's credentials takes them where they stood.
        confidence:
          others || fault.cause === "oauth.client_authentication_method"
            ? "possible"
            : lower(fault.confidence),
      };
    })
    .toSorted(
      (a, b) =>
        RANKS.indexOf(a.confidence) - RANKS.indexOf(b.confidence) ||
        b.weight - a.weight,
    );
  const first = sorted[0];
  // rank() puts first what explains the reason: only what stands on the same finding does.
  return withoutGuesses(sorted).map((fault) => ({
    ...fault,
    explains:
      fault.finding !== null && fault.finding.reason === first?.finding?.reason
        ? [fault.finding.reason]
        : [],
  }));
}

/** Beside a fault that a computation has shown, what the server's words could mean as well would only bury it. */
function withoutGuesses(sorted: readonly Fault[]): readonly Fault[] {
  if (sorted[0]?.confidence !== "certain") return sorted;
  return sorted.filter(
    ({ confidence, facts }) =>
      confidence !== "possible" ||
      !("by" in facts) ||
      (facts.by !== "answer" && facts.by !== "usual"),
  );
}

function weigh(fault: Fault, code: string | null): Fault {
  const codes = errorsOf(fault);
  // What the code alone suggests is not confirmed by the code.
  if (code === null || !codes || fault.byCode) return fault;
  if (codes.standard.includes(code))
    return { ...fault, weight: fault.weight + 200 };
  if (codes.seen?.includes(code))
    return { ...fault, weight: fault.weight + 150 };
  return { ...fault, confidence: lower(fault.confidence) };
}

/** What the answer speaks against is not certain. */
const lower = (confidence: Confidence): Confidence =>
  confidence === "certain" ? "likely" : confidence;
