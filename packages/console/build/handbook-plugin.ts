/** The handbook for the browser: what is searched, what the samples are, and the pages as templates in the inspector's file. */
import {
  escapeHtml,
  pageHtml,
  searchEntries,
  type Page,
} from "@assay/handbook";
import type { Plugin } from "vite";
import { COMPARISON, SAMPLES } from "../src/inspector/samples/sample-list.ts";
import { readHandbook, type OpenedHandbook } from "./handbook-files.ts";

const SEARCH = "virtual:handbook-search";
const SAMPLE_TEXTS = "virtual:samples";

export function handbookPlugin(): Plugin {
  const opened = readHandbook();
  const modules: Readonly<Record<string, () => unknown>> = {
    [SEARCH]: () => searchEntries(opened.handbook),
    [SAMPLE_TEXTS]: () =>
      Object.fromEntries(
        [...SAMPLES, COMPARISON].map(({ name, vector }) => [
          name,
          opened.vector(vector),
        ]),
      ),
  };
  return {
    name: "assay-handbook",
    resolveId: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : null),
    load(id) {
      const make = modules[id.replace("\0", "")];
      if (!id.startsWith("\0") || !make) return null;
      // A string that is parsed when it is needed costs less than an object literal that the script's parser must read.
      const json = JSON.stringify(make());
      return `export default JSON.parse(${JSON.stringify(json)});`;
    },
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        html.replace("</body>", () => `${templates(opened)}\n  </body>`),
    },
  };
}

/** Templates are parsed and inert: their content is cloned into the page, and no text ever becomes markup by way of a script. */
const templates = (opened: OpenedHandbook): string =>
  opened.handbook.pages.map((page) => template(page, opened)).join("\n");

function template(page: Page, { handbook, example }: OpenedHandbook): string {
  const given = example(page);
  const attributes = Object.entries({
    id: page.address,
    "data-title": page.title,
    "data-see": page.see.map((name) => handbook.addressOf(name)).join(" "),
    "data-belongs-to": handbook.belongsTo(page),
    ...(given !== null && { "data-example": given }),
  }).map(([name, value]) => `${name}="${escapeHtml(value)}"`);
  const html = pageHtml(page, {
    page: (address) => `#/${address}`,
    level: 3,
  });
  return `<template ${attributes.join(" ")}>${html}</template>`;
}
