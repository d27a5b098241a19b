/** The form of the words of one cause, and how a family of causes is typed: a cause without words does not compile. */
import type { CauseCode, Facts } from "../causes.ts";
import type { Confidence } from "../diagnosis.ts";

export interface CauseWords {
  /** What went wrong, in one sentence. */
  readonly title: string;
  /** What speaks for it: clauses in lower case, without a full stop. */
  readonly evidence: readonly string[];
  /** What to do, in one or two sentences to the one who must act. */
  readonly fix: string;
}

export type Tell<C extends CauseCode> = (
  facts: Facts[C],
  confidence: Confidence,
) => CauseWords;

/** All causes whose code begins with the family's name. */
export type Family<F extends string> = {
  readonly [C in Extract<CauseCode, `${F}.${string}`>]: Tell<C>;
};

/** Puts the words of a cause together; evidence that does not apply is left out. */
export function tell(
  title: string,
  evidence: readonly (string | null | false)[],
  fix: string,
): CauseWords {
  return {
    title,
    evidence: evidence.filter(
      (clause): clause is string => typeof clause === "string",
    ),
    fix,
  };
}
