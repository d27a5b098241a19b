import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import { useTexts } from "../language/language-context.tsx";
import { SERVED } from "../served.ts";
import { AnswerSection } from "./answer/answer-section.tsx";
import { NothingYet } from "./answer/nothing-yet.tsx";
import { ExpectationsForm } from "./expectations/expectations-form.tsx";
import { suppositions } from "./expectations/guesses.ts";
import { CaptureChoice } from "./paste/capture-choice.tsx";
import { PasteBox } from "./paste/paste-box.tsx";
import { SampleMenu } from "./samples/sample-menu.tsx";
import type { Asking } from "./use-asking.ts";
import { isEmpty } from "./worker/pasted-text.ts";
import { useAnswer } from "./worker/use-answer.ts";

/** How often the same text is judged again by a clock that goes on, in milliseconds. */
const EVERY = 30_000;

/** The first screen: what somebody has on the left, the answer on the right. On a phone the answer comes first. */
export function Inspector({ asking }: { readonly asking: Asking }) {
  const { paste, expect } = useTexts();
  const { text, request, setText, loaded, form, setForm, demanded } = asking;
  const round = useRounds();
  const { policy, now } = demanded;
  const question = useMemo(
    () => (isEmpty(text) ? null : { text, request, policy, now, round }),
    [text, request, policy, now, round],
  );
  const newest = useAnswer(question);
  // While one types, the last answer stays; beside a file it would be that of another text.
  const answer =
    typeof text === "string" || newest?.asked === text ? newest : null;
  const judged = answer && "diagnosis" in answer ? answer : null;
  const supposed = useMemo(
    () => (judged ? suppositions(judged) : {}),
    [judged],
  );
  const readAs = judged && paste.readAs(paste.forms[judged.form]);
  const wide = useMediaQuery("(min-width: 60em)", true, {
    getInitialValueInEffect: false,
  });

  return (
    <main className={answer ? "inspector answered" : "inspector"}>
      <section className="ask" aria-labelledby="ask">
        <div className="heading">
          <h2 id="ask">{paste.label}</h2>
          {typeof text === "string" && text !== "" && (
            <button
              type="button"
              className="word-button small"
              onClick={asking.clear}
            >
              {paste.clear}
            </button>
          )}
          <SampleMenu shown={asking.sample} onChoose={asking.show} />
        </div>
        <PasteBox
          label={paste.label}
          hint={paste.hint}
          text={text}
          loaded={loaded}
          onChange={setText}
          onOpen={asking.take}
          onRemove={asking.clear}
          readAs={readAs}
          focused
        />
        {judged?.capture && (
          <CaptureChoice
            capture={judged.capture}
            onChoose={asking.chooseRequest}
          />
        )}
        <p className="quiet small below">
          {typeof text === "string" && readAs && `${readAs} `}
          {paste.nothingSent}{" "}
          {SERVED && (
            <a href="/inspector.html" download="assay-inspector.html">
              {paste.download}
            </a>
          )}
        </p>
        <details className="expect" open={wide}>
          <summary>{expect.title}</summary>
          <ExpectationsForm
            form={form}
            onChange={setForm}
            demanded={demanded}
            supposed={supposed}
          />
        </details>
      </section>
      <AnswerSection answer={answer} wide={wide}>
        {isEmpty(text) ? (
          <NothingYet />
        ) : (
          <p className="nothing-yet" role="status">
            {paste.reading}
          </p>
        )}
      </AnswerSection>
    </main>
  );
}

function useRounds(): number {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound((count) => count + 1), EVERY);
    return () => clearInterval(timer);
  }, []);
  return round;
}
