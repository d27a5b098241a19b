import type { Answer } from "./question.ts";

/** The verdict in one sentence, read out when it changes. */
export function VerdictLine({ answer }: { readonly answer: Answer | null }) {
  const outcome = answer?.report?.outcome ?? "none";
  return (
    <div className={`verdict verdict-${outcome}`} role="status" aria-live="polite">
      {answer === null ? (
        <p className="quiet">The verdict appears here as you type: which check refuses, what went wrong, who must act and what to do.</p>
      ) : answer.error === null ? (
        <>
          <h2>{answer.report.verdict}</h2>
          {answer.report.reason && <code className="code">{answer.report.reason}</code>}
        </>
      ) : (
        <p>{answer.error}</p>
      )}
    </div>
  );
}
