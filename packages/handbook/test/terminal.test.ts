/** A page as lines: within the width, with every word, and with the numbers and headings that the text speaks of. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { pageLines } from "@assay/handbook";
import { pageOf } from "./sample-pages.ts";

const numRuns = Number(process.env["ASSAY_FUZZ_RUNS"] ?? 200);

const lines = (body: string, width = 40): readonly string[] =>
  pageLines(pageOf(body), width);

describe("a page in a terminal", () => {
  it("has its blocks apart, and its lists hung out", () => {
    assert.deepEqual(
      lines(
        [
          "## How it is",
          "One **two** three\nfour `five`.",
          "- a point that is longer than the line and goes on\n- another",
          "7. first\n8. second, which does not fit on a single line",
          "| Alg | Key |\n|---|---|\n| `RS256` | RSA |",
          "| | |\n|---|---|\n| a | b |",
          "```\nkept   as it is, however long the line of the block may be\n\n<b>\n```",
        ].join("\n\n"),
      ),
      [
        "How it is",
        "",
        "One two three four five.",
        "",
        "- a point that is longer than the line",
        "  and goes on",
        "- another",
        "",
        "7. first",
        "8. second, which does not fit on a",
        "   single line",
        "",
        "Alg: Key",
        "- RS256: RSA",
        "",
        "- a: b",
        "",
        "    kept   as it is, however long the line of the block may be",
        "    ",
        "    <b>",
      ],
    );
  });

  it("says the address of what is not in the handbook, once", () => {
    assert.deepEqual(
      lines(
        "[inside](time.expired.md), [outside](https://a.example/b), https://a.example/c, [d]\n\n[d]: https://a.example/d",
        100,
      ),
      [
        "inside, outside https://a.example/b, https://a.example/c, d https://a.example/d",
      ],
    );
  });

  it("reads entities in text and leaves them in code", () => {
    assert.deepEqual(
      lines("a &lt;b&gt; &amp;lt; \\* `&lt;&amp;` “c”\n\n```\n&amp;\n```"),
      ["a <b> &lt; * &lt;&amp; “c”", "", "    &amp;"],
    );
  });

  it("keeps to the width but for a long word and code, and leaves out no word", () => {
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 20, max: 100 }),
        (blocks, width) => {
          const made = lines(
            blocks.map(({ markdown }) => markdown).join("\n\n"),
            width,
          );
          for (const line of made)
            assert.ok(
              line.length <= width ||
                /^ *(?:(?:-|\d+\.) )*\S+$/.test(line) ||
                line.startsWith("    code "),
              line,
            );
          assert.deepEqual(
            made
              .flatMap((line) => line.split(/[ :]+/))
              .filter((word) => /^[a-z]/.test(word)),
            blocks.flatMap(({ words }) => words),
          );
        },
      ),
      { numRuns },
    );
  });
});

interface Sample {
  readonly markdown: string;
  readonly words: readonly string[];
}

const word = fc.stringMatching(/^[a-z]{1,9}$/);
const inline: fc.Arbitrary<Sample> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 9, arbitrary: word },
        { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{10,60}$/) },
      ),
      fc.constantFrom(
        (text: string) => text,
        (text: string) => `**${text}**`,
        (text: string) => `\`${text}\``,
        (text: string) => `[${text}](time.expired.md)`,
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => ({
    markdown: parts.map(([text, mark]) => mark(text)).join(" "),
    words: parts.map(([text]) => text),
  }));

const several = (join: (texts: readonly string[]) => string) =>
  fc.array(inline, { minLength: 2, maxLength: 4 }).map((parts) => ({
    markdown: join(parts.map(({ markdown }) => markdown)),
    words: parts.flatMap(({ words }) => words),
  }));

const block: fc.Arbitrary<Sample> = fc.oneof(
  inline,
  inline.map(({ markdown, words }) => ({ markdown: `## ${markdown}`, words })),
  inline.map(({ markdown, words }) => ({ markdown: `> ${markdown}`, words })),
  several((texts) => texts.map((text) => `- ${text}`).join("\n")),
  several((texts) => texts.map((text, i) => `${i + 9}. ${text}`).join("\n")),
  several(
    ([first = "", ...rest]) =>
      `- ${first}\n${rest.map((text) => `  - ${text}`).join("\n")}`,
  ),
  several(
    (texts) =>
      `| ${texts.join(" | ")} |\n|${texts.map(() => "---|").join("")}\n| ${texts.map(() => "1").join(" | ")} |`,
  ),
  fc.array(word, { maxLength: 30 }).map((words) => ({
    markdown: `\`\`\`\ncode ${words.join(" ")}\n\`\`\``,
    words: ["code", ...words],
  })),
);
