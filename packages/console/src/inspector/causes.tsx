import type { Report } from "@assay/diagnosis";

type CauseReport = Report["causes"][number];

/** The best cause in full, the others folded, and what would tell more. */
export function Causes({ report: { causes, needs } }: { readonly report: Report }) {
  const [first, ...others] = causes;
  return (
    <>
      {first && <CauseCard cause={first} />}
      {others.length > 0 && (
        <details className="others">
          <summary>{others.length === 1 ? "One more possible cause" : `${others.length} more possible causes`}</summary>
          {others.map((cause) => (
            <CauseCard key={cause.code} cause={cause} />
          ))}
        </details>
      )}
      {needs.length > 0 && (
        <section className="needs" aria-label="What would tell more">
          <h3>What would tell more</h3>
          <ul>
            {needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function CauseCard({ cause: { code, label, title, who, fix, evidence } }: { readonly cause: CauseReport }) {
  return (
    <dl className="cause">
      <dt>{label}</dt>
      <dd>
        <strong>{title}</strong> <code className="code">{code}</code>
      </dd>
      <dt>Who</dt>
      <dd>{who}</dd>
      <dt>Do</dt>
      <dd>{fix}</dd>
      {evidence.length > 0 && (
        <>
          <dt>Evidence</dt>
          <dd>
            <ul>
              {evidence.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}
