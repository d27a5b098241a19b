import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import pg from "pg";
import { NEWEST_VERSION } from "../../src/store/migrations/migrations.ts";
import { MIGRATION_LOCK } from "../../src/store/postgres/migrate.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { StoreUnavailable, type Store } from "../../src/store/store.ts";
import { proveStore } from "./contract-suite.ts";
import { makePostgresServer } from "./postgres-server.ts";
import { COUNT_ROWS } from "./tables.ts";
import { kindsOf, times, World } from "./world.ts";

const server = makePostgresServer();
let issuers = 0;

if (server !== null) {
  after(() => server.remove());
  proveStore({
    name: "PostgreSQL",
    open: async () => {
      // Many issuers in one database: none sees another's rows.
      const issuerId = `http://issuer-${++issuers}`;
      const open = async (): Promise<Store> =>
        openPostgresStore({
          url: server.url(),
          issuerId,
          // A hundred who wait for one row wait for a connection too.
          connectionTimeout: 60_000,
          statementTimeout: 60_000,
        });
      let store = await open();
      return {
        store,
        reopen: async () => {
          await store.close();
          store = await open();
          return store;
        },
        rows: () =>
          Object.fromEntries(
            server
              .sql(COUNT_ROWS(issuerId))
              .trim()
              .split("\n")
              .map((line) => line.split("|"))
              .map(([name = "", n]) => [name, Number(n)]),
          ),
        close: async () => store.close(),
      };
    },
  });

  describe("PostgreSQL alone", () => {
    const database = (): string => {
      const name = `d${++issuers}`;
      server.sql(`CREATE DATABASE ${name}`);
      return name;
    };
    const open = async (name: string): Promise<Store> =>
      openPostgresStore({ url: server.url(name), issuerId: "one" });

    test("ten servers that start at once migrate one database once", async () => {
      const name = database();
      const stores = await Promise.all(times(10).map(async () => open(name)));
      await Promise.all(stores.map(async (store) => store.close()));
      assert.equal(
        server.sql("SELECT version FROM schema_version", name).trim(),
        String(NEWEST_VERSION),
      );
    });

    test("a server waits as long as it takes for one that migrates, and a migration may take long", async () => {
      const name = database();
      await (await open(name)).close();
      // As another server that migrates holds it.
      const other = new pg.Client({ connectionString: server.url(name) });
      await other.connect();
      await other.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
      const opening = openPostgresStore({
        url: server.url(name),
        issuerId: "one",
        statementTimeout: 100,
      });
      await wait(1000);
      await other.end();
      const store = await opening;
      await store.ping();
      await store.close();
    });

    test("two processes on one database: of those that bring one token, one rotates and one repeats", async () => {
      const name = database();
      const stores = await Promise.all([open(name), open(name)]);
      const [store] = stores;
      assert.ok(store);
      const world = new World(store);
      for (const _ of times(20)) {
        const { token } = await world.signedIn();
        const used = await Promise.all(
          times(4).map(async (i) =>
            stores[i % 2]?.useRefreshToken(world.use(token)),
          ),
        );
        assert.deepEqual(kindsOf(used), [
          "repeated",
          "reused",
          "reused",
          "rotated",
        ]);
      }
      await Promise.all(stores.map(async (one) => one.close()));
    });

    test("a deadlock is tried again, and nobody hears of it", async () => {
      const name = database();
      const store = await open(name);
      server.sql("ALTER SYSTEM SET deadlock_timeout = '10ms'");
      server.sql("SELECT pg_reload_conf()");
      const world = new World(store);
      // One verb's row leads to the other's, and the other way round.
      server.sql(
        `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$;
         CREATE TRIGGER slow AFTER UPDATE ON client_secrets FOR EACH ROW EXECUTE FUNCTION slow();
         CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE clients SET data = data; RETURN NEW; END $$;
         CREATE TRIGGER other AFTER UPDATE ON client_secrets FOR EACH ROW EXECUTE FUNCTION other();
         CREATE FUNCTION crossed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); UPDATE client_secrets SET digest = digest; RETURN NEW; END $$;
         CREATE TRIGGER crossed AFTER UPDATE ON clients FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION crossed();`,
        name,
      );
      await store.putClient(world.client(), world.entry("client.created"));
      const secret = world.secret();
      await store.addSecret(
        secret,
        world.now,
        world.entry("client.secret_rotated"),
      );
      const before = deadlocks(name);
      await Promise.all(
        times(6).map(async (i) =>
          i % 2 === 0
            ? store.putClient(world.client(), world.entry("client.changed"))
            : store.noteSecretUsed(
                secret.clientId,
                secret.secretId,
                world.now + i,
              ),
        ),
      );
      await store.close();
      // A connection tells of it when it has ended.
      for (let left = 100; left > 0 && deadlocks(name) === before; left--)
        await wait(50);
      assert.ok(deadlocks(name) > before, "no deadlock was met");
    });
    const deadlocks = (name: string): number => {
      server.sql("SELECT pg_stat_force_next_flush()", name);
      return Number(
        server.sql(
          `SELECT deadlocks FROM pg_stat_database WHERE datname = '${name}'`,
          name,
        ),
      );
    };

    test("a server that ends our connections ends neither the process nor the store", async () => {
      const name = database();
      const store = await open(name);
      await store.ping();
      server.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
      );
      await assert.doesNotReject(async () => {
        for (;;)
          try {
            return await store.ping();
          } catch (error) {
            if (!(error instanceof StoreUnavailable)) throw error;
          }
      });
      await store.close();
    });

    test("a server that is not there, or cannot keep what it is given, stops the start", async () => {
      await assert.rejects(
        openPostgresStore({
          url: "postgres://assay@127.0.0.1:1/none",
          issuerId: "one",
        }),
        { name: "StartError", message: /ECONNREFUSED/ },
      );
      const name = database();
      server.sql(`ALTER DATABASE ${name} SET synchronous_commit = off`);
      await assert.rejects(open(name), {
        name: "StartError",
        message: /synchronous_commit/,
      });
      const latin = `d${++issuers}`;
      server.sql(
        `CREATE DATABASE ${latin} ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'`,
      );
      await assert.rejects(open(latin), {
        name: "StartError",
        message: /UTF8, found LATIN1/,
      });
      await assert.rejects(open("nowhere"), {
        name: "StartError",
        message: /does not exist/,
      });
    });

    test("an error of the server does not quote a row", async () => {
      const store = await open(database());
      const world = new World(store);
      const access = world.access({ subject: "alice@example.com" });
      await store.issueAccessToken(access, world.entry("token.issued"));
      await assert.rejects(
        store.issueAccessToken(access, world.entry("token.issued")),
        (error: Error) =>
          error.message.includes("23505") &&
          !inspect(error, { showHidden: true }).includes(access.tokenId),
      );
      await store.close();
    });
  });
}
