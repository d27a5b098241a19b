/** The handbook from the repository's docs, and what each page's example is. */
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import {
  exampleBlock,
  openHandbook,
  PageError,
  type Catalogue,
  type Handbook,
  type Page,
} from "@assay/handbook";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

export interface OpenedHandbook {
  readonly handbook: Handbook;
  /** What the inspector is given as the page's example; null: a guide. */
  readonly example: (page: Page) => string | null;
  /** The inquiry of a vector, as text. Throws PageError when there is no such vector. */
  readonly vector: (id: string) => string;
}

export function readHandbook(): OpenedHandbook {
  const paths = globSync("docs/{reasons,causes,guides}/*.md", { cwd: root });
  const files = new Map(
    paths.map((path) => [
      path.split(/[\\/]/).slice(1).join("/"),
      read(path.replaceAll("\\", "/")),
    ]),
  );
  const handbook = openHandbook(
    files,
    JSON.parse(read("docs/contract/catalogue.json")) as Catalogue,
  );
  const inquiries = readVectors();
  const vector = (id: string): string => {
    const inquiry = inquiries.get(id);
    if (inquiry === undefined)
      throw new PageError(`expected the id of a vector, found ${id}`);
    return JSON.stringify(inquiry, null, 2);
  };
  return {
    handbook,
    vector,
    example: (page) =>
      page.example === null ? exampleBlock(page) : vector(page.example),
  };
}

function readVectors(): ReadonlyMap<string, object> {
  const lines = globSync("vectors/*.jsonl", { cwd: root }).flatMap((path) =>
    read(`vectors/${basename(path)}`)
      .split("\n")
      .filter((line) => line !== ""),
  );
  return new Map(
    lines.map((line) => {
      const { id, inquiry } = JSON.parse(line) as {
        readonly id: string;
        readonly inquiry: object;
      };
      return [id, inquiry];
    }),
  );
}
