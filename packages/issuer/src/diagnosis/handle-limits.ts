/**
 * How many refusals are kept. Threat: whoever sends bad requests as fast as he can must not fill the database, nor push out what the
 * requests of honest clients left.
 */
import { forgetOldest } from "../forget-oldest.ts";

export interface HandleLimits {
  /** Kept in the long run, by this server, each second. */
  readonly perSecond: number;
  /** Kept at once after a quiet time. The second half is for clients that proved who they are. */
  readonly burst: number;
  /** Kept of one client in 24 hours; all senders that proved nothing count as one. */
  readonly perClient: number;
}

export const DEFAULT_HANDLE_LIMITS: HandleLimits = {
  perSecond: 20,
  burst: 200,
  perClient: 20_000,
};

const HOUR_MS = 3600 * 1000;
const HOURS = 24;
/** Clients that are counted one by one; what those beyond it did is forgotten, the one longest ago first. */
const COUNTED_CLIENTS = 10_000;

interface Count {
  /** By the hour of the day. */
  readonly hours: number[];
  hour: number;
}

export class HandleBucket {
  readonly #limits: HandleLimits;
  readonly #counts = new Map<string, Count>();
  #tokens: number;
  #at: number;

  constructor(limits: HandleLimits, now: number) {
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#at = now;
  }

  /** Whether one more is kept. `client`: null for a sender that proved nothing. `now` in milliseconds. */
  take(client: string | null, now: number): boolean {
    const { perSecond, burst, perClient } = this.#limits;
    const passed = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#tokens = Math.min(burst, this.#tokens + passed * perSecond);
    if (this.#tokens < (client === null ? burst / 2 + 1 : 1)) return false;
    const count = this.#countOf(client ?? "", Math.floor(now / HOUR_MS));
    if (count.hours.reduce((sum, one) => sum + one, 0) >= perClient)
      return false;
    const place = count.hour % HOURS;
    count.hours[place] = (count.hours[place] ?? 0) + 1;
    this.#tokens -= 1;
    return true;
  }

  #countOf(client: string, hour: number): Count {
    const count = this.#counts.get(client) ?? {
      hours: Array<number>(HOURS).fill(0),
      hour,
    };
    if (hour - count.hour >= HOURS) count.hours.fill(0);
    for (
      let next = count.hour + 1;
      next <= hour && next - hour > -HOURS;
      next++
    )
      count.hours[next % HOURS] = 0;
    count.hour = Math.max(count.hour, hour);
    this.#counts.delete(client);
    this.#counts.set(client, count);
    forgetOldest(this.#counts, COUNTED_CLIENTS);
    return count;
  }
}
