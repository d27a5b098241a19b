/** The pages of the handbook and the catalogue, as files: beside the bundled command, and in the repository's docs. */
import { existsSync, readFileSync } from "node:fs";
import type { Catalogue, Kind, Page } from "@assay/handbook";

const BUNDLED = new URL("docs/", import.meta.url);
const DOCS = existsSync(BUNDLED)
  ? BUNDLED
  : new URL("../../../docs/", import.meta.url);

export const readCatalogue = (): Catalogue =>
  JSON.parse(
    readFileSync(new URL("contract/catalogue.json", DOCS), "utf8"),
  ) as Catalogue;

/** Throws PageError when the page breaks the form of the handbook. */
export async function readPageOf(kind: Kind, name: string): Promise<Page> {
  const { readPage } = await import("@assay/handbook");
  const path = `${kind}/${name}.md`;
  return readPage(path, readFileSync(new URL(path, DOCS), "utf8"));
}
