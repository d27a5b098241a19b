import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { EntryIds, ENTRIES_OF_A_CHANGE, furtherId } from "./entry-id.ts";

const AT = 1_800_000_000_000;
const FORM = /^[0-9a-f]{31}0$/;

/** Gives these bytes in turn, and zeroes when they are used up. */
function bytesOf(...hex: readonly string[]): (bytes: number) => Uint8Array {
  const left = [...hex];
  return (bytes) => {
    const next = Buffer.from(left.shift() ?? "00".repeat(bytes), "hex");
    assert.equal(next.length, bytes);
    return next;
  };
}

const timeOf = (id: string): number => Number.parseInt(id.slice(0, 12), 16);

function assertAscend(ids: readonly string[]): void {
  for (const [i, id] of ids.entries()) {
    assert.match(id, FORM);
    assert.ok(i === 0 || (ids[i - 1] ?? "") < id, `${ids[i - 1]} then ${id}`);
  }
}

describe("ids of journal entries", () => {
  it("are 48 bits of time and 76 random bits, as 31 hexadecimal digits, and a zero", () => {
    const ids = new EntryIds(bytesOf("010203040506", "0708090a"));
    assert.equal(
      ids.next(0x01_23_45_67_89_ab),
      "0123456789ab01020304050607080900",
    );
    const zeroes = new EntryIds(bytesOf());
    assert.equal(zeroes.next(0), "0".repeat(32));
    for (const at of [0, 1, AT, 2 ** 48 - 1]) {
      const id = new EntryIds(randomBytes).next(at);
      assert.match(id, FORM);
      assert.equal(timeOf(id), at);
    }
  });

  it("ascend within a millisecond, a hundred thousand of them", () => {
    const ids = new EntryIds(randomBytes);
    assertAscend(Array.from({ length: 100_000 }, () => ids.next(AT)));
  });

  it("ascend over the carry from the lower half to the upper one", () => {
    // The lower half is as large as it can be, and the step too.
    const ids = new EntryIds(
      bytesOf("00000000ffff", "ffffffff", "ffffff", "000000"),
    );
    const time = AT.toString(16).padStart(12, "0");
    assert.deepEqual(
      [ids.next(AT), ids.next(AT), ids.next(AT)],
      [
        `${time}00000000fffffffffff0`,
        `${time}0000000100000ffffff0`,
        `${time}00000001000010000000`,
      ],
    );
  });

  it("step by one at least, and by the random number that they are given", () => {
    const ids = new EntryIds(
      bytesOf("000000000000", "ffffffef", "000000", "000000", "000009"),
    );
    const tails = Array.from({ length: 4 }, () => ids.next(AT).slice(12));
    assert.deepEqual(tails, [
      "000000000000ffffffe0",
      "000000000000fffffff0",
      "00000000000100000000",
      "000000000001000000a0",
    ]);
  });

  it("ascend whatever the random source gives, as long as the upper half has room", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 40,
        }),
        (given) => {
          let asked = 0;
          const ids = new EntryIds((bytes) => {
            asked++;
            // The upper half has no more than half of its numbers behind it.
            if (asked === 1)
              return Uint8Array.of(0x7f, 255, 255, 255, 255, 255);
            return (given[asked % given.length] ?? new Uint8Array(4)).slice(
              0,
              bytes,
            );
          });
          assertAscend(Array.from({ length: 100 }, () => ids.next(AT)));
        },
      ),
    );
  });

  it("start anew at another millisecond, also at an earlier one", () => {
    const ids = new EntryIds(
      bytesOf(
        "aaaaaaaaaabb",
        "bbbbbbbb",
        "000000000011",
        "11111111",
        "222222222233",
        "33333333",
        "444444444455",
        "55555555",
      ),
    );
    const time = (at: number): string => at.toString(16).padStart(12, "0");
    assert.equal(ids.next(AT), `${time(AT)}aaaaaaaaaabbbbbbbbb0`);
    assert.equal(ids.next(AT + 1), `${time(AT + 1)}00000000001111111110`);
    assert.equal(ids.next(AT), `${time(AT)}22222222223333333330`);
    assert.equal(ids.next(0), `${time(0)}44444444445555555550`);
  });

  it("take the whole milliseconds of a time, and nothing from before the epoch", () => {
    const ids = new EntryIds(randomBytes);
    const first = ids.next(AT + 0.25);
    const second = ids.next(AT + 0.75);
    assert.equal(timeOf(first), AT);
    assertAscend([first, second]);
    assert.equal(timeOf(ids.next(-5)), 0);
  });

  it("keep their form when the random bits are at their end, and go on with others", () => {
    const ids = new EntryIds(
      bytesOf("ff".repeat(6), "ffffffff", "000000", "00".repeat(6)),
    );
    const time = AT.toString(16).padStart(12, "0");
    assert.equal(ids.next(AT), `${time}${"f".repeat(19)}0`);
    assert.equal(ids.next(AT), `${time}${"0".repeat(20)}`);
    assertAscend(Array.from({ length: 10 }, () => ids.next(AT)));
  });

  it("come to an end, and in their form, from a source of nothing but ones", () => {
    const ids = new EntryIds((bytes) => new Uint8Array(bytes).fill(255));
    for (let i = 0; i < 1000; i++) {
      const id = ids.next(AT);
      assert.match(id, FORM);
      assert.equal(timeOf(id), AT);
    }
    assert.match(ids.next(AT + 1), FORM);
  });

  it("of one change stand together, in their order, before those of the next", () => {
    const ids = new EntryIds(randomBytes);
    const changes = Array.from({ length: 100 }, () => ids.next(AT));
    const all = changes.flatMap((first) =>
      Array.from({ length: ENTRIES_OF_A_CHANGE }, (_, n) =>
        furtherId(first, n),
      ),
    );
    assert.deepEqual(all, [...new Set(all)].toSorted());
    for (const id of all) assert.match(id, /^[0-9a-f]{32}$/);
    for (const first of changes) assert.equal(furtherId(first, 0), first);
  });

  it("of one change are sixteen at most", () => {
    const first = new EntryIds(randomBytes).next(AT);
    assert.equal(furtherId(first, 15), `${first.slice(0, -1)}f`);
    assert.throws(() => furtherId(first, 16), {
      name: "TypeError",
      message: /expected at most 16 entries/,
    });
  });
});
