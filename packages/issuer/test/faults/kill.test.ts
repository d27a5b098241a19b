/** kill -9 in the middle of load, and PostgreSQL stopped at once: nothing that was acknowledged is lost, nothing is used twice. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import {
  makePostgresServer,
  type PostgresServer,
} from "../store/postgres-server.ts";
import { checkAcknowledged, type Checked } from "./check-acknowledged.ts";
import { KILLS } from "./extent.ts";
import type { Line } from "./operation.ts";
import { runProcess } from "./run-process.ts";
import { openPlace, type Place } from "./store-of.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-kill-"));
after(() => rmSync(folder, { recursive: true }));

test("SQLite: a killed process loses nothing that it acknowledged", async (t) => {
  const place: Place = { kind: "sqlite", path: join(folder, "assay.db") };
  await killAgainAndAgain(t, place, KILLS, async (kill) => kill());
});

const server = makePostgresServer();
if (server !== null) {
  after(() => server.remove());

  test("PostgreSQL: a killed process loses nothing that it acknowledged", async (t) => {
    server.sql("CREATE DATABASE killed");
    await killAgainAndAgain(
      t,
      { kind: "postgres", url: server.url("killed") },
      KILLS,
      async (kill) => {
        await kill();
        await quiet(server, "killed");
      },
    );
  });

  test("PostgreSQL: a server that stops at once loses nothing, and the process goes on by itself", async (t) => {
    server.sql("CREATE DATABASE stopped");
    const place: Place = { kind: "postgres", url: server.url("stopped") };
    await killAgainAndAgain(
      t,
      place,
      Math.ceil(KILLS / 5),
      async (kill, lines) => {
        server.stop("immediate");
        const failed = () => lines.filter((line) => line.said === "failed");
        for (let left = 1500; left > 0 && failed().length === 0; left--)
          await wait(20);
        const met = failed();
        assert.ok(met.length > 0, "no operation met the stop");
        assert.ok(met.every((line) => line.error === "StoreUnavailable"));
        const before = lines.length;
        server.start();
        while (
          !lines.slice(before).some((line) => line.said === "acknowledged")
        )
          await wait(20);
        await kill();
        await quiet(server, "stopped");
      },
    );
  });
}

/** What a dead process began, the server ends first. */
async function quiet(one: PostgresServer, database: string): Promise<void> {
  while (
    one
      .sql(
        `SELECT count(*) FROM pg_stat_activity WHERE datname = '${database}' AND application_name = 'assay'`,
      )
      .trim() !== "0"
  )
    await wait(20);
}

async function killAgainAndAgain(
  t: TestContext,
  place: Place,
  rounds: number,
  fault: (kill: () => Promise<void>, lines: readonly Line[]) => Promise<void>,
): Promise<void> {
  const head = { sequence: 0, hash: "" };
  const all: Checked = { acknowledged: 0, done: 0, undone: 0 };
  for (let round = 0; round < rounds; round++) {
    const load = runProcess<Line>("load-process.ts", [JSON.stringify(place)]);
    await load.until((line) => line.said === "acknowledged");
    await wait(randomInt(20, 300));
    await fault(async () => {
      load.process.kill("SIGKILL");
      assert.equal(await load.ended, "SIGKILL");
    }, load.lines);
    const store = await openPlace(place);
    try {
      const checked = await checkAcknowledged(store, load.lines, head);
      assert.ok(checked.acknowledged > 0);
      all.acknowledged += checked.acknowledged;
      all.done += checked.done;
      all.undone += checked.undone;
      // Taken up by the check itself.
      const [newest] = await store.readJournal({ limit: 1, newestFirst: true });
      while ((await store.seal(1000)).entries > 0);
      const [last] = await store.readJournal({ limit: 1, newestFirst: true });
      Object.assign(head, {
        sequence: (last ?? newest)?.sequence,
        hash: (last ?? newest)?.hash,
      });
    } finally {
      await store.close();
    }
  }
  t.diagnostic(
    `${rounds} faults: ${all.acknowledged} operations were acknowledged and none was lost; of those under way ${all.done} were whole and ${all.undone} had not begun`,
  );
}
