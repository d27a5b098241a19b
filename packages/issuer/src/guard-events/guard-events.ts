/**
 * What guards saw becomes part of the journal: each event once, in the transaction that counts it, with the fields of persons under the
 * person's key, and the refusal behind its handle. A flood is taken in part: what is left over waits at the guard, which counts what it
 * has no room for.
 */
import {
  DEFAULT_HANDLE_LIMITS,
  HandleBucket,
  type HandleLimits,
} from "../diagnosis/handle-limits.ts";
import type { JournalWriter } from "../journal/journal-writer.ts";
import { NOBODY } from "../journal/personal-fields.ts";
import type { MasterKey } from "../master-key.ts";
import type { GuardBatch, Store } from "../store/store.ts";
import { guardEntry } from "./guard-entry.ts";
import type { ToldBatch } from "./read-batch.ts";

export interface GuardEventsOptions {
  readonly store: Pick<Store, "writeGuardEvents" | "findAccessToken">;
  readonly journal: JournalWriter;
  readonly master: MasterKey;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Events that are written, each second in the long run and of one client in a day; a batch of none counts as one. */
const LIMITS: HandleLimits = {
  perSecond: 100,
  burst: 2000,
  perClient: 1_000_000,
};

export class GuardEvents {
  readonly #options: GuardEventsOptions;
  readonly #entries: HandleBucket;
  readonly #handles: HandleBucket;

  constructor(options: GuardEventsOptions) {
    this.#options = options;
    const now = options.clock();
    this.#entries = new HandleBucket(LIMITS, now);
    this.#handles = new HandleBucket(DEFAULT_HANDLE_LIMITS, now);
  }

  /** The number that is due next: all below is on disk, or known to be missing. null: not one event is taken now. Throws StoreUnavailable. */
  async write(guard: string, batch: ToldBatch): Promise<number | null> {
    const { store, journal, master, issuer, clock } = this.#options;
    const { boot, resource } = batch;
    const now = clock();
    // Threat: batches of no event, each of another process and with a gap, which are rows as well.
    if (batch.events.length === 0 && !this.#entries.take(guard, now))
      return null;
    const events: GuardBatch["events"][number][] = [];
    for (const told of batch.events) {
      if (!this.#entries.take(guard, now)) break;
      const kept = await guardEntry(
        { store, journal, master, issuer, now },
        { guard, boot, resource },
        told,
        () => this.#handles.take(guard, now),
      );
      events.push({ sequence: told.sequence, ...kept });
    }
    const left = batch.events[events.length];
    if (left && events.length === 0) return null;
    const { next } = await store.writeGuardEvents({
      clientId: guard,
      boot,
      events,
      next: left?.sequence ?? batch.next,
      now,
      gap: await journal.draft(
        { resource, facts: { guard, boot } },
        { ...NOBODY, clientId: guard },
      ),
    });
    return next;
  }
}
