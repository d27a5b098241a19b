import assert from "node:assert/strict";
import fc from "fast-check";
import type { SealedEntry } from "../../../src/journal/events.ts";
import type { NamedRefreshToken } from "../../../src/store/records.ts";
import { checkChain } from "../check-chain.ts";
import type { Prove } from "../contract-suite.ts";
import { DAY, nextOf, SECOND, times, type World } from "../world.ts";

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
    "changes of one entry and of several are read alike: by number, event, token, grant, person, client and time, in pages of any length",
    async (world) => {
      const { store } = world;
      const personal = { keyId: "p1", cipher: "sealed" };
      let newest: NamedRefreshToken | null = null;
      for (const i of times(12)) {
        world.now += SECOND;
        if (i % 3 === 0) {
          await write(world, 2);
          newest = (await world.signedIn()).token;
        } else if (newest) {
          const input = world.use(newest, {
            access: world.access(),
            ...(i % 2 === 0 && { journal: { ...world.draft(), personal } }),
          });
          await store.useRefreshToken(input);
          newest = nextOf(input);
        }
      }
      const all = await world.journal();
      checkChain(all);
      const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T | undefined> =>
        fc.option(fc.constantFrom(...new Set(values)), { nil: undefined });
      const sequence = fc.nat({ max: all.length + 2 });
      await fc.assert(
        fc.asyncProperty(
          fc.record(
            {
              after: sequence,
              limit: fc.integer({ min: 1, max: all.length + 1 }),
              newestFirst: fc.boolean(),
              event: oneOf(all.map(({ event }) => event)),
              tokenId: oneOf(all.map(({ tokenId }) => tokenId)),
              grantId: oneOf(all.map(({ grantId }) => grantId)),
              clientId: oneOf(all.map(({ clientId }) => clientId)),
              personalKeyId: fc.constantFrom("p1", undefined),
              from: oneOf(all.map(({ at }) => at)),
              until: oneOf(all.map(({ at }) => at)),
            },
            { requiredKeys: ["limit"] },
          ),
          async ({ limit, newestFirst = false, ...filter }) => {
            const { after, personalKeyId, from, until, ...same } = filter;
            const meant = all.filter(
              (entry) =>
                (after === undefined ||
                  (newestFirst
                    ? entry.sequence < after
                    : entry.sequence > after)) &&
                (personalKeyId === undefined ||
                  entry.personal?.keyId === personalKeyId) &&
                (from === undefined || entry.at >= from) &&
                (until === undefined || entry.at < until) &&
                Object.entries(same).every(
                  ([name, value]) =>
                    value === undefined ||
                    entry[name as keyof typeof same] === value,
                ),
            );
            const given = Object.fromEntries(
              Object.entries(filter).filter(([, value]) => value !== undefined),
            );
            assert.deepEqual(
              await store.readJournal({ ...given, limit, newestFirst }),
              (newestFirst ? meant.toReversed() : meant).slice(0, limit),
            );
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  prove(
    "the entries of one change go together, and what was known of their tokens goes with them",
    async (world) => {
      const { store } = world;
      const { token } = await world.signedIn();
      const input = world.use(token);
      await store.useRefreshToken(input);
      const { tokenId } = input.access;
      const last = (await world.journal()).at(-1);
      assert.equal(last?.tokenId, tokenId);
      world.now += DAY;
      await write(world, 1);
      const all = await world.journal();
      const gone = all.length - 1;
      assert.equal(await store.trimJournal(world.now, 100), gone);
      assert.deepEqual(await world.journal(), all.slice(gone));
      assert.deepEqual(await store.readJournal({ tokenId, limit: 9 }), []);
      assert.equal(
        await store.readValue("journal-anchor"),
        JSON.stringify({ sequence: last.sequence, hash: last.hash }),
      );
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
