/** A page of the handbook as a document. */
import {
  definitionOf,
  escapeHtml,
  introduction,
  pageHtml,
  type Page,
} from "@assay/handbook";
import type { OpenedHandbook } from "../handbook-files.ts";
import type { SiteDocument } from "./document.ts";

export function pageDocument(
  page: Page,
  { handbook, example }: OpenedHandbook,
): SiteDocument {
  const { kind, name, title, address } = page;
  const definition = definitionOf(name);
  const intro = introduction(kind, name, handbook.belongsTo(page));
  const see = page.see.map((other) => {
    const to = handbook.addressOf(other);
    return `<li><a href="/${to}">${escapeHtml(handbook.page(to)?.title ?? other)}</a></li>`;
  });
  const body = [
    `<article>`,
    `<h1>${escapeHtml(title)}</h1>`,
    intro === null
      ? ""
      : `<p class="quiet"><code>${name}</code> ${escapeHtml(intro)}</p>`,
    definition === null
      ? ""
      : `<p class="definition">${escapeHtml(definition)}</p>`,
    example(page) === null
      ? ""
      : `<p><a href="/inspector#/example/${address}">Open the example in the inspector</a></p>`,
    `<div class="prose">${pageHtml(page, { page: (to) => `/${to}`, level: 2 })}</div>`,
    see.length === 0
      ? ""
      : `<h2>See also</h2><ul class="links">${see.join("")}</ul>`,
    `</article>`,
  ];
  return {
    title: `${title} · Assay`,
    description: definition ?? title,
    language: "en",
    place: kind,
    body: body.filter((part) => part !== "").join("\n"),
  };
}
