import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { Handles } from "../../src/diagnosis/handles.ts";
import { openJournalBed, type JournalBed } from "./journal-bed.ts";
import { openHandles, refusal } from "./refusals.ts";

let bed: JournalBed;
let handles: Handles;
const ADMIN = { admin: true } as const;

beforeEach(async () => {
  bed = await openJournalBed();
  handles = openHandles(bed);
});
afterEach(async () => {
  await handles.close();
  await bed.close();
});

describe("a flood of refusals", () => {
  const limits = { perSecond: 2, burst: 10, perClient: 1000 };

  async function kept(all: readonly string[]): Promise<number> {
    await handles.settled();
    const read = await Promise.all(all.map((one) => handles.read(one, ADMIN)));
    return read.filter((one) => one !== null).length;
  }

  it("gets handles like all others, of which a bounded number opens, and one line in the journal", async () => {
    handles = openHandles(bed, { limits });
    const all = Array.from({ length: 100 }, () => handles.open(refusal()));
    assert.equal(new Set(all).size, 100);
    assert.equal(await kept(all), 10);
    bed.pass(2);
    const more = Array.from({ length: 100 }, () => handles.open(refusal()));
    assert.equal(await kept(more), 4);
    await handles.close();
    await bed.seal();
    const counted = await bed.store.readJournal({
      event: "refusals.counted",
      limit: 10,
    });
    assert.deepEqual(
      counted.map(({ facts }) => facts?.["count"]),
      [186],
    );
  });

  it("of strangers leaves room for clients that prove who they are", async () => {
    handles = openHandles(bed, { limits });
    const strange = refusal({ authenticated: false });
    const flood = Array.from({ length: 100 }, () => handles.open(strange));
    assert.equal(await kept(flood), 5);
    assert.equal(await kept([handles.open(refusal())]), 1);
  });

  it("of one client ends at its own bound, and the next client is kept", async () => {
    handles = openHandles(bed, {
      limits: { perSecond: 1000, burst: 1000, perClient: 3 },
    });
    const flood = Array.from({ length: 20 }, () => handles.open(refusal()));
    assert.equal(await kept(flood), 3);
    const other = handles.open(refusal({ clientId: "other" }));
    assert.equal(await kept([other]), 1);
    bed.pass(25 * 3600);
    assert.equal(await kept([handles.open(refusal())]), 1);
  });

  it("does not fill the memory while the store is slow, and no answer waits for it", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    handles = openHandles(bed, {
      limits: { perSecond: 1e6, burst: 1e6, perClient: 1e6 },
      store: {
        findHandle: (digest) => bed.store.findHandle(digest),
        storeHandle: async (record, entry) => {
          begun++;
          await promise;
          return bed.store.storeHandle(record, entry);
        },
      },
    });
    const all = Array.from({ length: 2000 }, () => handles.open(refusal()));
    resolve();
    assert.equal(await kept(all), 256);
    assert.equal(begun, 256);
  });

  it("that the store cannot keep is told to whoever listens, and stops nothing", async () => {
    const errors: unknown[] = [];
    handles = openHandles(bed, {
      failed: (error) => errors.push(error),
      store: {
        findHandle: (digest) => bed.store.findHandle(digest),
        storeHandle: async () => {
          throw new Error("the store is away");
        },
      },
    });
    const handle = handles.open(refusal());
    assert.equal(await kept([handle]), 0);
    assert.equal(errors.length, 1);
  });
});
