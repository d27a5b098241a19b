/** The only place with sentences. Everything said to people is made here, from typed facts and evidence; `words/` holds it by family. */
import type { Finding, Reason, StepReport } from "@assay/token";
import type { CauseCode, Facts } from "./causes.ts";
import type { Confidence, Diagnosis } from "./diagnosis.ts";
import type { CauseWords } from "./words/cause-words.ts";
import { ENGLISH } from "./words/english.ts";
import { isUse } from "./words/is-use.ts";
import type { Language } from "./words/language.ts";

export type { CauseWords } from "./words/cause-words.ts";
export type { CellState, Language } from "./words/language.ts";
export { ENGLISH } from "./words/english.ts";
export { CAUSE_DEFINITIONS } from "./words/cause-definitions.ts";
export { REASON_DEFINITIONS } from "./words/reason-definitions.ts";
export { duration, distance, moment } from "./words/time.ts";
export { safeJson, untrusted, visible } from "./words/untrusted.ts";

/** The words of a cause: what went wrong, what speaks for it, and what to do. Text of strangers in it is made safe to show. */
export function wordsOf<C extends CauseCode>(
  cause: C,
  facts: Facts[C],
  confidence: Confidence,
  language: Language = ENGLISH,
): CauseWords {
  const words = language.causes[cause](facts, confidence);
  return "heard" in facts
    ? { ...words, evidence: [language.phrase(heardFrom(facts.heard))] }
    : words;
}

/** Of a cause that is known from a server's words alone (`testimony-causes.ts`): nothing was seen but these. */
const heardFrom = (product: unknown): string =>
  typeof product === "string"
    ? `a message of ${product}, which this can bring about`
    : "the server's answer, which this can bring about";

/** What a step found, in one sentence: "expired 3 hours 12 minutes ago (09:48:11 UTC)". */
export function sayFinding(
  { reason, evidence }: Finding,
  language: Language = ENGLISH,
): string {
  return (language.findings[reason] as (evidence: unknown) => string)(evidence);
}

/** "Refused: the signature does not match." Verdict first, in one sentence that names the thing. */
export function verdictSentence(
  { outcome, reason, steps }: Pick<Diagnosis, "outcome" | "reason" | "steps">,
  { verdict }: Language = ENGLISH,
): string {
  switch (outcome) {
    case "accepted":
      return verdict.accepted(
        steps
          .filter((judged) => judged.outcome === "passed")
          .map(({ step }) => step),
      );
    case "rejected":
      return verdict.rejected(reason, usedBefore(reason, steps));
    case "undecided":
      return verdict.undecided(reason, keysUnnamed(reason, steps));
  }
}

function keysUnnamed(
  reason: Reason | null,
  steps: readonly StepReport[],
): boolean {
  const found = findingOf(reason, steps);
  return (
    found?.reason === "signature.keys_unavailable" &&
    found.evidence.source === null
  );
}

/** A refresh token or a code that came back: its grant is not revoked for that alone. */
function usedBefore(
  reason: Reason | null,
  steps: readonly StepReport[],
): boolean {
  const found = findingOf(reason, steps);
  return found?.reason === "revocation.grant" && isUse(found.evidence.event);
}

const findingOf = (
  reason: Reason | null,
  steps: readonly StepReport[],
): Finding | undefined =>
  findingsOf(steps).find((finding) => finding.reason === reason);

/** All findings, in the order of the steps. */
export function findingsOf(steps: readonly StepReport[]): readonly Finding[] {
  return steps.flatMap((step) => ("findings" in step ? step.findings : []));
}
