import assert from "node:assert/strict";
import { test } from "node:test";
import { createIssuer } from "@assay/issuer";
import { openTemporaryStore } from "./temporary-store.ts";

test("whoever asks for readiness at the same time shares one question to the store", async () => {
  const { store, master, close } = await openTemporaryStore();
  let asked = 0;
  let works = true;
  const issuer = await createIssuer({
    issuer: "https://issuer.example",
    masterKeys: [master],
    store: {
      ...store,
      ping: async () => {
        asked++;
        await store.ping();
        if (!works) throw new Error("gone");
      },
    },
  });
  const all = async (): Promise<readonly boolean[]> => [
    ...new Set(
      await Promise.all(Array.from({ length: 50 }, () => issuer.isReady())),
    ),
  ];
  assert.deepEqual([await all(), asked], [[true], 1]);
  works = false;
  assert.deepEqual([await all(), asked], [[false], 2]);
  works = true;
  assert.deepEqual([await all(), asked], [[true], 3]);
  await issuer.close();
  await close();
});
