import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atEndOfTurn } from "./at-end-of-turn.ts";

describe("work at the end of a turn", () => {
  it("is done for all of them in their order, and before the next turn", async () => {
    const seen: string[] = [];
    for (const name of ["a", "b", "c"]) {
      seen.push(`${name} asks`);
      atEndOfTurn(() => seen.push(name));
    }
    setImmediate(() => seen.push("the next"));
    assert.deepEqual(seen, ["a asks", "b asks", "c asks"]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(seen.slice(3), ["a", "b", "c", "the next"]);
  });

  it("that is asked for by such work has a turn of its own", async () => {
    const seen: number[] = [];
    const last = Promise.withResolvers<void>();
    atEndOfTurn(() => {
      seen.push(1);
      atEndOfTurn(() => {
        seen.push(3);
        last.resolve();
      });
    });
    atEndOfTurn(() => seen.push(2));
    await last.promise;
    assert.deepEqual(seen, [1, 2, 3]);
  });

  it("is done under a clock that a test turns by hand", async (t) => {
    t.mock.timers.enable({ apis: ["setImmediate", "setTimeout"] });
    const done = Promise.withResolvers<void>();
    atEndOfTurn(() => done.resolve());
    await done.promise;
  });
});
