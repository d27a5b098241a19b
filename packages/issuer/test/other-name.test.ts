import assert from "node:assert/strict";
import { test } from "node:test";
import { startedServer } from "./attacks/started-server.ts";

test("a start under another name than before is told, because tokens have the name in them: another port is another name", async () => {
  const started = await startedServer();
  const { url } = started.server;
  const notes = (await started.again()).join();
  await started.close();
  assert.ok(notes.includes(`This issuer was ${url}, and is `), notes);
});
