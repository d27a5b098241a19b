/** A page's text as lines for a terminal. */
import { rowLines } from "@assay/diagnosis";
import { lexer, type Token, type Tokens } from "marked";
import { leadsOut } from "./links.ts";
import type { Page } from "./page.ts";

/** The body as lines of at most `width` columns; a block of code keeps its own. */
export function pageLines(page: Page, width: number): readonly string[] {
  return blocks(lexer(page.body), width);
}

function blocks(tokens: readonly Token[], width: number): string[] {
  const parts = tokens
    .filter(({ type }) => type !== "space" && type !== "def")
    .map((token) => blockLines(token as Tokens.Generic, width));
  return parts.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

function blockLines(token: Tokens.Generic, width: number): string[] {
  switch (token.type) {
    case "list":
      return listLines(token as Tokens.List, width);
    case "code":
      return String(token["text"])
        .split("\n")
        .map((line) => `    ${line}`);
    case "table":
      return tableLines(token as Tokens.Table, width);
    default:
      return wrapped(inline(token.tokens ?? []), width);
  }
}

/** The numbers of a list stay: the text may speak of them. */
function listLines(
  { items, ordered, start }: Tokens.List,
  width: number,
): string[] {
  return items.flatMap(({ tokens }, i) => {
    const mark = ordered ? `${Number(start) + i}. ` : "- ";
    return hung(mark, blocks(tokens, width - mark.length));
  });
}

/** A row is an item, under the line of the headings, where these say something. */
function tableLines({ header, rows }: Tokens.Table, width: number): string[] {
  const row = (cells: readonly Tokens.TableCell[]): string =>
    cells.map(({ tokens }) => inline(tokens)).join(": ");
  const headings = header.filter(({ text }) => text !== "");
  return [
    ...(headings.length === 0 ? [] : wrapped(row(headings), width)),
    ...rows.flatMap((cells) => hung("- ", wrapped(row(cells), width - 2))),
  ];
}

const hung = (mark: string, lines: readonly string[]): string[] =>
  lines.map((line, i) =>
    i === 0 ? mark + line : line === "" ? "" : " ".repeat(mark.length) + line,
  );

const wrapped = (text: string, width: number): string[] =>
  rowLines({ label: "", text }, width, 0);

/** Words without marks. Of a link that leads out of the handbook, the address too. */
function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      const { type, tokens: inner, text, href } = token as Tokens.Generic;
      if (type === "br") return " ";
      const words = inner
        ? inline(inner)
        : // In code an entity is itself.
          type === "codespan"
          ? String(text)
          : unescaped(String(text));
      return type === "link" && leadsOut(String(href)) && words !== href
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
