/** A page's text as lines for a terminal. */
import { rowLines } from "@assay/diagnosis";
import { lexer, type Token, type Tokens } from "marked";
import type { Page } from "./page.ts";

/** The body as lines of at most `width` columns; a block of code keeps its own. */
export function pageLines(page: Page, width: number): readonly string[] {
  return blocks(lexer(page.body), width);
}

function blocks(tokens: readonly Token[], width: number): string[] {
  const parts = tokens
    .filter(({ type }) => type !== "space")
    .map((token) => blockLines(token as Tokens.Generic, width));
  return parts.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

function blockLines(token: Tokens.Generic, width: number): string[] {
  switch (token.type) {
    case "list":
      return (token as Tokens.List).items.flatMap((item) =>
        hung("- ", blocks(item.tokens, width - 2)),
      );
    case "code":
      return String(token["text"])
        .split("\n")
        .map((line) => `    ${line}`);
    case "table":
      return (token as Tokens.Table).rows.flatMap((cells) =>
        hung(
          "- ",
          wrapped(
            cells.map(({ tokens }) => inline(tokens)).join(": "),
            width - 2,
          ),
        ),
      );
    default:
      return wrapped(inline(token.tokens ?? []), width);
  }
}

const hung = (mark: string, lines: readonly string[]): string[] =>
  lines.map((line, i) =>
    i === 0 ? mark + line : line === "" ? "" : `  ${line}`,
  );

const wrapped = (text: string, width: number): string[] =>
  rowLines({ label: "", text }, width, 0);

/** Words without marks. Of a link that leads out of the handbook, the address too. */
function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      const { type, tokens: inner, text, href } = token as Tokens.Generic;
      if (type === "br") return " ";
      const words = inner ? inline(inner) : unescaped(String(text));
      return type === "link" && /^https?:/.test(String(href))
        ? `${words} ${String(href)}`
        : words;
    })
    .join("")
    .replace(/\s+/g, " ");
}

const unescaped = (text: string): string =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
