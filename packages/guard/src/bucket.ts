/** So many a second, and no more. */
export class Bucket {
  readonly #perSecond: number;
  readonly #clock: () => number;
  #left: number;
  #filled: number;

  constructor(perSecond: number, clock: () => number) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#left = perSecond;
    this.#filled = clock();
  }

  take(): boolean {
    const now = this.#clock();
    // A clock that was set back must not close the bucket for good.
    const passed = Math.max(0, now - this.#filled) / 1000;
    this.#left = Math.min(
      this.#perSecond,
      this.#left + passed * this.#perSecond,
    );
    this.#filled = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
