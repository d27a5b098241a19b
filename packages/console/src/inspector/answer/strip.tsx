import type { Cell, Report } from "@assay/diagnosis";
import { useId, useState } from "react";
import { useTexts } from "../../language/language-context.tsx";
import type { Judged } from "../worker/question.ts";
import { bothSides } from "./both-sides.ts";
import { CodeName } from "./code-name.tsx";

interface Props {
  readonly report: Report;
  readonly judged: Judged;
}

/**
 * Nine cells, one a step. Shape and word say the same as the colour; the first that decided against the token is filled. Below stands
 * what each failed or undecided step found, and whatever step one opens.
 */
export function Strip({ report, judged }: Props) {
  const { answer: words } = useTexts();
  const id = useId();
  const [open, setOpen] = useState<Cell["step"] | null>(null);
  const told = report.strip.filter(
    (cell) =>
      cell.step === open ||
      report.findings.some((found) => found.cell === cell),
  );
  return (
    <>
      <ol className="strip" aria-label={words.strip}>
        {report.strip.map((cell) => (
          <li key={cell.step}>
            <button
              type="button"
              className={classOf(cell)}
              title={words.steps[cell.step]}
              aria-expanded={cell.step === open}
              aria-controls={id}
              onClick={() => setOpen(open === cell.step ? null : cell.step)}
            >
              <span className="cell-step">{cell.step}</span>
              <span className="cell-sign" aria-hidden="true">
                {cell.sign}
              </span>
              <span className="cell-word">{cell.word}</span>
            </button>
          </li>
        ))}
      </ol>
      <ul id={id} className="steps">
        {told.map((cell) => (
          <li
            key={cell.step}
            className={cell.step === open ? "step step-open" : "step"}
          >
            <span className="step-name">
              <span aria-hidden="true">{cell.sign} </span>
              {cell.step}
            </span>
            <StepTold
              cell={cell}
              report={report}
              judged={judged}
              open={cell.step === open}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface ToldProps extends Props {
  readonly cell: Cell;
  readonly open: boolean;
}

function StepTold({ cell, report, judged, open }: ToldProps) {
  const texts = useTexts();
  const findings = report.findings.filter((found) => found.cell === cell);
  return (
    <div>
      {open && <p className="quiet small">{texts.answer.steps[cell.step]}</p>}
      {findings.map(({ sentence, reason }, i) => (
        <p key={`${reason} ${i}`}>
          {sentence} {reason !== report.reason && <CodeName code={reason} />}
        </p>
      ))}
      {findings.length === 0 && (
        <p>{cell.note === null ? cell.word : `${cell.word}: ${cell.note}`}</p>
      )}
      {open && <BothSides {...bothSides(cell.step, judged, texts)} />}
    </div>
  );
}

function BothSides({ expected, found }: { expected: string; found: string }) {
  const { answer: words } = useTexts();
  return (
    <dl className="sides small">
      <dt>{words.expected}</dt>
      <dd>{expected}</dd>
      <dt>{words.found}</dt>
      <dd>{found}</dd>
    </dl>
  );
}

const classOf = ({ state, decisive }: Cell): string =>
  `cell cell-${state}${decisive ? " cell-decisive" : ""}`;
