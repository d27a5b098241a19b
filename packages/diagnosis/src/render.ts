/** One answer, four forms: for a terminal, for a page, and as plain text or Markdown for a message or an issue. */
import type { Diagnosis } from "./diagnosis.ts";
import { renderHtml, type HtmlStyle } from "./render/html.ts";
import { report } from "./render/report.ts";
import { ENGLISH, type Language } from "./explain.ts";
import { renderMarkdown } from "./render/markdown.ts";
import { renderTerminal } from "./render/terminal.ts";

export {
  report,
  type CauseReport,
  type Cell,
  type Report,
} from "./render/report.ts";
export { escapeHtml } from "./render/escape-html.ts";
export { rowLines, type Row } from "./render/columns.ts";
export { timeline, type Mark } from "./render/timeline.ts";

export interface RenderOptions extends HtmlStyle {
  /** The verifier's clock in seconds since the epoch; without it no distances in time are said. */
  readonly now?: number;
  /** Default English. */
  readonly language?: Language;
  /** Columns of the terminal. Default 80. */
  readonly width?: number;
  /** Colour on the terminal, for the three verdicts. Default false. */
  readonly colour?: boolean;
}

/** Says a diagnosis: verdict first, then the strip, the cause with its certainty, who must act, what to do, and the evidence. */
export function render(
  diagnosis: Diagnosis,
  form: "terminal" | "html" | "markdown" | "text",
  options: RenderOptions = {},
): string {
  const { now = null, language = ENGLISH } = options;
  const said = report(diagnosis, now, language);
  const { labels } = language;
  switch (form) {
    case "terminal":
      return renderTerminal(said, labels, {
        width: options.width ?? 80,
        colour: options.colour ?? false,
      });
    case "html":
      return renderHtml(said, labels, options);
    case "markdown":
      return renderMarkdown(said, labels, options);
    case "text":
      return renderTerminal(said, labels, { width: Infinity, colour: false });
  }
}
