import type { Reason } from "@assay/token";
import type { Suspicion } from "./investigation.ts";

const CONFIDENCE = { certain: 0, likely: 1, possible: 2 } as const;

/** No more causes than this are told: the rest would only bury the first. */
const MAX_CAUSES = 6;

/**
 * Best first: what explains the reported reason comes before what explains only a later step, then by confidence, then by the weight
 * that the detector gave. Of one cause the best suspicion stays.
 */
export function rank(
  suspicions: readonly Suspicion[],
  reason: Reason | null,
): readonly Suspicion[] {
  const explains = (suspicion: Suspicion): number =>
    reason !== null && suspicion.explains.includes(reason) ? 0 : 1;
  const sorted = suspicions.toSorted(
    (a, b) =>
      explains(a) - explains(b) ||
      CONFIDENCE[a.confidence] - CONFIDENCE[b.confidence] ||
      b.weight - a.weight,
  );
  return sorted
    .filter(
      ({ cause }, i) =>
        sorted.findIndex((other) => other.cause === cause) === i,
    )
    .slice(0, MAX_CAUSES);
}
