/** A backup is made while the server writes, holds all of a moment, and puts nothing back that was revoked. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { backUpSqlite, restoreSqlite } from "../../src/store/sqlite/backup.ts";
import { checkDatabase } from "../../src/store/sqlite/check-database.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import {
  MIGRATIONS,
  NEWEST_VERSION,
} from "../../src/store/migrations/migrations.ts";
import { madeBy } from "./made-by.ts";
import { API, SECOND, times, World } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-backup-"));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = (): string => join(folder, `${++files}.db`);
const open = async (path: string): Promise<Store> =>
  openSqliteStore({ path, issuerId: "http://one" });
const restore = async (from: string, path: string, more: object = {}) =>
  restoreSqlite({
    from,
    path,
    now: 1_800_000_100_000,
    random: randomBytes,
    keepTokens: false,
    ...more,
  });

/** A database with a sign-in and a sealed journal, closed. */
async function made(): Promise<{ path: string; world: World }> {
  const path = newPath();
  const world = new World(await open(path));
  await world.signedIn();
  await world.journal();
  await world.store.close();
  return { path, world };
}

describe("a backup", () => {
  test("is whole while the server writes, and only its owner can read it", async () => {
    const path = newPath();
    const to = newPath();
    const store = await open(path);
    const world = new World(store);
    await world.signedIn();

    await store.seal(100);
    const stop = new AbortController();
    const load = (async () => {
      while (!stop.signal.aborted) {
        await world.signedIn();
        await store.seal(100);
      }
    })();
    const report = await backUpSqlite(path, to);
    stop.abort();
    await load;
    await store.close();
    assert.deepEqual(report.issuers, ["http://one"]);
    assert.ok(report.journalEntries > 0);
    assert.equal(statSync(to).mode & 0o777, 0o600);
    assert.deepEqual(await checkDatabase(to), report);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes("unfinished")),
      [],
    );
  });

  test("never replaces a file, and is made of a database that is there", async () => {
    const { path } = await made();
    const to = newPath();
    await backUpSqlite(path, to);
    await assert.rejects(backUpSqlite(path, to), {
      name: "StartError",
      message: /free/,
    });
    await assert.rejects(backUpSqlite(newPath(), newPath()), {
      name: "StartError",
      message: /found none/,
    });
    const empty = newPath();
    new DatabaseSync(empty).close();
    const none = newPath();
    await assert.rejects(backUpSqlite(empty, none), {
      name: "StartError",
      message: /tables/,
    });
    assert.equal(existsSync(none), false);
  });

  test("is refused when its journal was changed, or its pages are damaged", async () => {
    const { path } = await made();
    for (const [change, message] of [
      ["client_id = 'other' WHERE sequence = 1", /entry 1 changed/],
      // An entry that stands in the row of another, whose number the row has.
      [
        "further = replace(further, 'token.issued', 'token.revoked') WHERE sequence = 4",
        /entry 3 changed/,
      ],
    ] as const) {
      const changed = newPath();
      copyFileSync(path, changed);
      const database = new DatabaseSync(changed);
      assert.equal(
        database.prepare(`UPDATE journal SET ${change}`).run().changes,
        1,
      );
      database.close();
      await assert.rejects(restore(changed, newPath()), {
        name: "StartError",
        message,
      });
    }
    const damaged = newPath();
    copyFileSync(path, damaged);
    truncateSync(damaged, 20_000);
    const to = newPath();
    await assert.rejects(restore(damaged, to), {
      name: "StartError",
      message: /damaged/,
    });
    assert.equal(existsSync(to), false);
  });
});

