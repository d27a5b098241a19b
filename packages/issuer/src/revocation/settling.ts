/** Goes on with what points in time ended, batch by batch, until nothing is left. */
import type { Store } from "../store/store.ts";

/** Rows of one batch: the writer of others waits so long. */
const LIMIT = 1000;

export interface SettlingOptions {
  readonly store: Pick<Store, "settleRevocations">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** After each batch that ended something: it waits for its numbers. */
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

export class Settling {
  readonly #options: SettlingOptions;
  #running: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** There is more than a revocation ends at once: it is not left for the next round. */
  nudge(): void {
    this.#again = true;
    this.settle().catch(this.#options.failed);
  }

  /** Resolves when all is settled that was to be at the time of the call. Rejects when the store does not answer. */
  async settle(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running?.catch(this.#options.failed);
  }

  async #run(): Promise<void> {
    const { store, clock, written } = this.#options;
    do {
      this.#again = false;
      const now = clock();
      let from = null;
      do {
        const { ended, next } = await store.settleRevocations(now, LIMIT, from);
        if (ended > 0) written();
        from = next;
      } while (from !== null && !this.#closed);
    } while (this.#again && !this.#closed);
  }
}
