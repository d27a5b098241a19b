import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";
import { trackedFiles } from "./tracked-files.ts";

const KINDS = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
] as const;

test("every dependency names one version, and the same one everywhere", () => {
  const versions = new Map<string, Set<string>>();
  for (const path of trackedFiles().filter((file) =>
    /^((packages|examples)\/[^/]+\/)?package\.json$/.test(file),
  )) {
    const manifest = JSON.parse(
      readFileSync(repositoryPath(path), "utf8"),
    ) as Partial<Record<(typeof KINDS)[number], Record<string, string>>>;
    for (const [name, version] of KINDS.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    )) {
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} in ${path}`);
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
  }
  const several = [...versions]
    .filter(([, found]) => found.size > 1)
    .map(([name, found]) => `${name}: ${[...found].join(", ")}`);
  assert.deepEqual(several, []);
});

test("there is one lock file", () => {
  const locks = trackedFiles().filter((path) =>
    /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock)$/.test(
      path,
    ),
  );
  assert.deepEqual(locks, ["package-lock.json"]);
});
