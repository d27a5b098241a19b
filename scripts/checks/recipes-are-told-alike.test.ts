import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";

const FOLDER = "packages/guard/recipes";
const GUIDE = "docs/guides/forward-auth.md";

test("every recipe for a proxy stands in the guide as it is in its file", () => {
  const guide = readFileSync(repositoryPath(GUIDE), "utf8");
  const blocks = [...guide.matchAll(/^```\w+\n(.*?)^```$/gms)].map(
    ([, text]) => text,
  );
  const recipes = readdirSync(repositoryPath(FOLDER));
  assert.ok(recipes.length >= 4);
  for (const name of recipes) {
    const text = readFileSync(repositoryPath(`${FOLDER}/${name}`), "utf8");
    assert.ok(blocks.includes(text), `${FOLDER}/${name} is not in ${GUIDE}`);
  }
});