describe("a restore", () => {
  test("is refused while a server uses the database, and leaves that alone", async () => {
    const { path } = await made();
    const to = newPath();
    await backUpSqlite(path, to);
    const store = await open(path);
    await assert.rejects(restore(to, path), {
      name: "StartError",
      message: new RegExp(`in use by process ${process.pid}`),
    });
    await store.ping();
    await store.close();
  });

  test("ends what was issued before it, because some of that was revoked since", async () => {
    const path = newPath();
    const to = newPath();
    const world = new World(await open(path));
    const { access, token } = await world.signedIn();
    const list = { list: world.listOf(API), resource: API };
    await world.store.openStatusList(world.statusList(list));
    await world.store.revoke(
      { by: "token", tokenId: world.access().tokenId },
      world.now,
      world.entry("token.revoked"),
    );
    await world.journal();
    await backUpSqlite(path, to);
    // After the backup: a revocation, and a number in the feed that a guard has seen.
    await world.store.revoke(
      { by: "token", tokenId: access.tokenId },
      world.now,
      world.entry("token.revoked"),
    );
    await world.places();
    const seen = await world.store.newestRevocation();
    await world.store.close();

    const { replaced } = await restore(to, path);
    assert.ok(replaced !== null && existsSync(replaced));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    world.store = await open(path);
    world.now = 1_800_000_100_000 + SECOND;
    assert.notEqual(await world.endedBy(access), null);
    const used = await world.store.useRefreshToken(world.use(token));
    assert.equal(used?.outcome.kind, "refused");
    // The lists of before are still told: whoever keeps the tokens needs them.
    assert.deepEqual(await world.store.listStatusLists(API), [list]);
    const next = world.access();
    await world.store.issueAccessToken(next, world.entry("token.issued"));
    assert.equal(await world.endedBy(next), null);
    await world.places();
    const [first] = await world.store.revokedPlaces({ after: seen, limit: 10 });
    assert.ok(first && first.sequence > seen + 1);
    assert.ok((await world.events()).includes("subject.tokens_revoked_before"));
    await world.store.close();
    // What stood there is still a database.
    const old = await open(replaced);
    assert.ok((await old.readJournal({ limit: 10 })).length > 0);
    await old.close();
  });

  test("of each earlier schema is brought to this one, and a backup of it can be made", async () => {
    for (const { version } of MIGRATIONS) {
      const old = newPath();
      const database = new DatabaseSync(old);
      for (const statement of madeBy(version)) database.exec(statement);
      database.exec(`PRAGMA user_version = ${version}`);
      database.close();
      const to = newPath();
      assert.equal((await backUpSqlite(old, to)).schemaVersion, version);
      const path = newPath();
      const report = await restore(to, path);
      assert.equal(report.schemaVersion, NEWEST_VERSION);
      await (await open(path)).close();
    }
  });

  test("that fails leaves what was there where it was", async () => {
    const { path } = await made();
    const to = newPath();
    await backUpSqlite(path, to);
    // What is marked as restored cannot be written, as on a full disk.
    const broken = newPath();
    copyFileSync(to, broken);
    const database = new DatabaseSync(broken);
    database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    database.close();
    const before = readdirSync(folder).length;
    await assert.rejects(restore(broken, path), {
      name: "StartError",
      message: /disk full/,
    });
    assert.equal(readdirSync(folder).length, before);
    const store = await open(path);
    assert.ok((await store.readJournal({ limit: 10 })).length > 0);
    await store.close();
  });

  test("holds what still stands in the log of the file that it comes from", async () => {
    const { path, world } = await made();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
    database.exec(
      "INSERT INTO server_values (issuer_id, name, value) VALUES ('http://one', 'in-the-log', 'yes')",
    );
    const killed = newPath();
    for (const part of ["", "-wal"]) copyFileSync(path + part, killed + part);
    database.close();
    const to = newPath();
    await restore(killed, to);
    world.store = await open(to);
    const value = await world.store.readValue("in-the-log");
    await world.store.close();
    assert.equal(value, "yes");
  });

  test("keeps the tokens when it is told to, and works where nothing was", async () => {
    const { path, world } = await made();
    const to = newPath();
    await backUpSqlite(path, to);
    const place = newPath();
    const { replaced } = await restore(to, place, { keepTokens: true });
    assert.equal(replaced, null);
    world.store = await open(place);
    const grants = await world.store.listGrants({ limit: 10 });
    assert.deepEqual(
      grants.map(({ revokedAt }) => revokedAt),
      [null],
    );
    await world.store.close();
    await assert.rejects(restore(newPath(), place), {
      name: "StartError",
      message: /found none/,
    });
  });

  test("of many restores at once, one is done", async () => {
    const { path } = await made();
    const to = newPath();
    await backUpSqlite(path, to);
    const place = newPath();
    const outcomes = await Promise.allSettled(
      times(5).map(async () => restore(to, place)),
    );
    assert.ok(outcomes.some(({ status }) => status === "fulfilled"));
    await (await open(place)).close();
    await checkDatabase(place);
  });
});
