/** Two server processes on one PostgreSQL. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Sealer } from "../../src/journal/sealer.ts";
import type { Store } from "../../src/store/store.ts";
import { checkChain } from "../store/check-chain.ts";
import { makePostgresServer } from "../store/postgres-server.ts";
import { nextOf, times, World } from "../store/world.ts";
import { FAMILIES, REVOCATIONS } from "./extent.ts";
import type { Refreshed } from "./refresh-process.ts";
import { runProcess } from "./run-process.ts";
import { openPlace, type Place } from "./store-of.ts";
import type { Sight } from "./watch-process.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-two-"));
after(() => rmSync(folder, { recursive: true }));

const server = makePostgresServer();
if (server !== null) {
  after(() => server.remove());
  const place = (name: string): Place => {
    server.sql(`CREATE DATABASE ${name}`);
    return { kind: "postgres", url: server.url(name) };
  };

  test("of two processes that refresh the same tokens at the same time, one wins each, and nobody is taken for a thief", async (t) => {
    const where = place("refreshed");
    const store = await openPlace(where);
    const world = new World(store);
    world.now = Date.now();
    const families = await inBatches(FAMILIES, async () => world.signedIn());
    const planted = await plantThefts(world, Math.ceil(FAMILIES / 50));
    const file = join(folder, "tokens.json");
    writeFileSync(file, JSON.stringify(families.map(({ token }) => token)));

    const processes = times(2).map(() =>
      runProcess<Refreshed>("refresh-process.ts", [
        JSON.stringify(where),
        file,
      ]),
    );
    await Promise.all(
      processes.map(async (one) => one.until(({ kind }) => kind === "ready")),
    );
    const began = performance.now();
    for (const one of processes) one.process.stdin?.end();
    // The thieves come in the middle of it.
    const caught = await planted();
    assert.deepEqual(
      await Promise.all(processes.map(async (one) => one.ended)),
      [0, 0],
    );
    const seconds = (performance.now() - began) / 1000;

    const answers = new Map<string, Refreshed[]>();
    for (const line of processes.flatMap((one) => one.lines))
      if (line.token) {
        const { digest } = line.token;
        answers.set(digest, [...(answers.get(digest) ?? []), line]);
      }
    assert.equal(answers.size, FAMILIES);
    for (const { token, grant } of families) {
      const both = answers.get(token.digest) ?? [];
      assert.deepEqual(
        both
          .map(({ kind }) => kind)
          .toSorted((one, other) => (one < other ? -1 : 1)),
        ["repeated", "rotated"],
      );
      for (const { kind, next } of both)
        assert.equal(
          next && (await store.findRefreshToken(next)) !== null,
          kind === "rotated",
        );
      assert.equal((await store.findGrant(grant.grantId))?.revokedAt, null);
    }
    checkChain(await world.journal());
    await store.close();
    t.diagnostic(
      `${2 * FAMILIES} refreshes by two processes in ${seconds.toFixed(1)} s: one winner each, no family revoked; ${caught} planted thefts, each found`,
    );
  });

  test("a revocation at one process reaches a reader of the feed at the other within a second", async (t) => {
    const where = place("watched");
    const watcher = runProcess<Sight>("watch-process.ts", [
      JSON.stringify(where),
    ]);
    await watcher.until(({ place: seen }) => seen === "ready");
    const store = await openPlace(where);
    const sealer = new Sealer({
      store,
      clock: () => Date.now(),
      holder: "this test",
      failed: () => {},
    });
    sealer.start();
    const revokedAt = new Map<string, number>();
    const world = new World(store);
    for (const _ of times(REVOCATIONS)) {
      world.now = Date.now();
      const access = world.access();
      const { list, index } = access.status;
      await store.issueAccessToken(access, world.entry("token.issued"));
      await store.revoke(
        { by: "token", tokenId: access.tokenId },
        world.now,
        world.entry("token.revoked"),
      );
      sealer.nudge();
      const seen = `${list} ${index}`;
      revokedAt.set(seen, Date.now());
      await watcher.until((line) => line.place === seen);
    }
    const took = watcher.lines
      .flatMap(({ place: seen, at }) => {
        const from = revokedAt.get(seen);
        return from === undefined ? [] : [at - from];
      })
      .toSorted((one, other) => one - other);
    watcher.process.kill();
    await watcher.ended;
    await sealer.close();
    await store.close();
    assert.equal(took.length, REVOCATIONS);
    const at = (part: number): number =>
      took[Math.floor(part * (took.length - 1))] ?? NaN;
    t.diagnostic(
      `${REVOCATIONS} revocations seen at the other process after ${at(0.5)} ms (median), ${at(0.99)} ms (99 of 100), ${at(1)} ms (all)`,
    );
    assert.ok(at(0.5) < 1000, `median ${at(0.5)} ms`);
  });
}

async function inBatches<Made>(
  count: number,
  make: () => Promise<Made>,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  while (made.length < count)
    made.push(
      ...(await Promise.all(
        // As many as the store has connections: on a slow machine a longer queue would not be served in time.
        times(Math.min(10, count - made.length)).map(make),
      )),
    );
  return made;
}

/** Families whose owner went on, and whose first token somebody else has. Returns how the thieves try. */
async function plantThefts(
  world: World,
  count: number,
): Promise<() => Promise<number>> {
  const { store } = world;
  const stolen = await inBatches(count, async () => {
    const { token, grant } = await world.signedIn();
    const first = world.use(token);
    await store.useRefreshToken(first);
    await store.useRefreshToken(world.use(nextOf(first)));
    return { token, grant };
  });
  return async () => {
    for (const { token, grant } of stolen) {
      const used = await store.useRefreshToken(
        world.use(token, {
          presentation: { network: "elsewhere", agent: "curl" },
        }),
      );
      assert.equal(used?.outcome.kind, "reused");
      assert.equal(used.outcome.judgement?.story, "theft");
      assert.notEqual(await revokedAt(store, grant.grantId), null);
    }
    return stolen.length;
  };
}

const revokedAt = async (
  store: Store,
  grantId: string,
): Promise<number | null> =>
  (await store.findGrant(grantId))?.revokedAt ?? null;
