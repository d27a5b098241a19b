import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { StoreUnavailable, type Store } from "../../src/store/store.ts";
import { proveStore } from "./contract-suite.ts";
import { COUNT_ROWS } from "./tables.ts";
import { times, World } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-store-"));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = (): string => join(folder, `${++files}.db`);
const issuerId = "http://one";

proveStore({
  name: "SQLite",
  open: async () => {
    const path = newPath();
    const open = async (): Promise<Store> =>
      openSqliteStore({ path, issuerId });
    let store = await open();
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await open();
        return store;
      },
      rows: () => {
        const database = new DatabaseSync(path, { readOnly: true });
        const rows = database.prepare(COUNT_ROWS(issuerId)).all();
        database.close();
        return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
      },
      close: async () => store.close(),
    };
  },
});

describe("SQLite alone", () => {
  test("a second server on one file is told which process has it", async () => {
    const path = newPath();
    const store = await openSqliteStore({ path, issuerId });
    await assert.rejects(openSqliteStore({ path, issuerId }), {
      name: "StartError",
      message: new RegExp(`in use by process ${process.pid} `),
    });
    // The first one is not disturbed.
    await store.ping();
    await store.close();
    await (await openSqliteStore({ path, issuerId })).close();
  });

  test("nobody else on the machine can read it", async () => {
    const path = newPath();
    const store = await openSqliteStore({ path, issuerId });
    await store.writeValue("v", null, "secret");
    const ours = readdirSync(folder).filter((name) =>
      name.startsWith(`${files}.db`),
    );
    assert.ok(ours.includes(`${files}.db-wal`));
    for (const name of ours.filter((one) => !one.endsWith(".lock")))
      assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
    await store.close();
    chmodSync(path, 0o644);
    await (await openSqliteStore({ path, issuerId })).close();
    assert.equal(statSync(path).mode & 0o077, 0);
  });

  test("a folder that is not there stops the start, and is named", async () => {
    const path = join(folder, "none", "assay.db");
    await assert.rejects(
      openSqliteStore({ path, issuerId }),
      (error: Error) => {
        assert.equal(error.name, "StartError");
        assert.ok(error.message.includes(path));
        return true;
      },
    );
  });

  test("an idle round of the sealer leaves the disk alone", async () => {
    const path = newPath();
    const store = await openSqliteStore({ path, issuerId });
    const world = new World(store);
    await store.writeEntries([world.entry("server.started")]);
    await store.seal(10);
    const { mtimeNs, size } = statSync(`${path}-wal`, { bigint: true });
    for (const _ of times(20)) await store.seal(10);
    const later = statSync(`${path}-wal`, { bigint: true });
    assert.deepEqual([later.mtimeNs, later.size], [mtimeNs, size]);
    await store.close();
  });

  test("a disk that is full is no answer about a token, and the rest goes on when there is room", async () => {
    const path = newPath();
    const store = await openSqliteStore({ path, issuerId });
    const world = new World(store);
    const { token } = await world.signedIn();
    // Another program holds the file longer than a writer waits.
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const input = world.use(token);
    // All who come together wait for it once: one after the other they would wait longer than this test may take.
    const answers = await Promise.allSettled(
      times(20).map(async () => store.useRefreshToken(input)),
    );
    for (const answer of answers)
      assert.ok(
        answer.status === "rejected" &&
          answer.reason instanceof StoreUnavailable,
      );
    assert.ok(await store.findRefreshToken(token));
    other.exec("ROLLBACK");
    other.close();
    const used = await store.useRefreshToken(input);
    assert.equal(used?.outcome.kind, "rotated");
    await store.close();
  });
});
