import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import { useTexts } from "../language/language-context.tsx";
import { SERVED } from "../served.ts";
import { AnswerSection } from "./answer/answer-section.tsx";
import { NothingYet } from "./answer/nothing-yet.tsx";
import { ExpectationsForm } from "./expectations/expectations-form.tsx";
import { suppositions } from "./expectations/guesses.ts";
import { PasteBox } from "./paste/paste-box.tsx";
import { SampleMenu } from "./samples/sample-menu.tsx";
import type { Asking } from "./use-asking.ts";
import { useAnswer } from "./worker/use-answer.ts";

/** How often the same text is judged again by a clock that goes on, in milliseconds. */
const EVERY = 30_000;

/** The first screen: what somebody has on the left, the answer on the right. On a phone the answer comes first. */
export function Inspector({ asking }: { readonly asking: Asking }) {
  const { paste, expect } = useTexts();
  const { text, setText, loaded, form, setForm, demanded } = asking;
  const round = useRounds();
  const { policy, now } = demanded;
  const question = useMemo(
    () => (text.trim() === "" ? null : { text, policy, now, round }),
    [text, policy, now, round],
  );
  const answer = useAnswer(question);
  const judged = answer && "diagnosis" in answer ? answer : null;
  const supposed = useMemo(
    () => (judged ? suppositions(judged) : {}),
    [judged],
  );
  const wide = useMediaQuery("(min-width: 60em)", true, {
    getInitialValueInEffect: false,
  });

  return (
    <main className={answer ? "inspector answered" : "inspector"}>
      <section className="ask" aria-labelledby="ask">
        <div className="heading">
          <h2 id="ask">{paste.label}</h2>
          {text !== "" && (
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
          initial={text}
          loaded={loaded}
          onChange={setText}
          focused
        />
        <p className="quiet small below">
          {judged && `${paste.readAs(paste.forms[judged.form])} `}
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
        <NothingYet />
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
