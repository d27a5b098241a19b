/** @assay/handbook: the pages of docs/reasons, docs/causes and docs/guides. */
export { exampleBlock } from "./example.ts";
export { escapeHtml } from "@assay/diagnosis";
export { pageHtml, type HtmlPlaces } from "./html.ts";
export {
  GUIDES,
  openHandbook,
  type Catalogue,
  type Handbook,
} from "./handbook.ts";
export { definitionOf, introduction } from "./introduction.ts";
export { KINDS, PageError, readPage, type Kind, type Page } from "./page.ts";
export { pageLines } from "./terminal.ts";
export { searchEntries, type SearchEntry } from "./search/entries.ts";
