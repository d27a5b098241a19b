import type { CauseCode, Facts } from "./causes.ts";
import type { Confidence } from "./diagnosis.ts";
export function wordsOf<C extends CauseCode>(_cause: C, _facts: Facts[C], _confidence: Confidence): { title: string; evidence: readonly string[]; fix: string } {
  return { title: "", evidence: [], fix: "" };
}
