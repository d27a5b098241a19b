/** Typing never stutters, because the judging is done elsewhere. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { startConsole, type Console } from "./open-console.ts";
import { SIZE, typeIntoToken } from "./typing.ts";

let assay: Console;
before(async () => {
  assay = await startConsole();
});
after(() => assay.close());

/** A machine that is busy with something else may miss a frame; one that stutters in every attempt stutters. */
const ATTEMPTS = 5;
/** Milliseconds that nobody sees. */
const UNSEEN = 50;

it("shows frames while one types in a token of 16 KiB as it does in a short one", async () => {
  const seen: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { characters, gaps } = await typeIntoToken(assay);
    assert.ok(characters >= SIZE);
    const slowest = Math.max(...gaps);
    if (slowest < UNSEEN) return;
    // What the machine can do at all: the same keys in a token of three hundred characters.
    const short = Math.max(...(await typeIntoToken(assay, 1)).gaps);
    if (slowest < 2 * short) return;
    seen.push(`${Math.round(slowest)} against ${Math.round(short)}`);
  }
  assert.fail(
    `the slowest frame of each attempt, against that with a short token, in milliseconds: ${seen.join(", ")}`,
  );
});
