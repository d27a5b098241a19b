/** Catalogue, pages and links in step. The form of a page stands in CONTRIBUTING.md. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { diagnose, readInquiry, readPasted } from "@assay/diagnosis";
import {
  exampleBlock,
  openHandbook,
  type Catalogue,
  type Page,
} from "@assay/handbook";
import { repositoryPath } from "../repository.mjs";

const read = (path: string): string =>
  readFileSync(repositoryPath(path), "utf8");

const files = new Map(
  globSync("docs/{reasons,causes,guides}/*", { cwd: repositoryPath(".") }).map(
    (path) => {
      const name = path.replaceAll("\\", "/");
      return [name.replace(/^docs\//, ""), read(name)] as const;
    },
  ),
);
const catalogue = JSON.parse(read("docs/contract/catalogue.json")) as Catalogue;

interface Vector {
  readonly id: string;
  readonly expected: {
    readonly reason: string | null;
    readonly cause: string | null;
  };
}

const vectors = new Map(
  globSync("vectors/*.jsonl", { cwd: repositoryPath(".") })
    .flatMap((path) => read(path).split("\n"))
    .filter((line) => line !== "")
    .map((line) => {
      const vector = JSON.parse(line) as Vector;
      return [vector.id, vector];
    }),
);

/** Throws where a code has no page, a page no code, or a link leads nowhere. */
const { pages } = openHandbook(files, catalogue);
const codes = pages.filter(({ kind }) => kind !== "guides");

const wrong = (
  among: readonly Page[],
  problem: (page: Page) => string | null,
): readonly string[] =>
  among.flatMap((page) => {
    const found = problem(page);
    return found === null ? [] : [`docs/${page.address}.md: ${found}`];
  });

test("every reason, every cause and every guide has its page, and no page more", () => {
  assert.equal(
    codes.length,
    catalogue.reasons.length + catalogue.causes.length,
  );
  assert.equal(pages.length, files.size);
});

test("every page of a code says how it comes about, how to see it and how to mend it, with its sources", () => {
  const sections = wrong(codes, ({ body }) => {
    const found = [...body.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    const wanted = [
      "How it comes about",
      "How to see it",
      "How to mend it",
      ...(found.includes("Example") ? ["Example"] : []),
      "Sources",
    ];
    return found.join() === wanted.join() ? null : `sections ${found.join()}`;
  });
  assert.deepEqual(sections, []);
});

test("every page of a code has an example that shows just this code", () => {
  const examples = wrong(codes, (page) => {
    const own = exampleBlock(page);
    if (page.example === null)
      return own === null || readPasted(own).form === "token"
        ? "expected an example: a vector, or a block under “Example” that the inspector can read"
        : null;
    if (own !== null) return "two examples";
    const vector = vectors.get(page.example);
    if (!vector) return `no vector has the id ${page.example}`;
    const { reason, cause } = vector.expected;
    const shown = page.kind === "reasons" ? reason : cause;
    return shown === page.name ? null : `its example shows ${shown}`;
  });
  assert.deepEqual(examples, []);
});

/** What a page shows is so at any time: a block without "now" must say itself when it happened. */
const CLOCKS = ["2030-01-01T00:00:00Z", "2060-01-01T00:00:00Z"].map(Date.parse);

test("every example that stands in a page is diagnosed as the code of the page", async () => {
  const found: string[] = [];
  for (const page of codes) {
    const block = exampleBlock(page);
    if (block === null) continue;
    const inquiry = readInquiry(readPasted(block).inquiry);
    for (const now of CLOCKS) {
      const { reason, causes } = await diagnose(inquiry, { clock: () => now });
      const shown = page.kind === "reasons" ? reason : causes[0]?.cause;
      if (shown !== page.name)
        found.push(`docs/${page.address}.md: its example shows ${shown}`);
    }
  }
  assert.deepEqual(found, []);
});

test("every page of a code names who can do something", () => {
  const nobody = wrong(codes, ({ body }) => {
    const mending = /^## How to mend it$([^]*?)^## /m.exec(body)?.[1] ?? "";
    return /^- \*\*The (client|issuer|API|operator|network)/m.test(mending)
      ? null
      : "nobody is named";
  });
  assert.deepEqual(nobody, []);
});

test("every code that a page names is a link to its page", () => {
  const known = new Set(codes.map(({ name }) => name));
  const bare = wrong(pages, ({ body, name }) => {
    const found = [...body.matchAll(/(?<!\[)`([a-z]+\.[a-z_]+)`(?!\])/g)]
      .map(([, code = ""]) => code)
      .filter((code) => known.has(code) && code !== name);
    return found.length === 0 ? null : found.join();
  });
  assert.deepEqual(bare, []);
});

test("every page is calm", () => {
  const loud = wrong(pages, ({ body, title }) => {
    const text = `${title}\n${body}`
      .replace(/^```[^]*?^```/gm, "")
      .replace(/`[^`\n]*`/g, "");
    return text.includes("!") ? "an exclamation mark" : null;
  });
  assert.deepEqual(loud, []);
});

test("every page is short enough to be read, and long enough to say something", () => {
  const sizes = wrong(codes, ({ body, title }) => {
    const words = body.replace(/^## Sources$[^]*/m, "").split(/\s+/).length;
    if (title.length > 64 || title.endsWith(".")) return `title ${title}`;
    return words < 190 || words > 700 ? `${words} words` : null;
  });
  assert.deepEqual(sizes, []);
});
