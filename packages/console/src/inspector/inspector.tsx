import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ThemeSwitch } from "../theme-switch.tsx";
import { AnswerView } from "./answer/answer-view.tsx";
import { NothingYet } from "./answer/nothing-yet.tsx";
import { EXAMPLE } from "./example.ts";
import { ExpectationsForm } from "./expectations/expectations-form.tsx";
import { demandedBy, NOTHING_EXPECTED } from "./expectations/expectations.ts";
import { suppositions } from "./expectations/guesses.ts";
import { FORM_NAMES } from "./paste/form-names.ts";
import { PasteBox } from "./paste/paste-box.tsx";
import { useAnswer } from "./worker/use-answer.ts";

/** How often the same text is judged again by a clock that goes on, in milliseconds. */
const EVERY = 30_000;

/** The first screen: what somebody has on the left, the answer on the right. On a phone the answer comes first. */
export function Inspector() {
  const [text, setText] = useState("");
  const [loaded, setLoaded] = useState({ text: "" });
  const [form, setForm] = useState(NOTHING_EXPECTED);
  const demanded = useMemo(() => demandedBy(form), [form]);
  const round = useRounds();
  const { policy, now } = demanded;
  const question = useMemo(
    () => (text.trim() === "" ? null : { text, policy, now, round }),
    [text, policy, now, round],
  );
  const answer = useAnswer(question);
  const judged = answer && "report" in answer ? answer : null;
  const supposed = useMemo(
    () => (judged ? suppositions(judged) : {}),
    [judged],
  );
  const wide = useMediaQuery("(min-width: 60em)", true, {
    getInitialValueInEffect: false,
  });
  const showExample = useCallback(() => {
    setLoaded({ text: EXAMPLE.text });
    setForm({ ...NOTHING_EXPECTED, ...EXAMPLE.form });
  }, []);
  const clear = useCallback(() => {
    setLoaded({ text: "" });
    setForm(NOTHING_EXPECTED);
  }, []);

  return (
    <>
      <header className="masthead">
        <h1>
          Assay <span className="quiet">Why is my token invalid?</span>
        </h1>
        <ThemeSwitch />
      </header>
      <main className={answer ? "inspector answered" : "inspector"}>
        <section className="ask" aria-labelledby="ask">
          <div className="heading">
            <h2 id="ask">What did you get?</h2>
            {text !== "" && (
              <button
                type="button"
                className="word-button small"
                onClick={clear}
              >
                Clear
              </button>
            )}
          </div>
          <PasteBox
            label="What did you get?"
            loaded={loaded}
            onChange={setText}
          />
          <p className="quiet small below">
            {judged && `Read as ${FORM_NAMES[judged.form]}. `}
            Nothing is sent: all of it is judged in this page, whose policy
            forbids every connection.
          </p>
          <details className="expect" open={wide}>
            <summary>What does the API expect?</summary>
            <ExpectationsForm
              form={form}
              onChange={setForm}
              demanded={demanded}
              supposed={supposed}
            />
          </details>
        </section>
        <section className="answer" aria-label="Answer">
          {answer ? (
            <AnswerView answer={answer} wide={wide} />
          ) : (
            <NothingYet onExample={showExample} />
          )}
        </section>
      </main>
    </>
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
