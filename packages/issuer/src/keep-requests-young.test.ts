import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

/** Makes many objects that outlive some collections, as requests do under load, and says how many of a hundred further ones are young. */
const program = (prepare: string): string => `
  ${prepare}
  class Request { constructor(n) { this.next = { n }; } }
  let waiting = [];
  for (let n = 0; n < 1_000_000; n++) {
    waiting.push(new Request(n));
    if (waiting.length > 200_000) waiting = [];
  }
  const further = Array.from({ length: 100 }, (_, n) => new Request(n));
  console.log(further.filter(({ next }) => %InYoungGeneration(next)).length);`;

const youngOf = (prepare: string): number =>
  Number(
    execFileSync(process.execPath, [
      "--allow-natives-syntax",
      // When V8 collects is else left to chance, and so is whether it learns before it compiles.
      "--predictable-gc-schedule",
      "--input-type=module",
      "--eval",
      program(prepare),
    ]),
  );

test("what a request needs is made in the young generation, also after a time in which it outlived collections", () => {
  const file = new URL("keep-requests-young.ts", import.meta.url).href;
  assert.equal(
    youngOf(
      `import { keepRequestsYoung } from ${JSON.stringify(file)}; keepRequestsYoung();`,
    ),
    100,
  );
  // Where V8 no longer does otherwise by itself, the switch can go. Now and then it compiles before it has learned.
  const found: number[] = [];
  while (found.length < 5 && !found.some((young) => young < 100))
    found.push(youngOf(""));
  assert.ok(Math.min(...found) < 100, found.join(", "));
});
