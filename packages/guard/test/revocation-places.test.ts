/** The set of revoked places is exact, whatever is put in, in whatever order, and grows by what is put in alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  MOST_PLACES,
  RevokedPlaces,
} from "../src/revocation/revoked-places.ts";

const place = fc.record({
  list: fc.constantFrom("a", "b", "c"),
  index: fc.oneof(
    fc.nat({ max: 300 }),
    fc.nat({ max: MOST_PLACES - 1 }),
    fc.constantFrom(0, 65_535, 65_536, MOST_PLACES - 1),
  ),
});

test("what was put in is there, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(place), fc.array(place), (put, asked) => {
      const places = new RevokedPlaces();
      const expected = new Set<string>();
      for (const { list, index } of put) {
        places.add(list, index);
        expected.add(`${list} ${index}`);
      }
      for (const { list, index } of [...put, ...asked])
        assert.equal(places.has(list, index), expected.has(`${list} ${index}`));
    }),
  );
});

test("it stays exact while few become many: from numbers to bits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (one, start) => {
      const places = new RevokedPlaces();
      const expected = new Set<number>();
      // Steps that are coprime to the chunk's size reach each place once.
      const step = 2 * one + 1;
      for (let i = 0; i < 6000; i++) {
        const index = (start + i * step) % 65_536;
        places.add("list", index);
        places.add("list", index);
        expected.add(index);
      }
      for (let index = 0; index < 65_536; index++)
        assert.equal(places.has("list", index), expected.has(index));
      assert.equal(places.has("list", 65_536), false);
    }),
    { numRuns: 10 },
  );
});

test("a place that comes again costs nothing, and a chunk never more than one bit a place", () => {
  const places = new RevokedPlaces();
  for (let index = 0; index < 65_536; index++) places.add("list", index);
  const { bytes } = places;
  assert.ok(bytes < 9000, `${bytes}`);
  for (let index = 0; index < 65_536; index++) places.add("list", index);
  assert.equal(places.bytes, bytes);
});
