/** A handbook small enough to be seen at once, and pages of it. */
import { GUIDES, readPage, type Catalogue, type Page } from "@assay/handbook";

export const CATALOGUE: Catalogue = {
  reasons: [["audience.mismatch", "audience"]],
  causes: [
    ["key.rotated", "issuer"],
    ["time.expired", "client"],
  ],
};

export const pageText = (body: string, head = "title: A title"): string =>
  `---\n${head}\n---\n\n${body}\n`;

export const pageOf = (body: string, head?: string): Page =>
  readPage("causes/key.rotated.md", pageText(body, head));

/** A file for every code and guide, and what is put in their place or beside them. */
export const filesWith = (
  others: Readonly<Record<string, string | null>> = {},
): ReadonlyMap<string, string> => {
  const paths = [
    "reasons/audience.mismatch.md",
    "causes/key.rotated.md",
    "causes/time.expired.md",
    ...GUIDES.map((name) => `guides/${name}.md`),
  ];
  return new Map(
    Object.entries({
      ...Object.fromEntries(paths.map((path) => [path, pageText("Words.")])),
      ...others,
    }).filter((file): file is [string, string] => file[1] !== null),
  );
};
