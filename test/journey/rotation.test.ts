/** Signing keys change under a steady load, from end to end: nobody is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { assay, furnish, openApi, openClient, serve } from "./bed.ts";

test("three rotations by `assay keys rotate` under a steady load: not one refusal at two guards", async () => {
  // A key is published for longer than verifiers keep the set: that is all that a rotation needs.
  await using server = await serve({
    flags: { "--publish-keys-ahead": "2", "--keys-cache-seconds": "1" },
  });
  const { clientSecret } = await furnish(server, 300);
  await using one = await openApi(server, { keysAtLeast: 1000 });
  await using two = await openApi(server, { keysAtLeast: 1000 });
  await using client = await openClient(server, [one, two], {
    clientId: "service",
    grant: { type: "client_credentials" },
    authentication: { method: "client_secret_basic", secret: clientSecret },
  });
  await client.ask("beginLoad", [one.origin, two.origin]);
  const keysHeard = async (): Promise<number> =>
    Object.keys((await client.ask("heard")).keys).length;
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await pause(50);
  };
  await until(async () => (await keysHeard()) === 1);
  for (let keys = 2; keys <= 4; keys++) {
    // Without force: too early it is refused, and nothing happens.
    await until(async () =>
      assay(server, "keys", "rotate").then(
        () => true,
        () => false,
      ),
    );
    await until(async () => (await keysHeard()) === keys);
  }
  const { statuses, keys } = await client.ask("endLoad");
  assert.deepEqual(Object.keys(statuses), ["200"]);
  assert.equal(Object.keys(keys).length, 4);
});
