import type { Language } from "../explain.ts";
import type { HtmlStyle } from "./html.ts";
import type { CauseReport, Report } from "./report.ts";

/** The report as Markdown, for an issue or a chat. Text of strangers is escaped, so that it can form no link, image or markup. */
export function renderMarkdown(
  report: Report,
  labels: Language["labels"],
  { link }: HtmlStyle,
): string {
  const code = (name: string): string =>
    link ? `[\`${name}\`](${link(name)})` : `\`${name}\``;
  const cause = ({ label, title, code: name }: CauseReport): string =>
    `**${label}:** ${escape(title)} ${code(name)}`;
  const [first, ...others] = report.causes;
  const rows: readonly (readonly string[])[] = [
    report.findings.map(
      ({ cell, sentence, reason }) =>
        `${cell.sign} **${cell.step}** ${escape(sentence)} ${code(reason)}`,
    ),
    first
      ? [
          cause(first),
          `**${labels.who}:** ${escape(first.who)}`,
          `**${labels.do}:** ${escape(first.fix)}`,
          ...labelled(labels.evidence, first.evidence),
        ]
      : [],
    others.map(cause),
    labelled(labels.toKnowMore, report.needs),
    labelled(
      labels.time,
      report.timeline.map(({ what, words, moment }) =>
        what === "now" ? `${words} ${moment}` : `${words} (${what} ${moment})`,
      ),
    ),
  ];
  return [
    `### ${escape(report.verdict)}${report.reason === null ? "" : ` ${code(report.reason)}`}`,
    table(report),
    ...rows
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.map((line) => `- ${line}`).join("\n")),
  ]
    .join("\n\n")
    .concat("\n");
}

const table = ({ strip }: Report): string =>
  [
    strip.map(({ step }) => step),
    strip.map(() => ":-:"),
    strip.map(({ sign, decisive }) => (decisive ? `**${sign}**` : sign)),
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

const labelled = (label: string, texts: readonly string[]): readonly string[] =>
  texts.map((text) => `**${label}:** ${escape(text)}`);

/**
 * CommonMark section 2.4: every ASCII punctuation character that could begin markup may be escaped; `://` would become a link by itself.
 * Threat: a claim that calls somebody into an issue, or writes to somebody. GitHub looks for mentions, numbers and e-mail addresses after it
 * has taken the escapes away (github/cmark-gfm#181), so that only a sign of no width between them keeps these apart.
 */
const escape = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>()#|~!&@$]/g, "\\$&")
    .replace(/\\@|\\#(?=\d)/g, (sign) => `${sign[1]}&#8203;`)
    .replace(/\bGH-(?=\d)/gi, "$&&#8203;")
    .replace(/(https?|ftp):\/\//gi, "$1\\://")
    .replace(/www\./gi, "www\\.");
