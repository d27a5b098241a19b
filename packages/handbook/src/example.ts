import { lexer } from "marked";
import type { Page } from "./page.ts";

/** The request and answer that a page brings as its own example: the first block of code under "Example". null: it has none. */
export function exampleBlock({ body }: Page): string | null {
  const [, section] = body.split(/^## Example$/m);
  const block = lexer(section ?? "").find(({ type }) => type === "code");
  return block?.type === "code" ? String(block.text) : null;
}
