import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";

const text = readFileSync(repositoryPath("ARCHITECTURE.md"), "utf8");
const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(
  ([, inner = ""]) => inner,
);

test("every path that ARCHITECTURE.md names from the root exists", () => {
  const paths = quoted.filter((name) =>
    /^(packages|vectors|docs|bench|test|scripts|examples)(\/[\w.*/-]*)?$/.test(
      name,
    ),
  );
  assert.ok(paths.length >= 10, "the page is a map, so it names places");
  const dead = paths.filter(
    (path) => globSync(path, { cwd: repositoryPath(".") }).length === 0,
  );
  assert.deepEqual(dead, []);
});

test("every file that ARCHITECTURE.md names in short exists in some package", () => {
  const files = quoted.filter(
    (name) =>
      /^[\w-]+(\/[\w-]+)*(\.tsx?|\/)$/.test(name) &&
      !/^(packages|scripts|test)\//.test(name),
  );
  const dead = files.filter(
    (file) =>
      globSync(`{.,packages/*/src/**}/${file}`, { cwd: repositoryPath(".") })
        .length === 0,
  );
  assert.deepEqual(dead, []);
});
