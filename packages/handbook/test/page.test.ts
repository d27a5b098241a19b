/** A page is read strictly: what breaks the form is named, with the file, what was expected and what was found. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exampleBlock, PageError, readPage } from "@assay/handbook";
import { pageOf, pageText } from "./sample-pages.ts";

const PATH = "causes/key.rotated.md";

describe("a page", () => {
  it("has a place, a title, an example, what to read next, and a body", () => {
    const text = pageText(
      "Some text.\n\n---\n\nMore.",
      "title: A title: with a colon\nexample: field-208\nsee: key.retired, guides/rotation",
    );
    assert.deepEqual(readPage(PATH, text), {
      kind: "causes",
      name: "key.rotated",
      address: "causes/key.rotated",
      title: "A title: with a colon",
      example: "field-208",
      see: ["key.retired", "guides/rotation"],
      body: "Some text.\n\n---\n\nMore.\n",
    });
  });

  it("needs neither an example nor anything to read next", () => {
    const { kind, name, example, see } = readPage(
      "guides/the-steps.md",
      pageText("Text."),
    );
    assert.deepEqual(
      [kind, name, example, see],
      ["guides", "the-steps", null, []],
    );
  });
});

describe("what is no page", () => {
  const refused = (text: string, expected: string, found: string): void =>
    assert.throws(
      () => readPage(PATH, text),
      (error: unknown) => {
        assert.ok(error instanceof PageError, String(error));
        assert.ok(error.message.startsWith(`${PATH}: expected `));
        assert.ok(error.message.includes(expected), error.message);
        assert.ok(error.message.endsWith(`found ${found}`), error.message);
        return true;
      },
    );

  for (const [what, text] of [
    ["nothing", ""],
    ["no head", "# A title\n"],
    ["a head that does not end", "---\ntitle: T\n\nText.\n"],
    ["a head without a blank line after it", "---\ntitle: T\n---\nText.\n"],
    ["a head and no text", "---\ntitle: T\n---\n\n"],
    ["a head without a member", "---\n---\n\nText.\n"],
    ["something before the head", "\n---\ntitle: T\n---\n\nText.\n"],
    ["line ends of another system", "---\r\ntitle: T\r\n---\r\n\r\nText.\r\n"],
  ] as const)
    it(`${what}: a head is expected`, () =>
      refused(
        text,
        "a head between two lines “---”, a blank line, and the page",
        JSON.stringify(text.slice(0, 40)),
      ));

  for (const line of [
    "colour: red",
    "title: another",
    "Title: T",
    "title:",
    "title: ",
    "example:field-208",
    "example:  field-208",
    "example: field-208 ",
    " see: key.retired",
    "see = key.retired",
    "# a comment",
    "",
    "__proto__: x",
  ])
    it(`the line ${JSON.stringify(line)} is none of a head`, () =>
      refused(
        pageText("Text.", `title: T\n${line}`),
        "each of title, example, see once in the head",
        JSON.stringify(line),
      ));

  it("a title must be there", () =>
    refused(
      pageText("Text.", "see: key.retired"),
      "a title in the head",
      "none",
    ));

  for (const path of [
    "key.rotated.md",
    "recipes/key.rotated.md",
    "causes/key.rotated.txt",
    "causes/family/key.rotated.md",
    "causes/key rotated.md",
    "causes/.md/x.md",
    "../causes/key.rotated.md",
    "Causes/key.rotated.md",
    "constructor/key.rotated.md",
    "",
  ])
    it(`the file ${JSON.stringify(path)} is in no place of the handbook`, () =>
      assert.throws(() => readPage(path, pageText("Text.")), {
        name: "PageError",
        message: `${path}: expected reasons/CODE.md, causes/CODE.md or guides/NAME.md`,
      }));
});

describe("a page's own example", () => {
  const block = (body: string): string | null => exampleBlock(pageOf(body));

  it("is the first block of code under Example, as it stands there", () => {
    assert.equal(
      block(
        "```\nnot this\n```\n\n## Example\n\nA request:\n\n```http\nGET / HTTP/1.1\n\n## no heading\n<b>&amp;\n```\n\n```\nnor this\n```",
      ),
      "GET / HTTP/1.1\n\n## no heading\n<b>&amp;",
    );
  });

  it("is not there without the section, or without code in it", () => {
    for (const body of [
      "```\ncode\n```",
      "## Examples\n\n```\ncode\n```",
      "### Example\n\n```\ncode\n```",
      "```\n## Example\n```\n\n```\ncode\n```",
      "## Example\n\nOnly `words`.",
      "## Example\n\nOnly words.\n\n## Sources\n\n```\ncode\n```",
    ])
      assert.equal(block(body), null, body);
  });
});
