import type { Report } from "@assay/diagnosis";
import { CodeName } from "./code-name.tsx";

/** The verdict in one sentence. What follows it is read out with it when it changes. */
export function VerdictLine({ report }: { readonly report: Report }) {
  const { outcome, verdict, reason, causes } = report;
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
