import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Sealer, type Sealed } from "../../src/journal/sealer.ts";
import type { Store } from "../../src/store/store.ts";
import { openJournalBed, who, type JournalBed } from "./journal-bed.ts";

let bed: JournalBed;
before(async () => {
  bed = await openJournalBed();
});
after(() => bed.close());

const silent = (error: unknown): void => {
  throw error;
};

function sealer(
  holder: string,
  store: Pick<Store, "acquireLease" | "seal"> = bed.store,
  failed: (error: unknown) => void = silent,
): Sealer {
  return new Sealer({ store, clock: bed.clock, holder, failed });
}

const nextOf = async (one: Sealer): Promise<Sealed> => {
  const { promise, resolve } = Promise.withResolvers<Sealed>();
  const stop = one.onSealed((sealed) => {
    stop();
    resolve(sealed);
  });
  return promise;
};

const write = async (tokenId: string): Promise<void> =>
  bed.journal.write("token.issued", { tokenId }, who());

const unsealed = async (): Promise<number> => {
  const { entries } = await bed.store.seal(1000);
  return entries;
};

// What never comes must fail, and not wait for ever.
describe("the sealer", { timeout: 30_000 }, () => {
  it("seals what was written, when it is nudged and when it is not", async () => {
    const one = sealer("one");
    one.start();
    const first = nextOf(one);
    await write("a");
    one.nudge();
    assert.equal((await first).entries, 1);
    const second = nextOf(one);
    await write("b");
    const { newest } = await second;
    const [entry] = await bed.store.readJournal({
      limit: 1,
      newestFirst: true,
    });
    assert.deepEqual([entry?.sequence, entry?.tokenId], [newest, "b"]);
    await one.close();
  });

  it("seals what is left when it is closed, and gives its lease back", async () => {
    const one = sealer("one");
    one.start();
    const begun = nextOf(one);
    await write("c");
    await begun;
    await write("d");
    await one.close();
    assert.equal(await unsealed(), 0);
    const now = bed.clock();
    assert.equal(
      await bed.store.acquireLease("sealer", "other", now, now),
      true,
    );
  });

  it("leaves the work to the holder of the lease, and takes it when the lease has ended", async () => {
    const now = bed.clock();
    assert.ok(await bed.store.acquireLease("sealer", "gone", now, now + 5000));
    let refused = 0;
    const asked = Promise.withResolvers<void>();
    const second = sealer("second", {
      seal: (limit) => bed.store.seal(limit),
      acquireLease: async (...args) => {
        const has = await bed.store.acquireLease(...args);
        if (!has && ++refused === 2) asked.resolve();
        return has;
      },
    });
    const sealed = nextOf(second);
    await write("e");
    second.start();
    await asked.promise;
    const [newest] = await bed.store.readJournal({
      limit: 1,
      newestFirst: true,
    });
    assert.notEqual(newest?.tokenId, "e");
    bed.pass(5);
    assert.equal((await sealed).entries, 1);
    await second.close();
  });

  it("goes on after the store failed, and tells what it threw", async () => {
    const errors: unknown[] = [];
    let away = 2;
    const one = sealer(
      "one",
      {
        acquireLease: (...args) => bed.store.acquireLease(...args),
        seal: async (limit) => {
          if (away-- > 0) throw new Error("the store is away");
          return bed.store.seal(limit);
        },
      },
      (error) => errors.push(error),
    );
    const sealed = nextOf(one);
    await write("f");
    one.start();
    assert.equal((await sealed).entries, 1);
    assert.equal(errors.length, 2);
    await one.close();
  });

  it("is not stopped by a listener that throws", async () => {
    const errors: unknown[] = [];
    const one = sealer("one", bed.store, (error) => errors.push(error));
    one.onSealed(() => {
      throw new Error("a listener's own");
    });
    const first = nextOf(one);
    await write("g");
    one.start();
    await first;
    const second = nextOf(one);
    await write("h");
    await second;
    assert.ok(errors.length >= 2);
    await one.close();
  });

  it("can be closed before it was started, and twice", async () => {
    const one = sealer("one");
    await one.close();
    await one.close();
    one.start();
    await write("i");
    assert.equal(await unsealed(), 1);
  });
});
