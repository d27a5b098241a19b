/** All pages together: nothing is missing, nothing is too many, and nothing leads nowhere. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GUIDES, openHandbook, PageError } from "@assay/handbook";
import { CATALOGUE, filesWith, pageText } from "./sample-pages.ts";

const refused = (
  others: Readonly<Record<string, string | null>>,
  message: string,
): void =>
  assert.throws(
    () => openHandbook(filesWith(others), CATALOGUE),
    (error: unknown) => {
      assert.ok(error instanceof PageError, String(error));
      assert.equal(error.message, message);
      return true;
    },
  );

describe("the handbook", () => {
  it("has the pages in the catalogue's order, and knows where each is and what it belongs to", () => {
    const files = new Map([...filesWith()].toReversed());
    const handbook = openHandbook(files, CATALOGUE);
    assert.deepEqual(
      handbook.pages.map((page) => [page.address, handbook.belongsTo(page)]),
      [
        ["reasons/audience.mismatch", "audience"],
        ["causes/key.rotated", "issuer"],
        ["causes/time.expired", "client"],
        ...GUIDES.map((name) => [`guides/${name}`, ""]),
      ],
    );
    for (const page of handbook.pages)
      assert.equal(handbook.page(page.address), page);
    for (const none of ["causes/key", "key.rotated", "__proto__", ""])
      assert.equal(handbook.page(none), null);
    assert.equal(handbook.addressOf("key.rotated"), "causes/key.rotated");
    assert.equal(handbook.addressOf("guides/rotation"), "guides/rotation");
    for (const none of ["rotation", "causes/key.rotated", "constructor"])
      assert.throws(() => handbook.addressOf(none), PageError);
  });

  it("lets pages link to one another and out, and name what to read next", () => {
    const body =
      "[one](time.expired.md), [two](../reasons/audience.mismatch.md#how), [three](../guides/refresh.md), [out](https://a.example/key.retired.md)";
    const text = pageText(body, "title: T\nsee: time.expired, guides/refresh");
    openHandbook(filesWith({ "causes/key.rotated.md": text }), CATALOGUE);
  });
});

describe("a handbook is refused", () => {
  it("for a code or a guide without a page", () => {
    for (const address of ["causes/time.expired", "guides/refresh"])
      refused(
        { [`${address}.md`]: null },
        `docs/${address}.md: expected, and not there`,
      );
  });

  it("for a page without a code", () => {
    for (const address of ["causes/audience.mismatch", "guides/cooking"])
      refused(
        { [`${address}.md`]: pageText("Words.") },
        `docs/${address}.md: expected a code of the catalogue or a guide of the list (reasons, causes, guides), found another name`,
      );
  });

  for (const name of ["key.retired", "rotation", "key.rotated,guides/refresh"])
    it(`for ${name}, which nobody can read next`, () =>
      refused(
        {
          "causes/time.expired.md": pageText(
            "Words.",
            `title: T\nsee: ${name}`,
          ),
        },
        `expected a code of the catalogue or guides/NAME, found ${JSON.stringify(name)}`,
      ));

  for (const link of [
    "[dead](key.retired.md)",
    "[dead](../reasons/key.rotated.md)",
    "- a list\n  - in [it](key.retired.md)",
    "| a |\n|---|\n| [b](key.retired.md) |",
    "> **[c](key.retired.md)**",
    "[d]\n\n[d]: key.retired.md",
  ])
    it(`for the dead link in ${JSON.stringify(link)}`, () =>
      assert.throws(
        () =>
          openHandbook(
            filesWith({ "causes/time.expired.md": pageText(link) }),
            CATALOGUE,
          ),
        {
          name: "PageError",
          message:
            /^docs\/causes\/time\.expired\.md: a link leads to (causes\/key\.retired|reasons\/key\.rotated), which is no page$/,
        },
      ));

  // Each of them would lead to a page only here, and elsewhere where the file is read.
  for (const href of [
    "key.rotated",
    "/causes/key.rotated.md",
    "//evil.example/causes/key.rotated.md",
    "javascript:xcauses/key.rotated.md",
    "../../causes/key.rotated.md",
    "#how",
    "mailto:alice@issuer.example.com",
  ])
    it(`for the link ${href}, which is neither a page's file nor on the web`, () =>
      refused(
        { "causes/time.expired.md": pageText(`[a](${href})`) },
        `docs/causes/time.expired.md: expected a link to https://… or to the file of a page, found ${JSON.stringify(href)}`,
      ));
});
