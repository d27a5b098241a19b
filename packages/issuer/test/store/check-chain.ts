import assert from "node:assert/strict";
import { chainHash, FIRST_HASH } from "../../src/journal/chain.ts";
import type { SealedEntry } from "../../src/journal/events.ts";

/** Throws where a number or a hash does not follow from the one before. */
export function checkChain(
  rows: readonly SealedEntry[],
  before = { sequence: 0, hash: FIRST_HASH },
): void {
  let { sequence, hash } = before;
  for (const row of rows) {
    sequence += 1;
    assert.equal(row.sequence, sequence);
    hash = chainHash(hash, row);
    assert.equal(row.hash, hash, `row ${sequence}`);
  }
}
