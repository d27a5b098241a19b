import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { placeMoments } from "../src/inspector/answer/time-places.ts";

it("places moments by their distances where there is room", () => {
  assert.deepEqual(placeMoments([0, 25, 100], 0.1), {
    places: [0, 0.25, 1],
    toScale: true,
  });
});

it("moves apart what stands too near, and says so", () => {
  const { places, toScale } = placeMoments([0, 1, 999, 1000], 0.1);
  assert.deepEqual(
    places.map((place) => Number(place.toFixed(3))),
    [0, 0.1, 0.9, 1],
  );
  assert.equal(toScale, false);
});

it("puts equal moments in one place", () => {
  assert.deepEqual(placeMoments([5, 5, 9], 0.1).places, [0, 0, 1]);
  assert.deepEqual(placeMoments([5], 0.1).places, [0.5]);
});

it("keeps the order, the least distance and the line's ends, whatever the times", () => {
  const moments = fc
    .array(fc.double({ min: -1e18, max: 1e18, noNaN: true }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((list) => list.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(moments, (list) => {
      const { places } = placeMoments(list, 0.14);
      places.forEach((place, i) => {
        assert.ok(place >= 0 && place <= 1);
        const before = places[i - 1] ?? -1;
        if (i > 0 && list[i] !== list[i - 1])
          assert.ok(place - before >= 0.14 - 1e-9);
      });
    }),
  );
});
