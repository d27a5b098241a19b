/** A variable of ours that the server does not know stops its start: so it must know those that anything in the repository reads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readSettings } from "@assay/issuer";
import { repositoryPath } from "../repository.mjs";
import { trackedFiles } from "./tracked-files.ts";

test("the server starts beside every variable that anything here reads", () => {
  const read = new Set(
    trackedFiles()
      .filter((path) => /\.(?:ts|mjs)$/.test(path))
      .flatMap((path) =>
        [
          ...readFileSync(repositoryPath(path), "utf8").matchAll(
            /env\["(ASSAY_\w+)"\]/g,
          ),
        ].map(([, name = ""]) => name),
      ),
  );
  assert.ok(read.has("ASSAY_CHROMIUM") && read.size > 10);
  // An empty variable is none: only its name is looked at.
  readSettings({}, Object.fromEntries([...read].map((name) => [name, ""])));
});
