import { CodeName } from "../../code-name.tsx";
import type { Answer } from "../worker/question.ts";

/** The verdict in one sentence. What follows it is read out with it when it changes. */
export function VerdictLine({ answer }: { readonly answer: Answer }) {
  if ("error" in answer) {
    return (
      <p className="verdict" role="alert">
        This cannot be judged: {answer.error}.
      </p>
    );
  }
  const { outcome, verdict, reason, causes } = answer.report;
  return (
    <div className={`verdict verdict-${outcome}`}>
      <div role="status" aria-live="polite" aria-atomic="true">
        <h2>{verdict}</h2>
        {causes[0] && (
          <span className="unseen">
            {causes[0].label}: {causes[0].title}
          </span>
        )}
      </div>
      {reason && <CodeName code={reason} />}
    </div>
  );
}
