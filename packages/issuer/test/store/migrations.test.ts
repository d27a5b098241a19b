/** Each earlier version of the schema, with data, is brought to this one, and what it held is there. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import {
  MIGRATIONS,
  NEWEST_VERSION,
} from "../../src/store/migrations/migrations.ts";
import { ofPostgres } from "../../src/store/postgres/migrate.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { RefreshTokenName } from "../../src/store/records.ts";
import type { Store } from "../../src/store/store.ts";
import { checkChain } from "./check-chain.ts";
import { madeBy } from "./made-by.ts";
import { makePostgresServer } from "./postgres-server.ts";
import { DAY, World } from "./world.ts";

const ISSUER = "http://localhost:4455";
const folder = mkdtempSync(join(tmpdir(), "assay-migrations-"));
const server = makePostgresServer();
after(() => {
  rmSync(folder, { recursive: true });
  server?.remove();
});

for (const { version } of MIGRATIONS)
  describe(`a database of schema version ${version}`, () => {
    test("SQLite", async () => {
      const path = join(folder, `version-${version}.db`);
      const database = new DatabaseSync(path);
      for (const statement of madeBy(version)) database.exec(statement);
      database.exec(`PRAGMA user_version = ${version}`);
      database.close();
      await prove(version, async () =>
        openSqliteStore({ path, issuerId: ISSUER }),
      );
    });

    if (server !== null)
      test("PostgreSQL", async () => {
        const name = `version_${version}`;
        server.sql(`CREATE DATABASE ${name}`);
        server.sql(
          [
            ...madeBy(version).map(ofPostgres),
            "CREATE TABLE schema_version (version BIGINT NOT NULL)",
            `INSERT INTO schema_version (version) VALUES (${version})`,
          ].join(";\n"),
          name,
        );
        await prove(version, async () =>
          openPostgresStore({ url: server.url(name), issuerId: ISSUER }),
        );
      });
  });

/** Since version 4 a list says how long its tokens may live; that of an earlier one goes after the last token that it has. */
const listEnds = (version: number): number =>
  version < 4 ? 1_800_000_601_000 : 1_800_087_000_000;

/** Since version 5 a refresh token names its family; those from before are found by their digest alone. */
const refreshToken = (
  version: number,
  generation: number,
): RefreshTokenName => ({
  digest: `digest-of-refresh-${generation}`,
  ...(version >= 5 && { familyId: "family-1", generation }),
});

async function prove(
  version: number,
  open: () => Promise<Store>,
): Promise<void> {
  await (await open()).close();
  // Once more: nothing is due now.
  const store = await open();
  try {
    const world = new World(store);
    world.now = 1_800_000_020_000;
    const found = await store.findClient("shop");
    assert.equal(found?.client.name, "Shop");
    assert.equal(found.secrets[0]?.lastUsedAt, 1_800_000_005_000);
    assert.equal(
      (await store.findResource("https://api.example"))?.name,
      "Orders",
    );
    assert.equal((await store.listExchangeRules("shop")).length, 1);
    const grant = await store.findGrant("grant-1");
    assert.equal(grant?.sessionId, "session-1");
    assert.deepEqual((await store.findCode("digest-of-code"))?.grant, grant);
    const access = await store.findAccessToken({
      digest: "digest-of-access-1",
    });
    assert.deepEqual(access?.token.claims, { role: "buyer" });
    assert.deepEqual(access.token.status, { list: "list-1", index: 17 });
    assert.equal(access.ended, null);
    assert.equal(await world.endedBy({ tokenId: "access-2" }), "token");
    assert.equal((await store.listSigningKeys())[0]?.kid, "kid-1");
    assert.equal(await store.signingKeysVersion(), 3);
    assert.equal(await store.rememberOnce("dpop", "shop", "jti-1", 1), false);
    assert.equal(
      (await store.findHandle("digest-of-handle"))?.sealed,
      "sealed",
    );
    assert.equal(
      await store.personalKey("person-1", "x", world.now),
      "wrapped",
    );
    assert.equal(
      await store.acquireLease("sealer", "x", 1_800_000_009_000, 1),
      false,
    );
    const before = await store.findRefreshToken(refreshToken(version, 1));
    assert.equal(before?.family.generation, 2);
    assert.equal(before.family.lastUsedAt, 1_800_000_010_000);
    assert.equal(before.family.generations[0]?.usedBy?.network, "home");
    // What was before the newest is still answered once more, with what it was answered before; and the newest is still the newest.
    const repeat = await store.useRefreshToken(
      world.use(refreshToken(version, 1), {
        presentation: { now: 1_800_000_019_000 },
      }),
    );
    assert.equal(repeat?.outcome.kind, "repeated");
    assert.equal(repeat.successorSealed, "sealed-successor");
    const input = world.use(refreshToken(version, 2));
    const used = await store.useRefreshToken(input);
    assert.deepEqual(used?.outcome, { kind: "rotated", generation: 3 });
    const third = {
      familyId: "family-1",
      generation: 3,
      digest: input.next.digest,
    };
    assert.equal((await store.findRefreshToken(third))?.generation, 3);
    const rows = await world.journal();
    checkChain(rows);
    // Since version 6 a change with several entries is one row.
    assert.equal(rows.length, version < 6 ? 8 : 9);
    const named = await store.readJournal({ tokenId: "refresh-1", limit: 9 });
    assert.deepEqual(
      named.map(({ event }) => event),
      version < 6 ? ["token.reused"] : ["token.issued", "token.reused"],
    );
    assert.equal(rows[2]?.event, "token.revoked");
    assert.deepEqual(await world.places(), ["list-1 18"]);
    const resource = "https://api.example";
    const old = { list: "list-1", resource };
    assert.deepEqual(await store.listStatusLists(resource), [old]);
    // A list that is opened now stands beside the old one, and outlives it.
    const list = world.statusList({ expiresAt: listEnds(version) + 1 });
    const opened = { list: list.list, resource };
    await store.openStatusList(list);
    const left = async (at: number): Promise<unknown> => {
      while ((await store.sweep(at, 500)) > 0);
      return store.listStatusLists(null);
    };
    world.now = listEnds(version) + DAY;
    assert.deepEqual(await left(world.now), [old, opened]);
    assert.deepEqual(await left(world.now + 1), [opened]);
  } finally {
    await store.close();
  }
}

test("a database of a newer release is not touched", async () => {
  const path = join(folder, "newer.db");
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version = ${NEWEST_VERSION + 1}`);
  database.close();
  await assert.rejects(openSqliteStore({ path, issuerId: ISSUER }), {
    name: "StartError",
    message: /newer release/,
  });
});
