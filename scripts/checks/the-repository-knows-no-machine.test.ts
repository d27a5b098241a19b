import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";
import { trackedFiles } from "./tracked-files.ts";

/** Where this clone, this person's files and this machine's registry are: nobody else has them there. */
const here = [dirname(repositoryPath(".")), homedir()]
  .filter((path) => path.length > 1)
  .map((path) => `${path.replace(/[\\/]$/, "")}/`);
const registry = process.env["npm_config_registry"] ?? "";
const registryHost = URL.canParse(registry)
  ? new URL(registry).host
  : "registry.npmjs.org";

const MACHINE = [...here, "/tmp/", "/home/", "/Users/"].map(
  (path) => new RegExp(`(?<![\\w.~:/-])${RegExp.escape(path)}`),
);
if (registryHost !== "registry.npmjs.org")
  MACHINE.push(new RegExp(RegExp.escape(registryHost)));

const self = "scripts/checks/the-repository-knows-no-machine.test.ts";

test("no tracked file names a path or a host of one machine", () => {
  const found = trackedFiles()
    .filter((path) => path !== self)
    .flatMap((path) =>
      readFileSync(repositoryPath(path), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          MACHINE.some((machine) => machine.test(line))
            ? [`${path}:${index + 1}`]
            : [],
        ),
    );
  assert.deepEqual(found, []);
});

test("package-lock.json names no registry", () => {
  const lock = readFileSync(repositoryPath("package-lock.json"), "utf8");
  assert.deepEqual(lock.match(/"resolved": "https?:.*/g) ?? [], []);
});
