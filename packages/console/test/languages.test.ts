/** Every language says everything that English says, and says it in its own words. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ENGLISH_TEXTS } from "../src/language/english.ts";
import { GERMAN_TEXTS } from "../src/language/german.ts";

type Say = (...given: readonly unknown[]) => unknown;
type Leaf = readonly [path: string, value: unknown];

/** What takes a number. Everything else takes words. */
const COUNTING: readonly string[] = [
  "answer.characters",
  "answer.members",
  "answer.notShown",
  "answer.others",
  "answer.sides.keys",
  "answer.sides.parts",
  "compare.same",
  "expect.jwkSet",
  "expect.secretOf",
  "handbook.found",
  "odd.many",
  "paste.judged",
  "tour.progress",
];

/** Names and terms that German has as English has them. */
const SAME_IN_BOTH = ["Audience", "Claims", "Header", "Name", "Scopes"];

/** What an example of JSON is written with is no mark of quotation. */
const JSON_CODE = /\{".*\}/g;

function leavesOf(texts: object, before = ""): readonly Leaf[] {
  return Object.entries(texts).flatMap(([name, value]: Leaf) => {
    const path = `${before}${name}`;
    return typeof value === "object" && value !== null
      ? leavesOf(value, `${path}.`)
      : [[path, value] as const];
  });
}

/** All that a leaf can say, as far as the samples bring it about. */
function saidBy([path, value]: Leaf): readonly unknown[] {
  return typeof value === "function"
    ? samplesFor(path).map((given) => (value as Say)(...given))
    : [value];
}

const samplesFor = (path: string): readonly (readonly unknown[])[] =>
  COUNTING.includes(path)
    ? [0, 1, 2, 21, 1234].map((count) => [count, count])
    : [
        ["XYZ", "UVW"],
        ["XYZ", null],
      ];

const kindOf = ([path, value]: Leaf): string =>
  `${path}: ${typeof value === "function" ? `${value.length} given` : typeof value}`;

const ENGLISH_LEAVES = leavesOf(ENGLISH_TEXTS);
const GERMAN_LEAVES = leavesOf(GERMAN_TEXTS);

function eachText(
  leaves: readonly Leaf[],
  check: (text: string, path: string) => void,
): void {
  for (const leaf of leaves)
    for (const text of saidBy(leaf)) check(String(text), leaf[0]);
}

describe("German", () => {
  it("has everything that English has, of the same kind, and nothing else", () => {
    assert.deepEqual(
      GERMAN_LEAVES.map(kindOf).toSorted(),
      ENGLISH_LEAVES.map(kindOf).toSorted(),
    );
  });

  it("says in its own words all but a few terms", () => {
    const english = new Map(
      ENGLISH_LEAVES.map((leaf) => [leaf[0], saidBy(leaf).join("\n")]),
    );
    const same = GERMAN_LEAVES.map((leaf) => [leaf[0], saidBy(leaf).join("\n")])
      .filter(([path = "", said]) => english.get(path) === said)
      .map(([, said = ""]) => said);
    assert.deepEqual([...new Set(same)].toSorted(), SAME_IN_BOTH);
  });

  it("leaves no English word in a sentence", () => {
    eachText(GERMAN_LEAVES, (text, path) => {
      const english = /\b(?:the|and|or|of|with|is|it|its|to|for|you)\b/i.exec(
        text,
      );
      assert.equal(english, null, `${path}: ${text}`);
    });
  });

  it("counts as German does", () => {
    const { answer, compare, expect, handbook, odd } = GERMAN_TEXTS;
    assert.equal(expect.jwkSet(1), "JWK Set mit 1 Schlüssel");
    assert.equal(expect.jwkSet(2), "JWK Set mit 2 Schlüsseln");
    assert.equal(answer.others(1), "Eine weitere Ursache");
    assert.equal(answer.others(2), "2 weitere Ursachen");
    assert.equal(answer.members(1), "1 Feld");
    assert.equal(answer.members(0), "0 Felder");
    assert.equal(answer.notShown(1), "Ein weiteres wird nicht gezeigt.");
    assert.equal(answer.characters(1234), "1.234 Zeichen");
    assert.equal(answer.sides.keys(1), "1 bekannter Schlüssel");
    assert.equal(answer.sides.keys(2), "2 bekannte Schlüssel");
    assert.equal(compare.same(1), "1 Feld ist gleich");
    assert.equal(handbook.found(1), "1 Seite");
    assert.match(odd.many(12_345), /^12\.345 Werte /);
  });
});

for (const [name, leaves, [opening, closing]] of [
  ["English", ENGLISH_LEAVES, ["“", "”"]],
  ["German", GERMAN_LEAVES, ["„", "“"]],
] as const) {
  describe(`the texts in ${name}`, () => {
    it("all say something, and what they are given is in it", () => {
      for (const [path, value] of leaves) {
        for (const text of saidBy([path, value])) {
          assert.equal(typeof text, "string", path);
          assert.match(String(text), /\S/, path);
          assert.doesNotMatch(
            String(text),
            /NaN|undefined|null|\[object/,
            path,
          );
        }
        if (typeof value !== "function") continue;
        const given = COUNTING.includes(path) ? [21, 22] : ["XYZ", "UVW"];
        const said = String((value as Say)(...given));
        for (const one of given.slice(0, value.length))
          assert.ok(said.includes(String(one)), `${path}: ${said}`);
      }
    });

    it("raise their voice nowhere", () => {
      eachText(leaves, (text, path) =>
        assert.ok(!text.includes("!"), `${path}: ${text}`),
      );
    });

    it(`quote with ${opening} and ${closing}`, () => {
      const quotation = new RegExp(
        `${opening}[^${opening}${closing}]+${closing}`,
        "g",
      );
      eachText(leaves, (text, path) => {
        const rest = text.replaceAll(JSON_CODE, "").replaceAll(quotation, "");
        assert.doesNotMatch(rest, /["„“”«»‹›‚‘]/, `${path}: ${text}`);
      });
    });
  });
}
