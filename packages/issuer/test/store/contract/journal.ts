import assert from "node:assert/strict";
import type { SealedEntry } from "../../../src/journal/events.ts";
import { checkChain } from "../check-chain.ts";
import type { Prove } from "../contract-suite.ts";
import { DAY, SECOND, times, type World } from "../world.ts";

async function write(world: World, count: number): Promise<void> {
  await world.store.writeEntries(
    times(count).map((i) =>
      world.entry("token.issued", { tokenId: `t${i}`, facts: { i } }),
    ),
  );
}

export function proveJournal(prove: Prove): void {
  prove(
    "rows are numbered without gaps and chained, however many arrive at once",
    async (world) => {
      const { store } = world;
      const stop = new AbortController();
      const sealer = (async () => {
        while (!stop.signal.aborted) await store.seal(37);
      })();
      await Promise.all(times(25).map(async (i) => write(world, i)));
      stop.abort();
      await sealer;
      const rows = await world.journal();
      assert.equal(rows.length, 300);
      checkChain(rows);
    },
  );

  prove("two sealers at once give each number once", async (world) => {
    const { store } = world;
    await write(world, 400);
    await Promise.all(times(12).map(async (i) => store.seal(30 + i)));
    const rows = await world.journal();
    assert.equal(rows.length, 400);
    checkChain(rows);
  });

  prove(
    "what is not sealed is not read; a round without rows says how far it is",
    async (world) => {
      const { store } = world;
      assert.deepEqual(await store.seal(10), {
        entries: 0,
        revocations: 0,
        newest: 0,
      });
      await write(world, 3);
      assert.deepEqual(await store.readJournal({ limit: 10 }), []);
      assert.deepEqual(await store.seal(2), {
        entries: 2,
        revocations: 0,
        newest: 2,
      });
      assert.equal((await store.readJournal({ limit: 10 })).length, 2);
      await store.seal(2);
      assert.deepEqual(await store.seal(2), {
        entries: 0,
        revocations: 0,
        newest: 3,
      });
    },
  );

  prove("a row that was changed breaks the chain", async (world) => {
    await write(world, 5);
    const rows = await world.journal();
    const changed = rows.map((row) =>
      row.sequence === 3 ? { ...row, tokenId: "other" } : row,
    );
    assert.throws(() => checkChain(changed), /row 3/);
  });

  prove(
    "rows are read by each filter, in both directions, a page at a time",
    async (world) => {
      const { store } = world;
      const personal = { keyId: "p1", cipher: "c" };
      await store.writeEntries([
        world.entry("token.issued", {
          tokenId: "t",
          clientId: "c",
          grantId: "g",
          resource: "r",
        }),
      ]);
      world.now += SECOND;
      await store.writeEntries([
        world.entry("token.revoked", { tokenId: "t", personal }),
      ]);
      world.now += SECOND;
      await store.writeEntries([
        world.entry("token.revoked", { tokenId: "u" }),
      ]);
      const [one, two, three] = await world.journal();
      assert.ok(one && two && three);
      const read = async (filter: object): Promise<readonly SealedEntry[]> =>
        store.readJournal({ limit: 10, ...filter });
      assert.deepEqual(await read({ tokenId: "t" }), [one, two]);
      assert.deepEqual(await read({ event: "token.revoked" }), [two, three]);
      assert.deepEqual(await read({ clientId: "c" }), [one]);
      assert.deepEqual(await read({ grantId: "g" }), [one]);
      assert.deepEqual(await read({ personalKeyId: "p1" }), [two]);
      assert.deepEqual(await read({ from: two.at, until: three.at }), [two]);
      assert.deepEqual(await read({ newestFirst: true, limit: 2 }), [
        three,
        two,
      ]);
      assert.deepEqual(await read({ newestFirst: true, after: 2 }), [one]);
      assert.deepEqual(await read({ after: 1, limit: 1 }), [two]);
      assert.equal(one.resource, "r");
      assert.deepEqual(two.personal, personal);
    },
  );

  prove(
    "the front of the journal goes, and the rest can still be checked",
    async (world) => {
      const { store } = world;
      await write(world, 10);
      world.now += DAY;
      await write(world, 5);
      const rows = await world.journal();
      assert.equal(await store.trimJournal(world.now, 4), 4);
      assert.equal(await store.trimJournal(world.now, 100), 6);
      assert.equal(await store.trimJournal(world.now, 100), 0);
      const left = await store.readJournal({ limit: 100 });
      assert.deepEqual(left, rows.slice(10));
      const anchor = JSON.parse(
        (await store.readValue("journal-anchor")) ?? "",
      ) as {
        sequence: number;
        hash: string;
      };
      checkChain(left, anchor);
      assert.equal(anchor.sequence, 10);
      await write(world, 1);
      checkChain(await world.journal(), anchor);
    },
  );

  prove("rows that are not sealed are never trimmed", async (world) => {
    const { store } = world;
    await write(world, 3);
    assert.equal(await store.trimJournal(world.now + DAY, 100), 0);
    assert.equal((await world.journal()).length, 3);
  });

  prove(
    "a person's key is made once, and destroyed for good",
    async (world) => {
      const { store } = world;
      const keys = await Promise.all(
        times(20).map(async (i) =>
          store.personalKey("p", `wrapped-${i}`, world.now),
        ),
      );
      assert.equal(new Set(keys).size, 1);
      assert.equal(
        await store.erasePersonalKey(
          "p",
          world.now,
          world.entry("subject.deleted"),
        ),
        true,
      );
      assert.equal(await store.personalKey("p", "another", world.now), null);
      assert.equal(
        await store.erasePersonalKey(
          "p",
          world.now,
          world.entry("subject.deleted"),
        ),
        false,
      );
      assert.deepEqual(await world.events(), ["subject.deleted"]);
    },
  );

  prove(
    "a person's key goes with the last row that it opens, not before",
    async (world) => {
      const { store } = world;
      const wrapped = await store.personalKey("p", "first", world.now);
      const personal = { keyId: "p", cipher: "c" };
      const tell = async (): Promise<void> => {
        await store.writeEntries([
          world.entry("subject.signed_in", { personal }),
        ]);
        await world.journal();
      };
      const trim = async (): Promise<number> =>
        store.trimJournal(world.now - 3 * DAY, 100);
      await tell();
      world.now += 10 * DAY;
      await tell();
      assert.equal(await trim(), 1);
      // A row is left, and the key with it.
      assert.equal(await store.personalKey("p", "second", world.now), wrapped);
      world.now += 5 * DAY;
      // Asked for just now: somebody may be about to write with it.
      assert.equal(await store.personalKey("p", "second", world.now), wrapped);
      assert.equal(await trim(), 1);
      assert.equal(await store.personalKey("p", "second", world.now), wrapped);
      await tell();
      world.now += 5 * DAY;
      assert.equal(await trim(), 1);
      assert.equal(await store.personalKey("p", "second", world.now), "second");
    },
  );
}
