/** All pages of a kind, by family. */
import {
  escapeHtml,
  type Handbook,
  type Kind,
  type Page,
} from "@assay/handbook";
import type { SiteDocument } from "./document.ts";

const TITLES: Readonly<Record<Kind, readonly [title: string, about: string]>> =
  {
    reasons: [
      "Reasons",
      "A reason says which check refused the token. It is decided, never guessed.",
    ],
    causes: [
      "Causes",
      "A cause says what went wrong in the world, so that a check refused the token. It is found from evidence, and says how certain it is.",
    ],
    guides: ["Guides", "What one should know of tokens, from the beginning."],
  };

export function listDocument(kind: Kind, handbook: Handbook): SiteDocument {
  const [title, about] = TITLES[kind];
  const pages = handbook.pages.filter((page) => page.kind === kind);
  const families = Map.groupBy(pages, ({ name }) =>
    kind === "guides" ? "" : (name.split(".")[0] ?? ""),
  );
  const sections = [...families].map(
    ([family, members]) =>
      `${family === "" ? "" : `<h2>${family}</h2>`}<ul class="links">${members.map(item).join("")}</ul>`,
  );
  return {
    title: `${title} · Assay`,
    description: about,
    language: "en",
    place: kind,
    body: `<h1>${title}</h1>\n<p>${about}</p>\n${sections.join("\n")}`,
  };
}

const item = ({ address, kind, name, title }: Page): string =>
  `<li><a href="/${address}">${escapeHtml(title)}</a>${kind === "guides" ? "" : ` <code class="quiet">${name}</code>`}</li>`;
