/**
 * Names of journal entries: 48 bits of time, 76 random bits, and a digit that counts the entries of one change, in hexadecimal, so that the order
 * of names is the order of events.
 */
const TIME_DIGITS = 12;
const HIGH_BYTES = 6;
const LOW_BYTES = 4;
/** Of the lower half's bits, those that are not the counting digit's. */
const LOW_DIGITS = 7;
const LOWS = 16 ** LOW_DIGITS;
/** The largest step, so that a name says nothing of how many there are. */
const STEP_BYTES = 3;
/** One change writes so many entries at most. */
export const ENTRIES_OF_A_CHANGE = 16;

type Random = (bytes: number) => Uint8Array;

const hex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, "0");

/** The names that one server gives: of one millisecond, each is the one before and a little more. */
export class EntryIds {
  readonly #random: Random;
  /** Of the last name: its time, and as numbers the two parts of its random bits. */
  #time = -1;
  #high = 0;
  #low = 0;
  /** Time and upper part as text. */
  #front = "";

  constructor(random: Random) {
    this.#random = random;
  }

  /** `at` in milliseconds since the epoch. */
  next(at: number): string {
    const time = Math.max(0, Math.floor(at));
    // Past the end, which comes about once in 2^48 times, the order of that one moment is lost.
    if (time !== this.#time || !this.#stepped()) {
      this.#time = time;
      this.#high = this.#number(HIGH_BYTES);
      this.#low = Math.floor(this.#number(LOW_BYTES) / 16);
      this.#setFront();
    }
    return `${this.#front}${hex(this.#low, LOW_DIGITS)}0`;
  }

  /** A step further. False: there was no room for it. */
  #stepped(): boolean {
    const low = this.#low + 1 + this.#number(STEP_BYTES);
    this.#low = low % LOWS;
    if (low < LOWS) return true;
    this.#high++;
    if (this.#high === 2 ** (8 * HIGH_BYTES)) return false;
    this.#setFront();
    return true;
  }

  #setFront(): void {
    this.#front =
      hex(this.#time, TIME_DIGITS) + hex(this.#high, 2 * HIGH_BYTES);
  }

  #number(bytes: number): number {
    let value = 0;
    for (const byte of this.#random(bytes)) value = value * 256 + byte;
    return value;
  }
}

/** The name of a further entry of the change whose first has this one. Throws TypeError for more than ENTRIES_OF_A_CHANGE of them. */
export function furtherId(first: string, n: number): string {
  if (n >= ENTRIES_OF_A_CHANGE)
    throw new TypeError(
      `expected at most ${ENTRIES_OF_A_CHANGE} entries of one change in the journal, found more`,
    );
  return first.slice(0, -1) + n.toString(16);
}
