/** The handbook's pages, which the page holds as templates: parsed by the browser, inert until they are shown. */
import { definitionOf } from "@assay/handbook/introduction";
import type { SearchEntry } from "@assay/handbook/search";

export type PageKind = "reasons" | "causes" | "guides";

export interface StoredPage {
  readonly address: string;
  readonly kind: PageKind;
  /** The code, or the guide's name. */
  readonly name: string;
  readonly title: string;
  /** The step of a reason, the actor of a cause. */
  readonly belongsTo: string;
  /** Addresses to read next. */
  readonly see: readonly string[];
  readonly hasExample: boolean;
  /** Its text, as often as it is needed. */
  readonly content: () => DocumentFragment;
}

export function pageAt(address: string): StoredPage | null {
  const template = templateAt(address);
  return template && stored(template);
}

export const allPages = (): readonly StoredPage[] =>
  [
    ...document.querySelectorAll<HTMLTemplateElement>("template[data-title]"),
  ].map(stored);

/** What the inspector shows for the page's example; null: it has none. */
export const exampleOf = (address: string): string | null =>
  templateAt(address)?.dataset["example"] ?? null;

/** null: no page of that code is here. */
export function addressOfCode(code: string): string | null {
  return (
    [`reasons/${code}`, `causes/${code}`].find((one) => templateAt(one)) ?? null
  );
}

export const searchEntries = (): readonly SearchEntry[] =>
  [
    ...document.querySelectorAll<HTMLTemplateElement>("template[data-title]"),
  ].map((template) => {
    const { address, name, title } = stored(template);
    const codes = [...template.content.querySelectorAll(":not(pre) > code")];
    return {
      id: address,
      name,
      title,
      definition: definitionOf(name) ?? "",
      terms: codes.map(({ textContent }) => textContent).join(" · "),
      text: wordsOf(template.content),
    };
  });

/** Cells and list items are words of their own, whatever stands between them. Blocks of code and the sources are not searched. */
function wordsOf(content: DocumentFragment): string {
  const words: string[] = [];
  const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { parentElement } = node;
    if (parentElement?.tagName === "H3" && node.textContent === "Sources")
      break;
    if (!parentElement?.closest("pre")) words.push(node.textContent ?? "");
  }
  return words.join(" ");
}

function templateAt(address: string): HTMLTemplateElement | null {
  const found = document.getElementById(address);
  return found instanceof HTMLTemplateElement ? found : null;
}

function stored(template: HTMLTemplateElement): StoredPage {
  const { id, dataset, content } = template;
  const [kind = "", name = ""] = id.split("/");
  return {
    address: id,
    kind: kind as PageKind,
    name,
    title: dataset["title"] ?? name,
    belongsTo: dataset["belongsTo"] ?? "",
    see: (dataset["see"] ?? "").split(" ").filter((one) => one !== ""),
    hasExample: dataset["example"] !== undefined,
    content: () => content.cloneNode(true) as DocumentFragment,
  };
}
