/** Names of journal entries: 48 bits of time and 80 random bits, in hexadecimal, so that the order of names is the order of events. */
const RANDOM_BYTES = 10;
/** The largest step, so that a name says nothing of how many there are. */
const STEP_BYTES = 4;

type Random = (bytes: number) => Uint8Array;

/** The names that one server gives: of one millisecond, each is the one before and a little more. */
export class EntryIds {
  readonly #random: Random;
  #last: { readonly time: number; readonly tail: bigint } | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  /** `at` in milliseconds since the epoch. */
  next(at: number): string {
    const time = Math.max(0, Math.floor(at));
    const before = this.#last?.time === time ? this.#last.tail : null;
    const stepped =
      before === null ? null : before + 1n + numberOf(this.#random(STEP_BYTES));
    // Past the end, which comes about once in 2^48 times, the order of that one moment is lost.
    const tail =
      stepped !== null && stepped < 1n << BigInt(RANDOM_BYTES * 8)
        ? stepped
        : numberOf(this.#random(RANDOM_BYTES));
    this.#last = { time, tail };
    return nameOf(time, tail);
  }
}

const nameOf = (time: number, tail: bigint): string =>
  time.toString(16).padStart(12, "0") +
  tail.toString(16).padStart(RANDOM_BYTES * 2, "0");

const numberOf = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
