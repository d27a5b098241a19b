/**
 * Numbers and chains what was committed: journal and feed of revocations. One server does it for all that share a store, as long as it
 * holds the lease; another takes over when that ends. Errors of the store are waited out: a sealer that stops would leave feed and journal
 * behind, and nobody would see it.
 */
import type { Store } from "../store/store.ts";

export interface Sealed {
  readonly entries: number;
  readonly revocations: number;
  /** Sequence number of the newest sealed entry. */
  readonly newest: number;
}

export interface SealerOptions {
  readonly store: Pick<Store, "acquireLease" | "seal">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Names this server, differently from every other: random. */
  readonly holder: string;
  /** Hears what the store threw. The sealer tries again. */
  readonly failed: (error: unknown) => void;
}

const LEASE = "sealer";
const LEASE_MS = 5000;
/** The lease is renewed when less than this is left. */
const RENEW_MS = 2500;
/** Between two rounds at least. */
const BUSY_MS = 50;
/** Between two rounds at most: other servers write without a nudge here, and a lease may have ended. */
const IDLE_MS = 250;
/** The longest wait after errors. */
const LONGEST_WAIT_MS = 5000;
/** Rows that are sealed at once, each a change: whoever writes waits so long. More of them follow without a pause. */
const LIMIT = 128;

export class Sealer {
  readonly #options: SealerOptions;
  readonly #listeners = new Set<(sealed: Sealed) => void>();
  #leaseUntil = 0;
  #nudged = false;
  #closed = false;
  #wake: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(options: SealerOptions) {
    this.#options = options;
  }

  /** Begins. A second call does nothing. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Something was written here: it is sealed within 50 ms, if this server holds the lease. */
  nudge(): void {
    if (this.#nudged) return;
    this.#nudged = true;
    this.#wake?.();
  }

  /** What this server sealed, after its commit. Returns the way to stop listening. */
  onSealed(listener: (sealed: Sealed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Seals what there is, gives the lease back and ends. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#wake?.();
    await this.#running;
    const { store, clock, holder } = this.#options;
    const now = clock();
    if (this.#leaseUntil <= now) return;
    try {
      while ((await this.#seal()) === "full");
      await store.acquireLease(LEASE, holder, now, now);
    } catch (error) {
      this.#options.failed(error);
    }
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      let pause = IDLE_MS;
      try {
        this.#nudged = false;
        const sealed = (await this.#holds()) ? await this.#seal() : "nothing";
        failures = 0;
        if (sealed === "full") continue;
        if (sealed === "some") pause = BUSY_MS;
      } catch (error) {
        failures++;
        // Another server may have taken the lease meanwhile: it is asked for anew.
        this.#leaseUntil = 0;
        this.#options.failed(error);
      }
      if (failures > 0) {
        // No nudge shortens this: whoever writes is told of the outage as well.
        await this.#rest(Math.min(BUSY_MS * 2 ** failures, LONGEST_WAIT_MS));
        continue;
      }
      await this.#rest(BUSY_MS);
      if (pause > BUSY_MS && !this.#nudged)
        await this.#rest(pause - BUSY_MS, true);
    }
  }

  async #holds(): Promise<boolean> {
    const { store, clock, holder } = this.#options;
    const now = clock();
    const left = this.#leaseUntil - now;
    // A clock that was set back must not make a lease look longer than it is.
    if (left > RENEW_MS && left <= LEASE_MS) return true;
    const until = now + LEASE_MS;
    const has = await store.acquireLease(LEASE, holder, now, until);
    this.#leaseUntil = has ? until : 0;
    return has;
  }

  async #seal(): Promise<"nothing" | "some" | "full"> {
    const sealed = await this.#options.store.seal(LIMIT);
    const most = Math.max(sealed.entries, sealed.revocations);
    if (most === 0) return "nothing";
    this.#tell(sealed);
    return most < LIMIT ? "some" : "full";
  }

  #tell(sealed: Sealed): void {
    for (const listener of this.#listeners) {
      try {
        listener(sealed);
      } catch (error) {
        this.#options.failed(error);
      }
    }
  }

  #rest(ms: number, untilNudged = false): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        if (this.#closed || untilNudged) done();
      };
    });
  }
}
