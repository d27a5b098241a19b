/** Remembers DPoP proofs (RFC 9449 section 11.1). */
import { platform, type MaybePromise, type ReplayStore } from "@assay/token";
import { PortFailure } from "./port-failure.ts";

export interface MemoryReplayOptions {
  /** Greatest number of proofs. Default 100,000; when it is full, requests are answered 503: a proof that was forgotten could be used again. */
  readonly limit?: number;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

const LIMIT = 100_000;
const SWEEP_EVERY = 10;
/** A longer jti is kept as its digest, so that a stranger cannot choose how much memory an entry takes. */
const LONGEST_ID = 64;

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
    const id = shortId(jti);
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

/** Sends one command to Redis and gives its answer: `(command) => client.sendCommand(command)`, or `([name, ...rest]) => client.call(name, ...rest)`. */
export type RedisCommand = (command: readonly string[]) => Promise<unknown>;

/** For several processes: one atomic SET NX for each proof, which Redis forgets by itself. Let its policy be `noeviction`. */
export function redisReplayStore(
  send: RedisCommand,
  {
    prefix = "assay:dpop:",
    clock = Date.now,
  }: { readonly prefix?: string; readonly clock?: () => number } = {},
): ReplayStore {
  return {
    async remember(jkt, jti, until) {
      const life = Math.max(1, Math.ceil(until * 1000 - clock()));
      const key = `${prefix}${jkt}:${await shortId(jti)}`;
      const answer = await send(["SET", key, "1", "NX", "PX", String(life)]);
      return answer !== null && answer !== undefined;
    },
  };
}

function shortId(jti: string): MaybePromise<string> {
  if (jti.length <= LONGEST_ID) return jti;
  const digest = platform.digest("sha256", jti);
  return digest instanceof Promise
    ? digest.then((bytes) => `#${platform.encodeBase64url(bytes)}`)
    : `#${platform.encodeBase64url(digest)}`;
}
