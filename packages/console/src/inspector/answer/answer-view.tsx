import { report } from "@assay/diagnosis";
import { useMemo } from "react";
import { useLanguage } from "../../language/language-context.tsx";
import type { Answer, Judged } from "../worker/question.ts";
import { Causes } from "./causes.tsx";
import { CopyAnswer } from "./copy-answer.tsx";
import { Members } from "./members.tsx";
import { NotJudgedLine } from "./not-judged-line.tsx";
import { claimRemarks, headerRemarks } from "./remarks.ts";
import { Strip } from "./strip.tsx";
import { TimeLine } from "./time-line.tsx";
import { VerdictLine } from "./verdict-line.tsx";

interface Props {
  readonly answer: Answer;
  /** On a wide screen everything is open; on a phone the rest is folded. */
  readonly wide: boolean;
}

/** The answer: verdict, strip, cause, time, and what the token says. */
export function AnswerView({ answer, wide }: Props) {
  return "error" in answer ? (
    <NotJudgedLine answer={answer} />
  ) : (
    <JudgedView judged={answer} wide={wide} />
  );
}

function JudgedView({ judged, wide }: { judged: Judged; wide: boolean }) {
  const { texts, diagnosis: language } = useLanguage();
  const { diagnosis, now } = judged;
  const said = useMemo(
    () => report(diagnosis, now / 1000, language),
    [diagnosis, now, language],
  );
  const { token } = diagnosis;
  const { answer, meanings, odd } = texts;
  const titled = (title: string): string =>
    token.trusted ? title : answer.notTrusted(title);
  return (
    <>
      <VerdictLine report={said} />
      <Strip report={said} judged={judged} />
      <Causes report={said} />
      <CopyAnswer judged={judged} />
      <TimeLine marks={said.timeline} />
      {token.header && (
        <Members
          name={answer.header}
          title={titled(answer.header)}
          members={token.header}
          meanings={meanings.header}
          remarks={headerRemarks(said, token.header, odd)}
          open={wide}
        />
      )}
      {token.claims && (
        <Members
          name={answer.claims}
          title={titled(answer.claims)}
          members={token.claims}
          meanings={meanings.claims}
          remarks={claimRemarks(said, token.claims, now / 1000, odd, language)}
          open={wide}
        />
      )}
    </>
  );
}
