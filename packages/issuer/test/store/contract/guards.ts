import assert from "node:assert/strict";
import type { GuardBatch, Store } from "../../../src/store/store.ts";
import type { Prove } from "../contract-suite.ts";
import { DAY, times, type World } from "../world.ts";

const batch = (
  world: World,
  numbers: readonly number[],
  more: Partial<GuardBatch> = {},
): GuardBatch => ({
  clientId: "api",
  boot: "boot",
  events: numbers.map((sequence) => ({
    sequence,
    entry: world.entry("guard.refused", {
      tokenId: "t",
      facts: { number: sequence },
    }),
    handle: null,
  })),
  next: (numbers.at(-1) ?? 0) + 1,
  now: world.now,
  gap: world.draft(),
  ...more,
});

async function numbersOf(world: World): Promise<readonly unknown[]> {
  const rows = await world.journal();
  return rows.map(({ event, facts }) =>
    event === "guard.gap"
      ? `${facts?.["from"]} to ${facts?.["until"]}: ${facts?.["count"]}`
      : facts?.["number"],
  );
}

export function proveGuards(prove: Prove): void {
  prove(
    "an event of a guard is written once, however often it is told",
    async (world) => {
      const { store } = world;
      assert.deepEqual(await store.writeGuardEvents(batch(world, [1, 2, 3])), {
        written: 3,
        missing: 0,
        next: 4,
      });
      assert.deepEqual(await store.writeGuardEvents(batch(world, [2, 3, 4])), {
        written: 1,
        missing: 0,
        next: 5,
      });
      await Promise.all(
        times(8).map(async () => store.writeGuardEvents(batch(world, [5, 6]))),
      );
      assert.deepEqual(await numbersOf(world), [1, 2, 3, 4, 5, 6]);
    },
  );

  prove(
    "numbers that never came are told, also before the first and after the last",
    async (world) => {
      const { store } = world;
      const told = async (
        numbers: readonly number[],
        more: Partial<GuardBatch> = {},
      ): Promise<number> =>
        (await store.writeGuardEvents(batch(world, numbers, more))).missing;
      assert.equal(await told([3]), 2);
      assert.equal(await told([4, 7, 10]), 4);
      assert.equal(await told([], { next: 21 }), 10);
      assert.equal(await told([], { next: 5 }), 0);
      assert.equal(await told([1], { boot: "another" }), 0);
      assert.equal(await told([1], { clientId: "another" }), 0);
      assert.deepEqual(
        (await numbersOf(world)).filter((one) => typeof one === "string"),
        ["1 to 3: 2", "5 to 10: 4", "11 to 21: 10"],
      );
    },
  );

  prove("a handle that is there keeps what stands behind it", async (world) => {
    const { store, now } = world;
    const handle = (sealed: string) => ({
      digest: "digest",
      clientId: null,
      at: now,
      expiresAt: now + DAY,
      sealed,
    });
    await store.storeHandle(handle("first"), null);
    const { events, ...rest } = batch(world, [1]);
    await store.writeGuardEvents({
      ...rest,
      events: events.map((one) => ({ ...one, handle: handle("second") })),
    });
    assert.equal((await store.findHandle("digest"))?.sealed, "first");
    assert.deepEqual(await numbersOf(world), [1]);
  });

  prove(
    "what the issuer saw and what guards told are read apart",
    async (world) => {
      const { store } = world;
      await store.writeEntries([world.entry("token.issued", { tokenId: "t" })]);
      await store.writeGuardEvents(batch(world, [1]));
      await world.journal();
      const read = async (origin: "issuer" | "guards"): Promise<unknown[]> =>
        (await store.readJournal({ tokenId: "t", origin, limit: 9 })).map(
          ({ event }) => event,
        );
      assert.deepEqual(await read("issuer"), ["token.issued"]);
      assert.deepEqual(await read("guards"), ["guard.refused"]);
    },
  );

  prove(
    "how far a guard was heard is forgotten after ninety silent days",
    async (world, opened) => {
      const { store, now } = world;
      await store.writeGuardEvents(batch(world, [1, 2]));
      await sweepAll(store, now + 89 * DAY);
      assert.equal(opened.rows()["guard_boots"], 1);
      await sweepAll(store, now + 91 * DAY);
      assert.equal(opened.rows()["guard_boots"], 0);
    },
  );
}

async function sweepAll(store: Store, now: number): Promise<void> {
  while ((await store.sweep(now, 100)) > 0);
}
