import type { Language } from "../explain.ts";
import { rowLines, type Row } from "./columns.ts";
import type { CauseReport, Cell, Report } from "./report.ts";

export interface TerminalStyle {
  /** Columns; Infinity: nothing is wrapped. */
  readonly width: number;
  /** Colour, for the three verdicts only. */
  readonly colour: boolean;
}

type Labels = Language["labels"];

const COLOURS = { accepted: 32, rejected: 31, undecided: 33 };
const GAP = " ";

/** The report as lines: verdict, strip, cause, who, do, evidence, other causes, needs, time. */
export function renderTerminal(
  report: Report,
  labels: Labels,
  { width, colour }: TerminalStyle,
): string {
  const paint = (code: number | string, text: string): string =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  const rows = (list: readonly Row[]): string[] =>
    list.flatMap((row) => faintCode(rowLines(row, width), row.code));
  const faintCode = (
    lines: string[],
    code: string | null | undefined,
  ): string[] =>
    code
      ? lines.map((line, i) =>
          i === lines.length - 1 && line.endsWith(code)
            ? line.slice(0, -code.length) + paint(2, code)
            : line,
        )
      : lines;
  const verdict = faintCode(
    rowLines(
      { label: "", text: report.verdict, code: report.reason },
      width,
      0,
    ),
    report.reason,
  );
  const word = /^[^:]+/.exec(report.verdict)?.[0] ?? "";
  verdict[0] = (verdict[0] ?? "").replace(
    word,
    paint(`1;${COLOURS[report.outcome]}`, word),
  );
  const filled = (text: string): string =>
    paint(`7;${COLOURS[report.outcome]}`, text);
  const blocks = [
    verdict,
    strip(report.strip, width, filled),
    rows(
      report.findings.map(({ cell, sentence, reason }) => ({
        label: `${cell.sign} ${cell.step}`,
        text: sentence,
        code: reason === report.reason ? null : reason,
      })),
    ),
    rows(
      report.causes.slice(0, 1).flatMap((cause) => firstCause(cause, labels)),
    ),
    rows(report.causes.slice(1).map(otherCause)),
    rows(labelled(labels.toKnowMore, report.needs)),
    rows(labelled(labels.time, timeLines(report))),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const firstCause = (
  { code, label, title, who, fix, evidence }: CauseReport,
  labels: Labels,
): Row[] => [
  { label, text: title, code },
  { label: labels.who, text: who },
  { label: labels.do, text: fix },
  ...labelled(labels.evidence, evidence),
];

const otherCause = ({ code, label, title }: CauseReport): Row => ({
  label,
  text: title,
  code,
});

/** The label stands before the first line alone. */
const labelled = (label: string, texts: readonly string[]): Row[] =>
  texts.map((text, i) => ({ label: i === 0 ? label : "", text }));

function timeLines({ timeline }: Report): string[] {
  return timeline.map(({ what, words, moment }) =>
    what === words ? `${what} ${moment}` : `${words} (${what} ${moment})`,
  );
}

/** Nine cells side by side; where they do not fit, a list of sign and name. */
function strip(
  cells: readonly Cell[],
  width: number,
  filled: (text: string) => string,
): string[] {
  const sign = (cell: Cell, text: string): string =>
    cell.decisive ? filled(text) : text;
  const needed = cells.reduce(
    (sum, { step }) => sum + step.length + GAP.length,
    -GAP.length,
  );
  if (width === Infinity || needed > width) {
    const words = cells.map((cell) => `${cell.sign} ${cell.step}`);
    return rowLines(
      {
        label: "",
        text: words.map((word) => word.replace(" ", "\u00a0")).join(" "),
      },
      width,
      0,
    ).map((line) => line.replaceAll("\u00a0", " "));
  }
  const gap = " ".repeat(needed + 8 <= width ? 2 : 1);
  const signs = cells.map((cell) => {
    const before = Math.floor((cell.step.length - 3) / 2);
    return (
      " ".repeat(before) +
      sign(cell, ` ${cell.sign} `) +
      " ".repeat(cell.step.length - 3 - before)
    );
  });
  return [cells.map(({ step }) => step).join(gap), signs.join(gap).trimEnd()];
}
