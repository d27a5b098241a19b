/**
 * Threat: an input on which work grows with the square of its length keeps a server busy for minutes. Proven by how the work grows, and not
 * by the time it takes, which a slow machine would fail.
 */
import assert from "node:assert/strict";

/** So little is not worth a second look: milliseconds of the processor. */
const LITTLE = 50;
const SHORTER = 4;
/** Work of the square takes 16 times as long for 4 times the length. */
const MOST = 10;
/** The least counts: the first may be spent on compiling. */
const ATTEMPTS = 3;

/** `work` gets a length, and makes its input itself. */
export async function growsLinearly(
  work: (length: number) => unknown,
  length: number,
  what = "the work",
): Promise<void> {
  if ((await cost(work, length)) < LITTLE) return;
  let [short, long] = [Infinity, Infinity];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    short = Math.min(short, await cost(work, length / SHORTER));
    long = Math.min(long, await cost(work, length));
  }
  assert.ok(
    long < LITTLE || long < MOST * short,
    `${what}: ${long} ms for ${length}, ${short} ms for a quarter of it`,
  );
}

/** Milliseconds that this process used: what else the machine does is not judged. */
async function cost(
  work: (length: number) => unknown,
  length: number,
): Promise<number> {
  const began = process.cpuUsage();
  await work(Math.floor(length));
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
