import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";
import { trackedFiles } from "./tracked-files.ts";

const { scripts } = JSON.parse(
  readFileSync(repositoryPath("package.json"), "utf8"),
) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test("every npm script runs a file that exists", () => {
  const files = Object.values(scripts).flatMap(
    (command) => command.match(/\S+\.(mjs|ts)$/)?.[0] ?? [],
  );
  assert.deepEqual(
    files.filter((file) => !existsSync(repositoryPath(file))),
    [],
  );
});

test("every `npm run` that a page names is a script", () => {
  const unknown = trackedFiles()
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => {
      const text = readFileSync(repositoryPath(path), "utf8");
      const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(
        ([, name = ""]) => name,
      );
      return named
        .filter((name) => !(name in scripts))
        .map((name) => `${path}: ${name}`);
    });
  assert.deepEqual(unknown, []);
});
