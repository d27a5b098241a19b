import type { Report } from "@assay/diagnosis";

/** Nine cells, one a step. Shape and word say the same as the colour; the first that refused is filled. */
export function Strip({ report }: { readonly report: Report }) {
  return (
    <>
      <ol className="strip" aria-label="The nine checks">
        {report.strip.map(({ step, sign, word, note, decisive }) => (
          <li key={step} className={`cell cell-${word.replace(" ", "-")}${decisive ? " cell-decisive" : ""}`} title={note ?? word}>
            <span className="cell-step">{step}</span>
            <span className="cell-sign" aria-hidden="true">
              {sign}
            </span>
            <span className="cell-word">{word}</span>
          </li>
        ))}
      </ol>
      {report.findings.length > 0 && (
        <ul className="findings">
          {report.findings.map(({ cell, sentence, reason }, i) => (
            <li key={`${reason} ${i}`}>
              <span className="finding-step">
                {cell.sign} {cell.step}
              </span>{" "}
              {sentence} <code className="code">{reason}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
