import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ADMIN_PAGE, adminPage } from "../admin-api.ts";
import { repositoryPath } from "../repository.mjs";

test("what the guide tells of the admin API is what its OpenAPI document says; npm run admin-api mends it", async () => {
  const page = readFileSync(repositoryPath(ADMIN_PAGE), "utf8");
  assert.equal(await adminPage(page), page);
});
