import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atEndOfTurn } from "./at-end-of-turn.ts";

describe("work at the end of a turn", () => {
  it("is done for all of them in their order, when each has asked, and before the next turn", async () => {
    const seen: string[] = [];
    const all = ["a", "b", "c"].map(async (name) => {
      seen.push(`${name} asks`);
      return atEndOfTurn(() => {
        seen.push(name);
        return name.toUpperCase();
      });
    });
    assert.deepEqual(seen, ["a asks", "b asks", "c asks"]);
    setImmediate(() => seen.push("the next"));
    assert.deepEqual(await Promise.all(all), ["A", "B", "C"]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(seen.slice(3), ["a", "b", "c", "the next"]);
  });

  it("fails for the one whose work fails, and for no other", async () => {
    const [one, two, three] = await Promise.allSettled([
      atEndOfTurn(() => 1),
      atEndOfTurn((): number => {
        throw new TypeError("two");
      }),
      atEndOfTurn(() => 3),
    ]);
    assert.deepEqual(one, { status: "fulfilled", value: 1 });
    assert.equal(two.status, "rejected");
    assert.match(String(two.reason), /two/);
    assert.deepEqual(three, { status: "fulfilled", value: 3 });
  });

  it("that is asked for by such work has a turn of its own", async () => {
    const seen: number[] = [];
    const inner = await Promise.all([
      atEndOfTurn(() => {
        seen.push(1);
        return { later: atEndOfTurn(() => seen.push(3)) };
      }),
      atEndOfTurn(() => seen.push(2)),
    ]);
    await inner[0].later;
    assert.deepEqual(seen, [1, 2, 3]);
  });

  it("is done under a clock that a test turns by hand", async (t) => {
    t.mock.timers.enable({ apis: ["setImmediate", "setTimeout"] });
    assert.equal(await atEndOfTurn(() => 1), 1);
  });
});
