import type { Answer } from "../worker/question.ts";
import { Causes } from "./causes.tsx";
import { CLAIM_MEANINGS, HEADER_MEANINGS } from "./meanings.ts";
import { Members } from "./members.tsx";
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
  return (
    <>
      <VerdictLine answer={answer} />
      {"report" in answer && (
        <>
          <Strip report={answer.report} />
          <Causes report={answer.report} />
          <TimeLine marks={answer.report.timeline} />
          {answer.token.header && (
            <Members
              title={answer.token.trusted ? "Header" : "Header, not trusted"}
              members={answer.token.header}
              meanings={HEADER_MEANINGS}
              remarks={headerRemarks(answer.report)}
              open={wide}
            />
          )}
          {answer.token.claims && (
            <Members
              title={answer.token.trusted ? "Claims" : "Claims, not trusted"}
              members={answer.token.claims}
              meanings={CLAIM_MEANINGS}
              remarks={claimRemarks(answer.report)}
              open={wide}
            />
          )}
        </>
      )}
    </>
  );
}
