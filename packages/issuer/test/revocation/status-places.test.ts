/** No place is given twice, none tells when it was given, and of no list is a place given that the store does not know. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  STATUS_LIST_OPEN,
  STATUS_LIST_SIZE,
  StatusPlaces,
} from "../../src/revocation/status-places.ts";
import type { StatusList, StatusPlace } from "../../src/store/records.ts";
import { StoreUnavailable } from "../../src/store/store.ts";

const API = "https://api.example";
const OTHER = "https://other.example";
const START = 1_800_000_000_000;
const LIFETIME = 600_000;
/** Places that are tried in a list before another one is opened. */
const TRIES = 4;

class Bed {
  now = START;
  /** What the store was told, in this order. */
  readonly opened: StatusList[] = [];
  /** Lists that are on disk. */
  readonly written = new Set<string>();
  /** Set by a test that wants the store to fail, or to be slow. */
  store: () => Promise<void> = async () => {};
  readonly #random: (bytes: number) => Uint8Array;
  places: StatusPlaces;

  constructor(random: (bytes: number) => Uint8Array = randomBytes) {
    this.#random = random;
    this.places = this.#start();
  }

  /** As after another start of the process. */
  restart(): void {
    this.places = this.#start();
  }

  async take(
    resource: string = API,
    lifetime: number = LIFETIME,
  ): Promise<StatusPlace> {
    const place = await this.places.take(resource, this.now + lifetime);
    assert.ok(
      this.written.has(place.list),
      "expected a list that is on disk, found one that is not",
    );
    assert.ok(Number.isInteger(place.index));
    assert.ok(place.index >= 0 && place.index < STATUS_LIST_SIZE);
    return place;
  }

  #start(): StatusPlaces {
    return new StatusPlaces({
      store: {
        openStatusList: async (list) => {
          this.opened.push(list);
          await this.store();
          this.written.add(list.list);
        },
      },
      clock: () => this.now,
      random: (bytes) => this.#random(bytes),
    });
  }
}

const nameOf = ({ list, index }: StatusPlace): string => `${list} ${index}`;

/** Random names of lists; of places, the ones that a test says, four for each take. */
function choosing(
  tries: () => readonly number[],
): (bytes: number) => Uint8Array {
  return (bytes) => {
    if (bytes !== 4 * TRIES) return randomBytes(bytes);
    const chosen = Buffer.alloc(bytes);
    for (const [i, place] of tries().entries())
      chosen.writeUInt32BE(place, 4 * i);
    return chosen;
  };
}

