import type { Language } from "../explain.ts";
import { escapeHtml as escape } from "./escape-html.ts";
import type { CauseReport, Report } from "./report.ts";

export interface HtmlStyle {
  /** The address of the page of a reason or cause. Default: codes are no links. */
  readonly link?: (code: string) => string;
}

/** The report as a fragment of HTML, without style or script. All text is escaped. */
export function renderHtml(
  report: Report,
  labels: Language["labels"],
  { link }: HtmlStyle,
): string {
  const code = (name: string | null): string => {
    if (name === null) return "";
    const text = `<code>${escape(name)}</code>`;
    return ` <small>${link ? `<a href="${escape(link(name))}">${text}</a>` : text}</small>`;
  };
  const [first, ...others] = report.causes;
  const entries = [
    ...(first ? firstCause(first, labels, code) : []),
    ...others.map((cause) =>
      entry(cause.label, [escape(cause.title) + code(cause.code)]),
    ),
    entry(labels.toKnowMore, report.needs.map(escape)),
    entry(
      labels.time,
      report.timeline.map(
        ({ words, moment, what }) =>
          `${escape(words)} <time title="${escape(moment)}">(${what} ${escape(moment)})</time>`,
      ),
    ),
  ];
  return [
    `<article class="diagnosis" data-outcome="${report.outcome}">`,
    `<h2>${escape(report.verdict)}${code(report.reason)}</h2>`,
    `<ol class="strip">${report.strip.map(cell).join("")}</ol>`,
    list(
      "findings",
      report.findings.map(
        ({ cell, sentence, reason }) =>
          `<b>${cell.step}</b> ${escape(sentence)}${code(reason)}`,
      ),
    ),
    `<dl>${entries.join("")}</dl>`,
    "</article>",
  ].join("");
}

function firstCause(
  { label, title, who, fix, evidence, code: name }: CauseReport,
  labels: Language["labels"],
  code: (name: string) => string,
): string[] {
  return [
    entry(label, [escape(title) + code(name)]),
    entry(labels.who, [escape(who)]),
    entry(labels.do, [escape(fix)]),
    entry(labels.evidence, evidence.map(escape)),
  ];
}

const cell = ({
  step,
  sign,
  state,
  word,
  note,
  decisive,
}: Report["strip"][number]): string =>
  `<li data-outcome="${state}"${decisive ? ' aria-current="step"' : ""}${note === null ? "" : ` title="${escape(note)}"`}>` +
  `<span aria-hidden="true">${sign}</span> ${step} <span class="word">${escape(word)}</span></li>`;

const entry = (label: string, texts: readonly string[]): string =>
  texts.length === 0
    ? ""
    : `<dt>${escape(label)}</dt>${texts.map((text) => `<dd>${text}</dd>`).join("")}`;

const list = (name: string, items: readonly string[]): string =>
  items.length === 0
    ? ""
    : `<ul class="${name}">${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
