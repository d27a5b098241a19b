/** Remembers DPoP proofs (RFC 9449 section 11.1). */
import type { MaybePromise, ReplayStore } from "@assay/token";
import { PortFailure } from "./port-failure.ts";
import { proofId } from "./proof-id.ts";

export interface MemoryReplayOptions {
  /** Greatest number of proofs. Default 100,000; when it is full, requests are answered 503: a proof that was forgotten could be used again. */
  readonly limit?: number;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

const LIMIT = 100_000;
const SWEEP_EVERY = 10;

/** For one process alone. Several processes need the shared store, or each its own nonces. */
export class MemoryReplayStore implements ReplayStore {
  readonly #until = new Map<string, number>();
  readonly #limit: number;
  readonly #clock: () => number;
  #sweepFrom = 0;

  constructor({ limit = LIMIT, clock = Date.now }: MemoryReplayOptions = {}) {
    if (!(Number.isInteger(limit) && limit > 0))
      throw new TypeError(
        `limit: expected a whole number above 0; found ${String(limit)}`,
      );
    this.#limit = limit;
    this.#clock = clock;
  }

  get size(): number {
    return this.#until.size;
  }

  remember(jkt: string, jti: string, until: number): MaybePromise<boolean> {
    const id = proofId(jti);
    return id instanceof Promise
      ? id.then((ready) => this.#note(`${jkt} ${ready}`, until))
      : this.#note(`${jkt} ${id}`, until);
  }

  #note(key: string, until: number): boolean {
    const now = this.#clock() / 1000;
    if (now >= this.#sweepFrom || this.#until.size >= this.#limit)
      this.#sweep(now);
    const known = this.#until.get(key);
    if (known !== undefined && known > now) return false;
    if (this.#until.size >= this.#limit)
      throw new PortFailure(
        "replay",
        `the store of ${this.#limit} proofs is full`,
      );
    this.#until.set(key, until);
    return true;
  }

  #sweep(now: number): void {
    // Not at every request while it is full.
    if (now < this.#sweepFrom && now > this.#sweepFrom - SWEEP_EVERY + 1)
      return;
    this.#sweepFrom = now + SWEEP_EVERY;
    for (const [key, until] of this.#until)
      if (until <= now) this.#until.delete(key);
  }
}
