/** What follows from another cause by itself, and would only bury it. */
import type { Reason } from "@assay/token";
import type { Suspicion } from "./investigation.ts";

/** A proof or an assertion has a maker, an audience and a key of its own by right. */
const OF_ANOTHER_KIND: readonly Reason[] = [
  "signature.key_not_found",
  "signature.mismatch",
  "expiration.missing",
  "issuer.missing",
  "issuer.mismatch",
  "audience.missing",
  "audience.mismatch",
];

/**
 * Leaves out the guesses about issuer, audience and key of a token that declares itself, by its typ, to be a proof of something else.
 * What a computation has shown stays, and the findings of the steps are not touched.
 */
export function withoutConsequences(
  suspicions: readonly Suspicion[],
  found: readonly Reason[],
): readonly Suspicion[] {
  const declared = suspicions.some(
    (suspicion) =>
      suspicion.cause === "kind.proof" &&
      suspicion.facts.proof !== "other" &&
      suspicion.facts.by.startsWith("typ "),
  );
  if (!declared) return suspicions;
  return suspicions.filter(
    ({ cause, confidence, explains }) =>
      confidence === "certain" ||
      /^(?:kind\.|token\.forged$)/.test(cause) ||
      explains.some(
        (reason) => found.includes(reason) && !OF_ANOTHER_KIND.includes(reason),
      ),
  );
}
