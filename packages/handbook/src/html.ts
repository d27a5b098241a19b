/** A page's text as HTML. */
import { escapeHtml } from "@assay/diagnosis";
import { Marked, type Token, type Tokens } from "marked";
import { linkedAddress } from "./links.ts";
import { PageError, type Page } from "./page.ts";

export interface HtmlPlaces {
  /** Where a page of the handbook is. */
  readonly page: (address: string) => string;
  /** The level of the page's sections: 2 under an h1. */
  readonly level: number;
}

/**
 * The body as HTML. Threat: markup out of a page would be markup of ours, so that raw HTML in a page is refused; and so is an image, which
 * would be fetched. Throws PageError.
 */
export function pageHtml(page: Page, { page: at, level }: HtmlPlaces): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const name = `h${Math.min(6, level + depth - 2)}`;
        return `<${name}>${this.parser.parseInline(tokens)}</${name}>\n`;
      },
      link({ href, tokens }: Tokens.Link): string {
        const address = linkedAddress(page, href);
        const text = this.parser.parseInline(tokens);
        return address === null
          ? `<a href="${escapeHtml(href)}" rel="noreferrer">${text}</a>`
          : `<a href="${escapeHtml(at(address))}">${text}</a>`;
      },
      table({ header, rows }: Tokens.Table): string {
        const cell = (
          { tokens }: Tokens.TableCell,
          name: "th" | "td",
        ): string => {
          const text = this.parser.parseInline(tokens);
          // A heading that says nothing is none.
          return name === "th" && text !== ""
            ? `<th scope="col">${text}</th>`
            : `<td>${text}</td>`;
        };
        const row = (cells: Tokens.TableCell[], name: "th" | "td"): string =>
          `<tr>${cells.map((one) => cell(one, name)).join("")}</tr>`;
        return (
          '<div class="scroll" tabindex="0" role="group" aria-label="Table">' +
          `<table><thead>${row(header, "th")}</thead>` +
          `<tbody>${rows.map((cells) => row(cells, "td")).join("")}</tbody></table></div>\n`
        );
      },
      code({ text }: Tokens.Code): string {
        return `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`;
      },
    },
  });
  // In two steps, because parse() would add words of its own to an error.
  const tokens = marked.lexer(page.body);
  void marked.walkTokens(tokens, (token) => refuseForeign(page, token));
  return marked.parser(tokens);
}

function refuseForeign({ address }: Page, { type, raw }: Token): void {
  if (type !== "html" && type !== "image") return;
  throw new PageError(
    `docs/${address}.md: expected Markdown without HTML and images, found ${JSON.stringify(raw.slice(0, 40))}`,
  );
}
