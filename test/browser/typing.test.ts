/** Typing never stutters, because the judging is done elsewhere. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { startConsole, type Console } from "./open-console.ts";
import { typeIntoLargeToken } from "./typing.ts";

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

/** A machine that is busy with something else may miss a frame; one that stutters in every attempt stutters. */
const ATTEMPTS = 5;

it("keeps every frame under 50 ms while one types in a token of 16 KiB", async () => {
  const slowest: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { characters, gaps } = await typeIntoLargeToken(assay);
    assert.ok(characters >= 16_384);
    assert.ok(gaps.length > 60, `${gaps.length} frames`);
    slowest.push(Math.max(...gaps));
    if (slowest.some((gap) => gap < 50)) return;
  }
  assert.fail(
    `the slowest frame of each attempt, in milliseconds: ${slowest.map(Math.round).join(", ")}`,
  );
});
