/** Searches the handbook in the browser, without a server. */
import MiniSearch from "minisearch";
import type { SearchEntry } from "./entries.ts";

export type { SearchEntry } from "./entries.ts";

export interface Found {
  readonly address: string;
  readonly name: string;
  readonly title: string;
}

export type Search = (text: string) => readonly Found[];

const MOST = 12;

/** Makes the search ready. A code, a title and a quoted message count more than a word of the text; the end of the last word may be missing. */
export function openSearch(entries: readonly SearchEntry[]): Search {
  const index = new MiniSearch<SearchEntry>({
    fields: ["name", "title", "definition", "terms", "text"],
    storeFields: ["name", "title"],
    tokenize: (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
    searchOptions: {
      boost: { name: 6, title: 4, terms: 3, definition: 2 },
      prefix: (term, i, terms) => i === terms.length - 1 && term.length > 1,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
      combineWith: "OR",
    },
  });
  index.addAll(entries);
  return (text) => {
    const asked = text.trim().toLowerCase();
    // Its words alone may stand in other pages too, and more often.
    const isMeant = ({ name, title }: Found): number =>
      name === asked || title.toLowerCase() === asked ? 1 : 0;
    return index
      .search(text.slice(0, 300))
      .map(({ id, name, title }) => ({
        address: String(id),
        name: String(name),
        title: String(title),
      }))
      .toSorted((a, b) => isMeant(b) - isMeant(a))
      .slice(0, MOST);
  };
}
