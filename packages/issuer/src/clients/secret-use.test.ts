import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StoreUnavailable } from "../store/store.ts";
import { SecretUse } from "./secret-use.ts";

const secret = { clientId: "c", secretId: "s", lastUsedAt: null };

describe("the last use of a secret", () => {
  it("is written once however many requests come at one moment", async () => {
    const written: (readonly unknown[])[] = [];
    const use = new SecretUse(
      { noteSecretUsed: async (...args) => void written.push(args) },
      (error) => assert.fail(String(error)),
    );
    for (let i = 0; i < 100; i++) use.note(secret, 1_000_000 + i);
    use.note({ ...secret, secretId: "other" }, 1_000_000);
    use.note(secret, 1_060_000);
    use.note({ ...secret, secretId: "used", lastUsedAt: 999_999 }, 1_000_000);
    await use.settled();
    assert.deepEqual(written, [
      ["c", "s", 1_000_000],
      ["c", "other", 1_000_000],
      ["c", "s", 1_060_000],
    ]);
  });

  it("stops nobody when the store is away, and is tried again", async () => {
    const failed: unknown[] = [];
    let calls = 0;
    const use = new SecretUse(
      {
        noteSecretUsed: async () => {
          calls++;
          throw new StoreUnavailable("away");
        },
      },
      (error) => failed.push(error),
    );
    use.note(secret, 1_000_000);
    await use.settled();
    use.note(secret, 1_000_001);
    await use.settled();
    assert.equal(calls, 2);
    assert.ok(failed.every((error) => error instanceof StoreUnavailable));
    assert.equal(failed.length, 2);
  });
});
