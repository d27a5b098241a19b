import { lexer, type Token, type Tokens } from "marked";
import type { Page } from "./page.ts";

/** The request and answer that a page brings as its own example: the first block of code under "Example". null: it has none. */
export function exampleBlock({ body }: Page): string | null {
  const tokens = lexer(body);
  const start = tokens.findIndex(
    (token) => isSection(token) && token.text === "Example",
  );
  if (start < 0) return null;
  const section = tokens.slice(start + 1);
  const end = section.findIndex(isSection);
  const block = section
    .slice(0, end < 0 ? section.length : end)
    .find(({ type }) => type === "code");
  return block ? (block as Tokens.Code).text : null;
}

const isSection = (token: Token): token is Tokens.Heading =>
  token.type === "heading" && token.depth === 2;
