/** Names of journal entries: 48 bits of time and 80 random bits, in hexadecimal, so that the order of names is the order of events. */
const TIME_DIGITS = 12;
const HALF_BYTES = 5;
const HALF = 2 ** (8 * HALF_BYTES);
/** The largest step, so that a name says nothing of how many there are. */
const STEP_BYTES = 4;

type Random = (bytes: number) => Uint8Array;

/** The names that one server gives: of one millisecond, each is the one before and a little more. */
export class EntryIds {
  readonly #random: Random;
  /** The last name: its time, as number and as text, and the random bits in two halves, each of which is an exact number. */
  readonly #last = { time: -1, text: "", high: 0, low: 0 };

  constructor(random: Random) {
    this.#random = random;
  }

  /** `at` in milliseconds since the epoch. */
  next(at: number): string {
    const time = Math.max(0, Math.floor(at));
    const last = this.#last;
    if (last.time === time) {
      last.low += 1 + numberOf(this.#random(STEP_BYTES));
      if (last.low >= HALF) {
        last.low -= HALF;
        last.high++;
      }
    }
    // Past the end, which comes about once in 2^48 times, the order of that one moment is lost.
    if (last.time !== time || last.high >= HALF) {
      last.time = time;
      last.text = time.toString(16).padStart(TIME_DIGITS, "0");
      last.high = numberOf(this.#random(HALF_BYTES));
      last.low = numberOf(this.#random(HALF_BYTES));
    }
    return last.text + digitsOf(last.high) + digitsOf(last.low);
  }
}

const digitsOf = (half: number): string =>
  half.toString(16).padStart(HALF_BYTES * 2, "0");

function numberOf(bytes: Uint8Array): number {
  let number = 0;
  for (const byte of bytes) number = number * 256 + byte;
  return number;
}
