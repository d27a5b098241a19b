/** All documents of the site, by the file that each becomes. */
import { KINDS } from "@assay/handbook";
import type { OpenedHandbook } from "../handbook-files.ts";
import { siteDocument, type SiteFiles } from "./document.ts";
import { listDocument } from "./list-document.ts";
import { pageDocument } from "./page-document.ts";
import { START_WORDS, startDocument } from "./start-document.ts";

export function siteDocuments(
  opened: OpenedHandbook,
  files: SiteFiles,
): ReadonlyMap<string, string> {
  const { handbook } = opened;
  return new Map(
    [
      ...Object.entries(START_WORDS).map(
        ([path, words]) =>
          [
            path === "/" ? "index.html" : `${path.slice(1)}.html`,
            startDocument(words, handbook),
          ] as const,
      ),
      ...KINDS.map(
        (kind) => [`${kind}.html`, listDocument(kind, handbook)] as const,
      ),
      ...handbook.pages.map(
        (page) => [`${page.address}.html`, pageDocument(page, opened)] as const,
      ),
    ].map(([file, document]) => [file, siteDocument(document, files)]),
  );
}
