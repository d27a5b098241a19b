import type { Report } from "@assay/diagnosis";
import { CodeName } from "./code-name.tsx";

/** The verdict in one sentence. */
export function VerdictLine({ report }: { readonly report: Report }) {
  const { outcome, verdict, reason } = report;
  return (
    <div className={`verdict verdict-${outcome}`}>
      <h2>{verdict}</h2>
      {reason && <CodeName code={reason} />}
    </div>
  );
}
