/** The only place with sentences. Everything said to people is made here, from typed facts and evidence; `words/` holds it by family. */
import type { CauseCode, Facts } from "./causes.ts";
import type { Confidence } from "./diagnosis.ts";
import type { CauseWords } from "./words/cause-words.ts";
import { CAUSE_WORDS } from "./words/causes.ts";

export type { CauseWords } from "./words/cause-words.ts";
export { sayFinding } from "./words/findings.ts";
export { verdictSentence } from "./words/verdict.ts";
export { CAUSE_DEFINITIONS } from "./words/cause-definitions.ts";
export { REASON_DEFINITIONS } from "./words/reason-definitions.ts";
export { duration, distance, moment } from "./words/time.ts";
export { safeJson, untrusted, visible } from "./words/untrusted.ts";

/** The words of a cause: what went wrong, what speaks for it, and what to do. Text of strangers in it is made safe to show. */
export function wordsOf<C extends CauseCode>(
  cause: C,
  facts: Facts[C],
  confidence: Confidence,
): CauseWords {
  return CAUSE_WORDS[cause](facts, confidence);
}
