/** What is searched: of each page its code, its title, the messages and settings it names, and its text. */
import { lexer, walkTokens, type Token } from "marked";
import type { Handbook } from "../handbook.ts";
import { definitionOf } from "../introduction.ts";
import type { Page } from "../page.ts";

export interface SearchEntry {
  /** The page's address. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly definition: string;
  /** What stands in the page as code: messages, settings, claims. */
  readonly terms: string;
  readonly text: string;
}

export const searchEntries = ({ pages }: Handbook): readonly SearchEntry[] =>
  pages.map(entryOf);

function entryOf({ address, name, title, body }: Page): SearchEntry {
  const terms = new Set<string>();
  const words: string[] = [];
  void walkTokens(
    lexer(body.replace(/^## Sources$[^]*/m, "")),
    (token: Token) => {
      if (token.type === "codespan") terms.add(String(token.text));
      else if (token.type === "text" && !("tokens" in token && token.tokens))
        words.push(String(token.text));
    },
  );
  return {
    id: address,
    name,
    title,
    definition: definitionOf(name) ?? "",
    terms: [...terms].join(" · "),
    text: words.join(" ").replace(/\s+/g, " "),
  };
}
