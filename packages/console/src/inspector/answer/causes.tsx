import type { CauseReport, Report } from "@assay/diagnosis";
import { useLanguage } from "../../language/language-context.tsx";
import { CodeName } from "./code-name.tsx";

/** The best cause in full, the others folded, and what would tell more. */
export function Causes({ report }: { readonly report: Report }) {
  const { texts, diagnosis } = useLanguage();
  const [first, ...others] = report.causes;
  return (
    <>
      {first && <Cause cause={first} />}
      {others.length > 0 && (
        <details className="others">
          <summary>{texts.answer.others(others.length)}</summary>
          {others.map((cause) => (
            <Cause key={cause.code} cause={cause} />
          ))}
        </details>
      )}
      {report.needs.length > 0 && (
        <dl className="cause">
          <dt>{diagnosis.labels.toKnowMore}</dt>
          {report.needs.map((need) => (
            <dd key={need}>{need}</dd>
          ))}
        </dl>
      )}
    </>
  );
}

function Cause({ cause }: { readonly cause: CauseReport }) {
  const { labels } = useLanguage().diagnosis;
  const { code, label, certainty, title, who, fix, evidence } = cause;
  return (
    <dl className="cause" data-cause={code} data-certainty={certainty}>
      <dt>{label}</dt>
      <dd>
        <strong>{title}</strong> <CodeName code={code} />
      </dd>
      <dt>{labels.who}</dt>
      <dd>{who}</dd>
      <dt>{labels.do}</dt>
      <dd>{fix}</dd>
      {evidence.length > 0 && <dt>{labels.evidence}</dt>}
      {evidence.map((sentence) => (
        <dd key={sentence}>{sentence}</dd>
      ))}
    </dl>
  );
}
