/**
 * The clocks of servers, measured by their Date headers (RFC 9110 section 6.6.1). Ours may be off by minutes: then an expiry would be
 * missed, and proofs and assertions would come from the future.
 */

/** Smaller differences are the header's resolution and the way's length, in milliseconds. */
const NOISE = 1500;

export class ServerClock {
  readonly #clock: () => number;
  readonly #offsets: Map<string, number> = new Map();

  /** `clock`: our own, in milliseconds since the epoch. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Our own time. */
  local(): number {
    return this.#clock();
  }

  /** By how much that server's clock is ahead, in milliseconds; null: not measured. */
  offset(origin: string): number | null {
    return this.#offsets.get(origin) ?? null;
  }

  /** The time of that server; where it was not measured, that of `like`, else ours. */
  now(origin: string, like: string = origin): number {
    return this.#clock() + (this.offset(origin) ?? this.offset(like) ?? 0);
  }

  /** What somebody else on this machine measured later than we did. */
  take(origin: string, offset: number | null): void {
    if (offset !== null) this.#offsets.set(origin, offset);
  }

  /** `sentAt`: our time when the request went out. */
  observe(origin: string, headers: Headers, sentAt: number): void {
    const date = Date.parse(headers.get("date") ?? "");
    // An answer out of a cache tells when it was made.
    if (Number.isNaN(date) || Number(headers.get("age") ?? 0) > 0) return;
    // The header leaves the fraction out: half a second is the best guess, and half of the way.
    const offset = date + 500 - (sentAt + this.#clock()) / 2;
    this.#offsets.set(origin, Math.abs(offset) < NOISE ? 0 : offset);
  }
}
