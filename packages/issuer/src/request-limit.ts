/**
 * How many requests one address may send: a bucket that fills again. Threat: guessing, and one caller who takes the server from all. It is no
 * answer to many addresses at once; that is for what stands in front.
 */

import { networkOf } from "@assay/diagnosis/refresh";
import { forgetOldest } from "./forget-oldest.ts";

/** Addresses that are remembered. When there are more, the oldest are forgotten, and begin anew. */
const REMEMBERED = 50_000;
/** So many seconds' worth may come at once. */
const BURST_SECONDS = 10;

interface Bucket {
  left: number;
  at: number;
}

export class RequestLimit {
  readonly #perSecond: number;
  readonly #clock: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `perSecond` 0: no limit. */
  constructor(perSecond: number, clock: () => number) {
    this.#perSecond = perSecond;
    this.#clock = clock;
  }

  /** Seconds to wait; 0: the request may go on. Of IPv6 the first half of the address counts: one caller has all of the rest. */
  take(ip: string | null): number {
    if (this.#perSecond === 0) return 0;
    // Threat: who hangs up at once has no address any more, and could have work done without a limit. All of them are one sender.
    // Threat: of "2001:db8::a:b" four written groups are more than the first half, and each sender could have a bucket for every group it makes up.
    const key = ip === null ? "unknown" : networkOf(ip);
    const now = this.#clock();
    const most = this.#perSecond * BURST_SECONDS;
    const bucket = this.#buckets.get(key) ?? { left: most, at: now };
    // A clock that is set back gives nothing and takes nothing.
    const seconds = Math.max(0, now - bucket.at) / 1000;
    bucket.left = Math.min(most, bucket.left + seconds * this.#perSecond);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    forgetOldest(this.#buckets, REMEMBERED);
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) / this.#perSecond);
    bucket.left -= 1;
    return 0;
  }
}
