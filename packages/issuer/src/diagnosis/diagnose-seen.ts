/** A refusal at a guard, from what the guard told: its finding and its cause. The sentences are made here, from facts that came from outside. */
import type { Cause } from "@assay/diagnosis";
import { finding, type Finding, type Reason } from "@assay/token";
import type { SeenByGuard } from "./refusal-record.ts";

/** null: the guard told no evidence, or one of another form than the reason has. */
export async function seenFinding(
  reason: Reason | null,
  { evidence }: SeenByGuard,
): Promise<Finding | null> {
  if (reason === null || evidence === null) return null;
  const { sayFinding } = await import("@assay/diagnosis");
  const found = finding(reason, evidence as never);
  return whenSaid(() => sayFinding(found)) === null ? null : found;
}

/** null: the guard named no cause, or facts of which nothing can be said. */
export async function seenCause({ cause }: SeenByGuard): Promise<Cause | null> {
  if (cause === null) return null;
  const { ACTORS, wordsOf } = await import("@assay/diagnosis");
  const { code, confidence, facts } = cause;
  const words = whenSaid(() => wordsOf(code, facts as never, confidence));
  return (
    words &&
    ({
      cause: code,
      confidence,
      actor: ACTORS[code],
      facts,
      evidence: words.evidence,
      fix: words.fix,
    } as unknown as Cause)
  );
}

/** Words are made for facts of their type; of others they may make none. */
function whenSaid<T>(say: () => T): T | null {
  try {
    return say();
  } catch {
    return null;
  }
}
