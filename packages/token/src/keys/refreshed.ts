import type { MaybePromise } from "../crypto/platform.ts";

/** What happened to a fetched document; for counters and logs. `source` is its URL without the query. */
export type KeySourceEvent =
  /** `lifetime` in milliseconds. */
  | {
      readonly type: "fetched";
      readonly source: string;
      readonly lifetime: number;
    }
  | {
      readonly type: "failed";
      readonly source: string;
      readonly problem: string;
    }
  /** A document beyond its age was used, because a newer one cannot be had. */
  | { readonly type: "stale_served"; readonly source: string }
  /** An unknown kid did not lead to a fetch, because one has lately done so. */
  | { readonly type: "cooled_down"; readonly source: string };

export type Loaded<T> =
  { readonly value: T; readonly lifetime: number } | Failure;
export interface Failure {
  readonly failure: string;
}

export interface Refreshing {
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** How long beyond its lifetime a value may be used while no newer one can be had, in milliseconds. */
  readonly maxStale: number;
  /** Longest pause after a failure, in milliseconds. */
  readonly coolDown: number;
  readonly onEvent: (event: KeySourceEvent) => void;
}

/** From this part of its lifetime on, a value is renewed in the background. */
const REFRESH_AHEAD = 0.8;
const FIRST_PAUSE = 1000;

/**
 * A value that is loaded when it is needed and again when it is old: one load at a time, whoever waits for it; ahead of time in the
 * background; after a failure the old value for a while, and no attempt before a pause that doubles with each failure.
 */
export class Refreshed<T> {
  readonly #load: (previous: T | null) => Promise<Loaded<T>>;
  readonly #options: Refreshing;
  #held: {
    readonly value: T;
    readonly refreshFrom: number;
    readonly freshUntil: number;
  } | null = null;
  #flight: Promise<void> | null = null;
  #failure: Failure | null = null;
  #failures = 0;
  #retryFrom = 0;

  constructor(
    load: (previous: T | null) => Promise<Loaded<T>>,
    options: Refreshing,
  ) {
    this.#load = load;
    this.#options = options;
  }

  /** The failure of the last attempt; null when it succeeded. */
  get failure(): Failure | null {
    return this.#failure;
  }

  get isLoading(): boolean {
    return this.#flight !== null;
  }

  /** The value: at once when there is one that may be used, else after loading. Never rejects. */
  get(): MaybePromise<T | Failure> {
    const now = this.#options.clock();
    const held = this.#held;
    // While the source is known to be down nobody waits for it.
    if (
      held &&
      (now < held.freshUntil || (this.#failure !== null && this.#mayServe(now)))
    ) {
      if (now >= held.refreshFrom && now >= this.#retryFrom) void this.reload();
      return this.#current(now);
    }
    if (this.#failure !== null && now < this.#retryFrom) return this.#failure;
    return this.reload();
  }

  /** Loads now, or waits for the load that is under way. Never rejects. */
  reload(): Promise<T | Failure> {
    this.#flight ??= this.#loadOnce();
    return this.#flight.then(() => this.#current(this.#options.clock()));
  }

  #current(now: number): T | Failure {
    const held = this.#held;
    if (held && now < held.freshUntil) return held.value;
    if (held && this.#mayServe(now)) {
      this.#options.onEvent({
        type: "stale_served",
        source: this.#options.source,
      });
      return held.value;
    }
    return this.#failure ?? held?.value ?? { failure: "nothing was loaded" };
  }

  #mayServe(now: number): boolean {
    return (
      this.#held !== null &&
      now < this.#held.freshUntil + this.#options.maxStale
    );
  }

  async #loadOnce(): Promise<void> {
    const { source, clock, coolDown, onEvent } = this.#options;
    const loaded = await this.#load(this.#held?.value ?? null).catch(
      (): Failure => ({ failure: "the answer could not be read" }),
    );
    const now = clock();
    this.#flight = null;
    if ("failure" in loaded) {
      this.#failure = loaded;
      this.#retryFrom =
        now + Math.min(coolDown, FIRST_PAUSE * 2 ** this.#failures++);
      onEvent({ type: "failed", source, problem: loaded.failure });
      return;
    }
    const { value, lifetime } = loaded;
    this.#held = {
      value,
      refreshFrom: now + lifetime * REFRESH_AHEAD,
      freshUntil: now + lifetime,
    };
    this.#failure = null;
    this.#failures = 0;
    this.#retryFrom = 0;
    onEvent({ type: "fetched", source, lifetime });
  }
}
