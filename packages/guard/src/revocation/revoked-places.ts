/**
 * The places of status lists whose tokens are over: an exact set. Each 65,536 places of a list are kept as sorted numbers of 16 bits while
 * they are few, and as one bit a place when they are many (the way of Roaring bitmaps, arXiv:1603.06549). So a revoked token costs two bytes,
 * or the list one bit a token, whichever is less. No filter: it never refuses a token by chance.
 */

/** Places of one chunk. */
const CHUNK = 2 ** 16;
/** From so many numbers on, bits are smaller. */
const DENSE_FROM = CHUNK / 16;
/** What the objects around a chunk cost, in bytes: reckoned, not measured. */
const CHUNK_COST = 256;
/** What a chunk costs that is not there, before one that is. */
const GAP_COST = 8;
/** Threat: one number that makes a set grow without end. 64 million places: what an unpacked list of 8 MiB has. */
export const MOST_PLACES: number = 2 ** 26;

/** Sorted; only the first `size` count. */
interface Few {
  values: Uint16Array;
  size: number;
}
/** Or one bit a place, the least significant bit of a byte first. */
type Chunk = Few | Uint8Array;

export class RevokedPlaces {
  readonly #lists = new Map<string, (Chunk | undefined)[]>();
  #bytes = 0;

  /** What the set costs, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  has(list: string, index: number): boolean {
    const chunk = this.#lists.get(list)?.[Math.floor(index / CHUNK)];
    if (!chunk) return false;
    const low = index % CHUNK;
    if (chunk instanceof Uint8Array) return hasBit(chunk, low);
    const at = placeOf(chunk, low);
    return at < chunk.size && chunk.values[at] === low;
  }

  /** `index`: a whole number from 0 to MOST_PLACES - 1. */
  add(list: string, index: number): void {
    let chunks = this.#lists.get(list);
    if (!chunks) {
      chunks = [];
      this.#lists.set(list, chunks);
      this.#bytes += CHUNK_COST + 2 * list.length;
    }
    const which = Math.floor(index / CHUNK);
    const known = chunks[which];
    const chunk = known ?? { values: new Uint16Array(4), size: 0 };
    const before = known ? costOf(known) : 0;
    const after = withPlace(chunk, index % CHUNK);
    for (; chunks.length < which; this.#bytes += GAP_COST)
      chunks.push(undefined);
    chunks[which] = after;
    this.#bytes += costOf(after) - before;
  }
}

function withPlace(chunk: Chunk, low: number): Chunk {
  if (chunk instanceof Uint8Array) return setBit(chunk, low);
  const { values, size } = chunk;
  const at = placeOf(chunk, low);
  if (at < size && values[at] === low) return chunk;
  if (size >= DENSE_FROM) {
    const bits = new Uint8Array(CHUNK / 8);
    for (const value of values.subarray(0, size)) setBit(bits, value);
    return setBit(bits, low);
  }
  if (size === values.length) {
    chunk.values = new Uint16Array(
      Math.min(DENSE_FROM, size + 4 + (size >> 3)),
    );
    chunk.values.set(values);
  }
  chunk.values.copyWithin(at + 1, at, size);
  chunk.values[at] = low;
  chunk.size++;
  return chunk;
}

/** Where the number is, or would be. */
function placeOf({ values, size }: Few, low: number): number {
  let [from, to] = [0, size];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((values[middle] ?? 0) < low) from = middle + 1;
    else to = middle;
  }
  return from;
}

const costOf = (chunk: Chunk): number =>
  CHUNK_COST +
  (chunk instanceof Uint8Array ? chunk.length : 2 * chunk.values.length);

const hasBit = (bits: Uint8Array, at: number): boolean =>
  (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;

function setBit(bits: Uint8Array, at: number): Uint8Array {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  return bits;
}