describe("a place in a status list", () => {
  test("is never given twice, however many are taken", async () => {
    const bed = new Bed();
    const taken = new Set<string>();
    for (let i = 0; i < 50_000; i++) taken.add(nameOf(await bed.take()));
    assert.equal(taken.size, 50_000);
    // Once in twenty runs some place's tries are all taken, and a second list is opened: by chance alone.
    assert.ok(bed.opened.length < 4, `${bed.opened.length} lists`);
  });

  test("is never given twice, whatever the random source, the clock and the lives of tokens do", async () => {
    const step = fc.record({
      resource: fc.constantFrom(API, OTHER),
      lifetime: fc.constantFrom(1000, LIFETIME, 40 * STATUS_LIST_OPEN),
      wait: fc.constantFrom(
        0,
        1000,
        STATUS_LIST_OPEN - 1,
        STATUS_LIST_OPEN,
        -1,
      ),
      // Few of them, and beyond the end of the list too, so that they meet.
      tries: fc.array(
        fc.constantFrom(
          0,
          1,
          7,
          8,
          STATUS_LIST_SIZE - 1,
          STATUS_LIST_SIZE,
          2 ** 32 - 1,
        ),
        { minLength: TRIES, maxLength: TRIES },
      ),
      atOnce: fc.integer({ min: 1, max: 6 }),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 20 }),
        async (steps) => {
          let tries: readonly number[] = [];
          const bed = new Bed(choosing(() => tries));
          const taken = new Set<string>();
          let count = 0;
          for (const one of steps) {
            tries = one.tries;
            bed.now += one.wait;
            if (one.restart) bed.restart();
            const places = await Promise.all(
              Array.from({ length: one.atOnce }, async () =>
                bed.take(one.resource, one.lifetime),
              ),
            );
            for (const place of places) {
              taken.add(nameOf(place));
              count++;
              const list = bed.opened.find(
                (opened) => opened.list === place.list,
              );
              assert.equal(list?.resource, one.resource);
              assert.ok(bed.now + one.lifetime <= list.expiresAt);
              assert.ok(bed.now >= list.openedAt);
              assert.ok(bed.now < list.openedAt + STATUS_LIST_OPEN);
            }
          }
          assert.equal(taken.size, count);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("may be any place of the list, and says nothing of the one before", async () => {
    const bed = new Bed();
    const parts = Array.from({ length: 16 }, () => 0);
    let [rising, before] = [0, -1];
    for (let i = 0; i < 16_000; i++) {
      const { index } = await bed.take();
      const part = Math.floor((index * parts.length) / STATUS_LIST_SIZE);
      parts[part] = (parts[part] ?? 0) + 1;
      if (index > before) rising++;
      before = index;
    }
    // A thousand each, give or take ten times the deviation that chance has.
    for (const count of parts)
      assert.ok(count > 690 && count < 1310, `${count} of 1000 in a part`);
    assert.ok(rising > 7000 && rising < 9000, `${rising} of 16000 rise`);
  });
});

describe("a status list", () => {
  test("is of one resource", async () => {
    const bed = new Bed();
    const first = await bed.take(API);
    const other = await bed.take(OTHER);
    assert.notEqual(other.list, first.list);
    assert.equal((await bed.take(API)).list, first.list);
    assert.equal((await bed.take(OTHER)).list, other.list);
    assert.deepEqual(
      bed.opened.map(({ list, resource }) => ({ list, resource })),
      [
        { list: first.list, resource: API },
        { list: other.list, resource: OTHER },
      ],
    );
  });

  test("tells the store when it was opened, and how long its tokens may live", async () => {
    const bed = new Bed();
    const { list } = await bed.take();
    assert.match(list, /^[0-9A-Za-z]{14}$/);
    assert.deepEqual(bed.opened, [
      {
        list,
        resource: API,
        openedAt: START,
        expiresAt: START + LIFETIME + STATUS_LIST_OPEN,
      },
    ]);
  });

  test("is full enough when four places were tried and all of them are taken", async () => {
    let tries = [1, 2, 3, 4];
    const bed = new Bed(choosing(() => tries));
    const { list } = await bed.take();
    tries = [1, 2, 3, 4];
    const taken = [];
    for (let i = 0; i < 3; i++) taken.push(await bed.take());
    assert.deepEqual(
      taken,
      [2, 3, 4].map((index) => ({ list, index })),
    );
    assert.equal(bed.opened.length, 1);
    // Three are taken, the fourth is free.
    tries = [4, 3, 2, 9];
    assert.deepEqual(await bed.take(), { list, index: 9 });
    // Beyond the size of the list: the same places again.
    tries = [1, 2, 3, 9].map((place) => place + STATUS_LIST_SIZE);
    const next = await bed.take();
    assert.notEqual(next.list, list);
    assert.equal(next.index, 1);
    assert.deepEqual(
      bed.opened.map((one) => one.list),
      [list, next.list],
    );
    // What is free in the old list stays free.
    tries = [20, 21, 22, 23];
    assert.deepEqual(await bed.take(), { list: next.list, index: 20 });
  });

  test("takes tokens for a day, and no longer", async () => {
    const bed = new Bed();
    const { list } = await bed.take();
    bed.now = START + STATUS_LIST_OPEN - 1;
    assert.equal((await bed.take()).list, list);
    bed.now++;
    assert.notEqual((await bed.take()).list, list);
    assert.equal(bed.opened.length, 2);
    assert.equal(bed.opened[1]?.openedAt, START + STATUS_LIST_OPEN);
  });

  test("is not used when the clock was set back to before its opening", async () => {
    const bed = new Bed();
    const { list } = await bed.take();
    bed.now = START - 1;
    const next = await bed.take();
    assert.notEqual(next.list, list);
    assert.equal(bed.opened[1]?.openedAt, START - 1);
    bed.now = START;
    assert.equal((await bed.take()).list, next.list);
  });

  test("takes no token that lives longer than it: another one does, and then those that live less long too", async () => {
    const bed = new Bed();
    const { list } = await bed.take(API, LIFETIME);
    assert.equal((await bed.take(API, LIFETIME + STATUS_LIST_OPEN)).list, list);
    const long = LIFETIME + STATUS_LIST_OPEN + 1;
    const next = await bed.take(API, long);
    assert.notEqual(next.list, list);
    assert.ok((bed.opened[1]?.expiresAt ?? 0) >= bed.now + long);
    assert.equal((await bed.take(API, LIFETIME)).list, next.list);
    assert.equal(bed.opened.length, 2);
  });

  test("is opened once, however many ask at once, and none gets a place before it is written", async () => {
    const bed = new Bed();
    const writing = Promise.withResolvers<void>();
    bed.store = () => writing.promise;
    let given = 0;
    const taking = Array.from({ length: 100 }, async () => {
      const place = await bed.take();
      given++;
      return place;
    });
    await new Promise(setImmediate);
    assert.equal(bed.opened.length, 1);
    assert.equal(given, 0);
    writing.resolve();
    const places = await Promise.all(taking);
    assert.equal(new Set(places.map(nameOf)).size, 100);
    assert.deepEqual(
      new Set(places.map(({ list }) => list)),
      new Set([bed.opened[0]?.list]),
    );
    assert.equal(bed.opened.length, 1);
  });

  test("is opened for the longest life of those that ask at once too", async () => {
    const bed = new Bed();
    const long = 40 * STATUS_LIST_OPEN;
    const [short, longer] = await Promise.all([
      bed.take(API, LIFETIME),
      bed.take(API, long),
    ]);
    assert.notEqual(short.list, longer.list);
    const list = bed.opened.find((one) => one.list === longer.list);
    assert.ok((list?.expiresAt ?? 0) >= bed.now + long);
  });

  test("that the store did not take is not used, and the next one tries again", async () => {
    const bed = new Bed();
    bed.store = async () => {
      throw new StoreUnavailable("away");
    };
    const taking = await Promise.allSettled([
      bed.take(),
      bed.take(),
      bed.take(OTHER),
    ]);
    for (const one of taking) {
      assert.equal(one.status, "rejected");
      assert.ok(one.reason instanceof StoreUnavailable);
    }
    assert.deepEqual(
      bed.opened.map(({ resource }) => resource),
      [API, OTHER],
    );
    bed.store = async () => {};
    const { list } = await bed.take();
    assert.equal(list, bed.opened[2]?.list);
    assert.notEqual(list, bed.opened[0]?.list);
    assert.equal((await bed.take()).list, list);
    assert.equal(bed.opened.length, 3);
  });

  test("that is open is used while the store is away", async () => {
    const bed = new Bed();
    const { list } = await bed.take();
    bed.store = async () => {
      throw new StoreUnavailable("away");
    };
    assert.equal((await bed.take()).list, list);
  });

  test("is another one after another start, because what was taken is not known any more", async () => {
    const bed = new Bed();
    const { list } = await bed.take();
    bed.restart();
    assert.notEqual((await bed.take()).list, list);
    assert.equal(bed.opened.length, 2);
  });

  test("that was forgotten among very many resources gives no place again", async () => {
    const bed = new Bed();
    const { list } = await bed.take();
    const often = await bed.take(OTHER);
    for (let i = 0; i < 1000; i++) {
      await bed.take(`https://api-${i}.example`);
      // Used all the time: this one stays.
      assert.equal((await bed.take(OTHER)).list, often.list);
    }
    assert.notEqual((await bed.take()).list, list);
  });
});
