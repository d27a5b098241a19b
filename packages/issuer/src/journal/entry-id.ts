/** Names of journal entries: 48 bits of time and 80 random bits, in hexadecimal, so that the order of names is the order of events. */
const TIME_DIGITS = 12;
const RANDOM_BYTES = 10;
/** The largest step, so that a name says nothing of how many there are. */
const STEP_BYTES = 4;
const STEP_AT = RANDOM_BYTES - STEP_BYTES;
const STEPS = 2 ** (8 * STEP_BYTES);

type Random = (bytes: number) => Uint8Array;

/** The names that one server gives: of one millisecond, each is the one before and a little more. */
export class EntryIds {
  readonly #random: Random;
  /** Of the last name, as number and as text. */
  #time = -1;
  #timeText = "";
  #tail: Buffer = Buffer.alloc(RANDOM_BYTES);

  constructor(random: Random) {
    this.#random = random;
  }

  /** `at` in milliseconds since the epoch. */
  next(at: number): string {
    const time = Math.max(0, Math.floor(at));
    // Past the end, which comes about once in 2^48 times, the order of that one moment is lost.
    if (time !== this.#time || !this.#stepped()) {
      this.#time = time;
      this.#timeText = time.toString(16).padStart(TIME_DIGITS, "0");
      this.#tail = Buffer.from(this.#random(RANDOM_BYTES));
    }
    return this.#timeText + this.#tail.toString("hex");
  }

  /** A step further. False: there was no room for it. */
  #stepped(): boolean {
    const tail = this.#tail;
    const step = Buffer.from(this.#random(STEP_BYTES)).readUInt32BE();
    const low = tail.readUInt32BE(STEP_AT) + 1 + step;
    tail.writeUInt32BE(low % STEPS, STEP_AT);
    if (low < STEPS) return true;
    for (let i = STEP_AT - 1; i >= 0; i--) {
      const byte = ((tail[i] ?? 0) + 1) % 256;
      tail[i] = byte;
      if (byte !== 0) return true;
    }
    return false;
  }
}
