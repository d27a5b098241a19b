/** Links between pages: written as paths of files, so that they also work where the files are read. */
import { lexer, walkTokens, type Token } from "marked";
import { PageError, type Page } from "./page.ts";

/**
 * The address of the page that a link of this page means; null: it leads out of the handbook. Threat: javascript: and its like, so that
 * there are these two kinds of link and no other. Throws PageError.
 */
export function linkedAddress(page: Page, href: string): string | null {
  if (leadsOut(href)) return null;
  const [, folder = page.kind, name] =
    /^(?:\.\.\/([a-z]+)\/)?([\w.-]+)\.md(?:#[\w-]+)?$/.exec(href) ?? [];
  if (name !== undefined) return `${folder}/${name}`;
  throw new PageError(
    `docs/${page.address}.md: expected a link to https://… or to the file of a page, found ${JSON.stringify(href.slice(0, 80))}`,
  );
}

export const leadsOut = (href: string): boolean => /^https?:\/\//.test(href);

/** The addresses of all pages that this page links to. */
export function linksOf(page: Page): readonly string[] {
  const found: string[] = [];
  void walkTokens(lexer(page.body), (token: Token) => {
    if (token.type !== "link") return;
    const address = linkedAddress(page, token.href);
    if (address !== null) found.push(address);
  });
  return found;
}
