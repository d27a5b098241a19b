/**
 * The diagnosis handle: the public answer stays as terse as the standards want it, and carries 128 random bits with which somebody who
 * may know opens the whole reason. Every refusal and every inactive introspection gets one, so that its presence tells nothing.
 */
import type { RefusalDetail } from "../errors.ts";
import type { JournalWriter, Who } from "../journal/journal-writer.ts";
import { NOBODY } from "../journal/personal-fields.ts";
import type { LifeStories } from "../journal/life-story.ts";
import type { MasterKey } from "../master-key.ts";
import type { Store } from "../store/store.ts";
import { digestOf } from "../tokens/opaque-token.ts";
import {
  DEFAULT_HANDLE_LIMITS,
  HandleBucket,
  type HandleLimits,
} from "./handle-limits.ts";
import {
  openHandle,
  type HandleReader,
  type OpenedRefusal,
} from "./open-handle.ts";
import { sealRefusal } from "./refusal-record.ts";

export type { HandleReader, OpenedRefusal } from "./open-handle.ts";

export interface Refusal {
  readonly code: string;
  readonly description: string;
  readonly detail: RefusalDetail;
  readonly endpoint: string;
  /** The client that sent the request, as it named itself; null: it did not. */
  readonly clientId: string | null;
  /** Whether it proved that by a secret or a key. */
  readonly authenticated: boolean;
  readonly who: Who;
}

export interface HandlesOptions {
  readonly store: Pick<Store, "storeHandle" | "findHandle">;
  readonly journal: JournalWriter;
  readonly master: MasterKey;
  readonly lives: LifeStories;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly limits?: HandleLimits;
  /** Hears what the store threw: that a refusal was not kept stops no answer. */
  readonly failed: (error: unknown) => void;
  /** Something was written to the journal. */
  readonly written?: () => void;
}

/** Refusals on their way to the store. More are not kept: a store that is slow must not fill the memory. */
const ON_THEIR_WAY = 256;
/** How often what was not kept is told in the journal, in milliseconds. */
const COUNTED_EVERY = 60_000;
const LONGEST_CLIENT_ID = 255;

export class Handles {
  readonly #options: HandlesOptions;
  readonly #bucket: HandleBucket;
  readonly #pending = new Set<Promise<void>>();
  /** Handles whose row is on its way to the store. */
  readonly #onTheirWay = new Map<string, Promise<void>>();
  #notKept = { count: 0, since: 0 };
  #timer: NodeJS.Timeout | null = null;

  constructor(options: HandlesOptions) {
    this.#options = options;
    this.#bucket = new HandleBucket(
      options.limits ?? DEFAULT_HANDLE_LIMITS,
      options.clock(),
    );
  }

  /** Gives a handle at once. The row comes after; beyond the limits there is none, and the refusal is only counted. */
  open(refusal: Refusal): string {
    const { random, clock } = this.#options;
    const handle = Buffer.from(random(16)).toString("base64url");
    const now = clock();
    const client = refusal.authenticated ? refusal.clientId : null;
    if (this.#pending.size < ON_THEIR_WAY && this.#bucket.take(client, now))
      this.#keep(handle, refusal, now);
    else this.#count(now);
    return handle;
  }

  /** null: there is no such handle, it has ended, or it is not this reader's. Throws StoreUnavailable. */
  async read(
    handle: string,
    reader: HandleReader,
  ): Promise<OpenedRefusal | null> {
    if (!/^[A-Za-z0-9_-]{22}$/.test(handle)) return null;
    const { store, clock } = this.#options;
    // The answer that brought the handle did not wait for its row: its reader does.
    await this.#onTheirWay.get(handle);
    const record = await store.findHandle(digestOf(handle));
    if (!record || clock() >= record.expiresAt) return null;
    // Threat: a client that reads what another's requests brought. It gets the answer for a handle that is none.
    if (!("admin" in reader) && record.clientId !== reader.clientId)
      return null;
    return openHandle(this.#options, record, reader);
  }

  /** Resolves when nothing is on its way to the store any more. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Writes what is on its way, and what was only counted. */
  async close(): Promise<void> {
    this.#tell();
    await this.settled();
  }

  #keep(handle: string, refusal: Refusal, now: number): void {
    const written = this.#write(async () => {
      const { store, journal, master } = this.#options;
      const { detail, who, code, description, endpoint, authenticated } =
        refusal;
      const { subject, ...known } = detail;
      const clientId = refusal.clientId?.slice(0, LONGEST_CLIENT_ID) ?? null;
      const entry = await journal.entry(
        endpoint === "introspection" && code === "invalid_token"
          ? "token.inactive"
          : "request.refused",
        {
          clientId: detail.clientId ?? clientId ?? undefined,
          grantId: detail.grantId,
          tokenId: detail.tokenId,
          facts: {
            ...detail.facts,
            endpoint,
            code,
            reason: detail.reason,
            cause: detail.cause,
          },
        },
        { ...who, subject: subject ?? who.subject },
      );
      const record = sealRefusal(master, digestOf(handle), now, {
        code,
        description,
        endpoint,
        clientId,
        authenticated,
        detail: known,
        personal: entry.personal,
      });
      await store.storeHandle(record, entry);
    }).finally(() => this.#onTheirWay.delete(handle));
    this.#onTheirWay.set(handle, written);
  }

  #count(now: number): void {
    if (this.#notKept.count === 0) this.#notKept.since = now;
    this.#notKept.count++;
    if (this.#timer) return;
    this.#timer = setTimeout(() => this.#tell(), COUNTED_EVERY);
    this.#timer.unref();
  }

  #tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { count, since } = this.#notKept;
    if (count === 0) return;
    this.#notKept = { count: 0, since: 0 };
    void this.#write(async () =>
      this.#options.journal.write(
        "refusals.counted",
        { facts: { count, since: new Date(since).toISOString() } },
        NOBODY,
      ),
    );
  }

  /** Never rejects. */
  #write(write: () => Promise<void>): Promise<void> {
    const { failed, written } = this.#options;
    const pending = write()
      .then(() => written?.(), failed)
      .finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
    return pending;
  }
}
