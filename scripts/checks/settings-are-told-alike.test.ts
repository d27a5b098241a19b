import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { repositoryPath } from "../repository.mjs";
import { writtenSettings } from "../settings.ts";

test("what is told of the server's settings is what their table says; npm run settings mends it", async () => {
  for (const { path, text } of await writtenSettings())
    assert.equal(readFileSync(repositoryPath(path), "utf8"), text, path);
});
