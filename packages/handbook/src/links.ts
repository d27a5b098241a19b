/** Links between pages: written as paths of files, so that they also work where the files are read. */
import { lexer, walkTokens, type Token } from "marked";
import type { Page } from "./page.ts";

/** The address of the page that a link of this page means; null: it leads out of the handbook. */
export function linkedAddress(page: Page, href: string): string | null {
  if (/^https?:/.test(href)) return null;
  const { pathname } = new URL(href, `file:///${page.address}.md`);
  return pathname.slice(1).replace(/\.md$/, "");
}

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
