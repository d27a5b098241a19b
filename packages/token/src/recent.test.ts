import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Recent } from "./recent.ts";

const recent = (limit: number) =>
  new Recent<string, number>(limit, (value) => value);

describe("what was used of late", () => {
  it("stays, and what was not used goes", () => {
    const kept = recent(8);
    kept.set("used", 1);
    for (let i = 0; i < 100; i++) {
      kept.set(`once ${i}`, 1);
      assert.equal(kept.get("used"), 1);
    }
    assert.equal(kept.get("once 0"), undefined);
    assert.equal(kept.get("once 99"), 1);
  });

  it("never weighs more than the limit, whatever comes in which order", () => {
    let seed = 1;
    for (let run = 0; run < 300; run++) {
      const kept = recent(100);
      const names = new Set<string>();
      for (let i = 0; i < 40; i++) {
        seed = (seed * 48_271) % 2_147_483_647;
        const name = String(seed % 12);
        names.add(name);
        if (seed % 7 === 0) kept.delete(name);
        else if (seed % 5 === 0) kept.get(name);
        else kept.set(name, seed % 120);
      }
      const total = [...names].reduce(
        (sum, name) => sum + (kept.get(name) ?? 0),
        0,
      );
      assert.ok(total <= 100, `${total}`);
    }
  });

  it("holds nothing that alone is over the limit, and no older value in its place", () => {
    const kept = recent(10);
    kept.set("a", 3);
    kept.set("a", 11);
    assert.equal(kept.get("a"), undefined);
  });

  it("counts a value once that is set twice, and nothing for one that is gone", () => {
    const kept = recent(10);
    for (let i = 0; i < 20; i++) kept.set("a", 5);
    kept.set("b", 5);
    assert.deepEqual([kept.get("a"), kept.get("b")], [5, 5]);
    kept.delete("a");
    kept.set("c", 5);
    assert.deepEqual([kept.get("b"), kept.get("c")], [5, 5]);
  });
});
