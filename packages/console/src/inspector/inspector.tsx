import { readPasted } from "@assay/diagnosis";
import { useEffect, useMemo, useState } from "react";
import { Causes } from "./causes.tsx";
import { ExpectationsForm } from "./expectations-form.tsx";
import { clockOf, NOTHING_EXPECTED, policyOf } from "./expectations.ts";
import { Members } from "./members.tsx";
import { Strip } from "./strip.tsx";
import { TimeLine } from "./time-line.tsx";
import { useDiagnosis } from "./use-diagnosis.ts";
import { VerdictLine } from "./verdict-line.tsx";

const MINUTE = 60_000;

/** The first screen: paste on the left, the answer on the right; on a phone the answer comes first. */
export function Inspector() {
  const [text, setText] = useState("");
  const [form, setForm] = useState(NOTHING_EXPECTED);
  const [machine, setMachine] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setMachine(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  const now = clockOf(form) ?? machine;
  const { policy, keysProblem } = useMemo(() => policyOf(form), [form]);
  const inquiry = useMemo(() => (text.trim() === "" ? null : merge(text, policy)), [text, policy]);
  const answer = useDiagnosis(inquiry, now);
  const diagnosis = answer?.diagnosis ?? null;

  return (
    <main className="inspector">
      <header className="masthead">
        <h1>Why is my token invalid?</h1>
        <p>Everything happens in this page. Nothing you paste is sent anywhere.</p>
      </header>
      <section className="ask" aria-label="What you have">
        <label className="paste" htmlFor="paste">
          What did you get?
        </label>
        <textarea
          id="paste"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMachine(Date.now());
          }}
          placeholder="Paste a token, a header, a curl command or an HTTP message."
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          rows={9}
        />
        <ExpectationsForm form={form} onChange={setForm} claims={diagnosis?.token.claims ?? null} keysProblem={keysProblem} />
      </section>
      <section className="answer" aria-label="The answer">
        <VerdictLine answer={answer} />
        {answer?.report && (
          <>
            <Strip report={answer.report} />
            <Causes report={answer.report} />
            <TimeLine marks={answer.report.timeline} />
            <Members title="Header" members={answer.diagnosis.token.header} />
            <Members title="Claims" members={answer.diagnosis.token.claims} />
          </>
        )}
      </section>
    </main>
  );
}

/** What was pasted, judged by the form; an inquiry that brings a policy of its own keeps it where the form says nothing. */
function merge(text: string, policy: ReturnType<typeof policyOf>["policy"]) {
  const { inquiry } = readPasted(text);
  return { ...inquiry, policy: { ...inquiry.policy, ...policy } };
}
