import type { Report } from "@assay/diagnosis";
import { useLanguage } from "../../language/language-context.tsx";
import type { JudgedText } from "../worker/use-answer.ts";
import { Causes } from "./causes.tsx";
import { CopyAnswer } from "./copy-answer.tsx";
import { Members } from "./members.tsx";
import { claimRemarks, headerRemarks } from "./remarks.ts";
import { Strip } from "./strip.tsx";
import { TimeLine } from "./time-line.tsx";
import { VerdictLine } from "./verdict-line.tsx";

interface Props {
  readonly judged: JudgedText;
  readonly said: Report;
  readonly wide: boolean;
}

/** The answer: verdict, strip, cause, time, and what the token says. */
export function AnswerView({ judged, said, wide }: Props) {
  const { texts, diagnosis: language } = useLanguage();
  const { answer, meanings, odd } = texts;
  const { token } = judged.diagnosis;
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
          remarks={claimRemarks(
            said,
            token.claims,
            judged.now / 1000,
            odd,
            language,
          )}
          open={wide}
        />
      )}
    </>
  );
}
