import assert from "node:assert/strict";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { StartError } from "@assay/issuer";
import { startedServer } from "./attacks/started-server.ts";

test("beside a database no new master key is made: it would open nothing, and stand where the lost one belongs", async () => {
  const started = await startedServer();
  const key = join(started.data, "master-key");
  renameSync(key, `${key}-lost`);
  await assert.rejects(started.again(), (error: Error) => {
    assert.ok(error instanceof StartError, String(error));
    assert.match(
      error.message,
      /^master key file \S+: expected the key under which \S+assay\.db is sealed, found none/,
    );
    return true;
  });
  assert.ok(!existsSync(key));
  renameSync(`${key}-lost`, key);
  await started.again();
  await started.close();
});
