/** The search, over the handbook that there is: people come with a code, a message, a word, and with a typing error. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { openHandbook, searchEntries, type Catalogue } from "@assay/handbook";
import { openSearch } from "@assay/handbook/search";

const docs = new URL("../../../docs/", import.meta.url);
const read = (path: string): string =>
  readFileSync(new URL(path, docs), "utf8");
const paths = globSync("{reasons,causes,guides}/*.md", {
  cwd: docs,
}).map((path) => path.replaceAll("\\", "/"));
const handbook = openHandbook(
  new Map(paths.map((path) => [path, read(path)])),
  JSON.parse(read("contract/catalogue.json")) as Catalogue,
);
const entries = searchEntries(handbook);
const search = openSearch(entries);
const first = (text: string): string | undefined => search(text)[0]?.address;
const found = (text: string): readonly string[] =>
  search(text).map(({ address }) => address);

describe("the search", () => {
  it("finds every page first by its code, and by its title", () => {
    for (const { address, kind, name, title } of handbook.pages) {
      if (kind !== "guides") assert.equal(first(name), address, name);
      assert.equal(search(title)[0]?.title, title);
    }
  });

  it("finds the page that quotes a message", () => {
    for (const [message, address] of [
      ["no applicable key found in the JSON Web Key Set", "causes/key.rotated"],
      [
        "IDX10501: Signature validation failed. Unable to match key",
        "causes/key.rotated",
      ],
      [
        "Jwks doesn't have key to match kid or alg from Jwt",
        "causes/key.rotated",
      ],
    ] as const)
      assert.ok(found(message).slice(0, 4).includes(address), message);
  });

  it("finds as one types, and what was typed wrongly", () => {
    for (const text of [
      "audience.mism",
      "AUDIENCE MISMATCH",
      "audeince mismatch",
    ])
      assert.equal(first(text), "reasons/audience.mismatch", text);
    assert.ok(found("revocatoin").includes("guides/revocation"));
    assert.ok(found("rota").includes("guides/rotation"));
  });

  it("finds nothing for nonsense, for blanks, and for signs", () => {
    for (const text of ["", "   ", "xqzvwkjh", "!?…", "=> () {}"])
      assert.deepEqual(found(text), [], JSON.stringify(text));
  });

  it("gives a dozen at most, each once, and looks for the beginning of a long text alone", () => {
    assert.equal(found("the token").length, 12);
    const many = found("key token signature issuer audience expired");
    assert.equal(new Set(many).size, many.length);
    // What stands behind the first 300 characters is not looked for: it may be long.
    const long = `${"x".repeat(299)} key.rotated`;
    assert.deepEqual(found(long), []);
  });
});

describe("what is searched", () => {
  it("is of each page its code, its title, its words, and what stands in it as code; not its sources", () => {
    assert.deepEqual(
      entries.map(({ id }) => id),
      handbook.pages.map(({ address }) => address),
    );
    const entry = entries.find(({ id }) => id === "causes/key.rotated");
    assert.ok(entry);
    assert.equal(entry.name, "key.rotated");
    assert.match(entry.definition, /\S/);
    assert.ok(entry.terms.includes("no applicable key found"));
    assert.ok(entry.text.includes("An issuer changes its signing keys"));
    for (const { terms, text, id } of entries)
      assert.doesNotMatch(
        terms + text,
        /github\.com\/[\w-]+\/[\w-]+\/issues/,
        id,
      );
  });
});
