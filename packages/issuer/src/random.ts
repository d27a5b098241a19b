/** Random bytes of the platform's cryptographic source, drawn in blocks: a call for twelve bytes costs as much as one for four thousand. */
import { randomFillSync } from "node:crypto";

const BLOCK = 4096;

/** A source with a block of its own. Bytes are given once, and are gone from the block then. */
export function pooledRandom(): (bytes: number) => Uint8Array {
  const block = new Uint8Array(BLOCK);
  let used = BLOCK;
  return (bytes) => {
    if (bytes > BLOCK / 4) return randomFillSync(new Uint8Array(bytes));
    if (used + bytes > BLOCK) {
      randomFillSync(block);
      used = 0;
    }
    const given = block.slice(used, used + bytes);
    // Threat: what was given, a nonce or a token, read later from this memory.
    block.fill(0, used, used + bytes);
    used += bytes;
    return given;
  };
}
