import { report } from "@assay/diagnosis";
import { useMemo, type ReactNode } from "react";
import { useLanguage } from "../../language/language-context.tsx";
import type { Answered } from "../worker/use-answer.ts";
import { AnswerView } from "./answer-view.tsx";
import { NotJudgedLine } from "./not-judged-line.tsx";

interface Props {
  readonly answer: Answered | null;
  /** On a wide screen everything is open; on a phone the rest is folded. */
  readonly wide?: boolean;
  /** What stands there while there is no answer. */
  readonly children?: ReactNode;
}

/**
 * The right half of the page. What is read out is there from the start, and says verdict and cause alone: what changes with the clock would
 * interrupt whoever listens.
 */
export function AnswerSection({ answer, wide = true, children }: Props) {
  const { texts, diagnosis: language } = useLanguage();
  const judged = answer && "diagnosis" in answer ? answer : null;
  const said = useMemo(
    () => judged && report(judged.diagnosis, judged.now / 1000, language),
    [judged, language],
  );
  const cause = said?.causes[0];
  return (
    <section className="answer" aria-label={texts.answer.label} tabIndex={-1}>
      <p className="unseen" role="status">
        {said?.verdict} {cause && `${cause.label}: ${cause.title}`}
      </p>
      {answer && "error" in answer && <NotJudgedLine answer={answer} />}
      {judged && said && <AnswerView judged={judged} said={said} wide={wide} />}
      {answer === null && children}
    </section>
  );
}
