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

/** Milliseconds that nobody sees. */
const UNSEEN = 50;
/** The editor lays out what it shows, which is two or three times as much for a long token, and not the fifty times of its length. */
const TIMES = 6;

it("shows frames while one types in a token of 16 KiB as it does in a short one", async () => {
  const long = await typeIntoToken(assay);
  assert.ok(long.characters >= SIZE);
  if (Math.max(...long.gaps) < UNSEEN) return;
  // Frames are missed on a machine that is busy or slow: then the work itself is compared, with the same keys in a token of three hundred characters.
  const short = await typeIntoToken(assay, 1);
  assert.ok(
    long.busy < TIMES * short.busy,
    `${long.busy.toFixed(2)} seconds of the processor against ${short.busy.toFixed(2)}`,
  );
});
