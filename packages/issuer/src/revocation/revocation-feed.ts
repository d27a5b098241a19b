/**
 * The live feed of revocations: reads what was sealed, by whatever server, and tells it to every reader in the order of its numbers. A
 * heartbeat says twice a second, signed, up to which number all was told. Threat: a connection that is half open, replayed or stalled looks
 * like peace; so silence is never peace, and while the store cannot be asked there is no heartbeat.
 */
import { setImmediate as soon } from "node:timers/promises";
import type { IssuerContext } from "../issuer-context.ts";
import type { RevokedPlace } from "../store/records.ts";
import { ID_TOKEN_ALGORITHM } from "../tokens/id-token.ts";
import { FeedReader, type FeedAccess } from "./feed-reader.ts";
import { canResume, FEED_JWT_SECONDS, snapshots } from "./feed-snapshot.ts";
import {
  event,
  greeting,
  HEARTBEAT_TYPE,
  preciseSeconds,
  revokedEvent,
  type HeartbeatClaims,
} from "./feed-words.ts";

type Options = Pick<
  IssuerContext,
  "issuer" | "store" | "keys" | "clock" | "logger"
>;

/** Real time, in milliseconds. Other servers seal without a notice here. */
const POLL_EVERY = 100;
const HEARTBEAT_EVERY = 500;
/** What was revoked so long ago and has no number yet says that nobody seals. In milliseconds, by the clocks of servers that may differ. */
const SEALED_WITHIN = 1000;
/** How often it is judged anew whether a reader may still read. */
const REJUDGED_EVERY = 2000;
/** Connections of one client, and of all. */
const READERS_PER_CLIENT = 128;
const READERS = 1024;
/** Rows that are read at once: some 65 KB of events. */
const PAGE = 500;

/** What a reader may see now; null: nothing any more. Throws StoreUnavailable. */
export type Rejudge = () => Promise<FeedAccess | null>;

export class RevocationFeed {
  readonly #options: Options;
  /** Every open reader, and how its access is judged anew. */
  readonly #readers = new Map<FeedReader, Rejudge>();
  /** Those that have all up to `#newest`. */
  readonly #live = new Set<FeedReader>();
  /** Number up to which `#live` was told. */
  #newest = 0;
  #started: Promise<void> | null = null;
  #timers: readonly NodeJS.Timeout[] = [];
  #round: Promise<boolean> = Promise.resolve(true);
  #queued: Promise<boolean> | null = null;
  #beating = false;
  #judging = false;
  /** The last heartbeat, for readers that come between two. */
  #heartbeat: string | null = null;
  #silent = false;
  #closed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Something was sealed here. */
  sealed(): void {
    if (this.#readers.size > 0) void this.#catchUp();
  }

  /** `after`: number of the last event that the reader knows; null: none. "full": too many connections. Throws StoreUnavailable. */
  async open(
    access: FeedAccess,
    after: number | null,
    rejudge: Rejudge,
  ): Promise<ReadableStream<Uint8Array> | "full"> {
    if (this.#closed || this.#isFull(access.clientId)) return "full";
    const reader = new FeedReader(access, (gone) => this.#remove(gone));
    this.#readers.set(reader, rejudge);
    try {
      await (this.#started ??= this.#start());
    } catch (error) {
      reader.cutOff("no store");
      throw error;
    }
    void this.#begin(reader, after);
    return reader.stream;
  }

  /** Ends every stream in good order; no new one is opened. */
  close(): void {
    this.#closed = true;
    for (const reader of this.#readers.keys()) reader.end("stopping");
  }

  #isFull(clientId: string): boolean {
    const same = [...this.#readers.keys()].filter(
      ({ access }) => access.clientId === clientId,
    );
    return this.#readers.size >= READERS || same.length >= READERS_PER_CLIENT;
  }

  /** The first reader starts the work, the last one ends it. */
  async #start(): Promise<void> {
    const newest = await this.#options.store.newestRevocation();
    this.#newest = Math.max(this.#newest, newest);
    if (this.#readers.size === 0 || this.#timers.length > 0) return;
    const every = (work: () => unknown, pause: number): NodeJS.Timeout =>
      setInterval(() => void work(), pause).unref();
    this.#timers = [
      every(() => this.#catchUp(), POLL_EVERY),
      every(() => this.#beat(), HEARTBEAT_EVERY),
      every(() => this.#rejudge(), REJUDGED_EVERY),
    ];
    void this.#beat();
  }

  #remove(reader: FeedReader): void {
    this.#readers.delete(reader);
    this.#live.delete(reader);
    if (this.#readers.size > 0) return;
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    this.#started = null;
    this.#heartbeat = null;
  }

  /** What a new reader has missed, or all that there is. */
  async #begin(reader: FeedReader, after: number | null): Promise<void> {
    reader.write(greeting);
    await this.#orCutOff(reader, async () => {
      // The server where the reader was before may have heard more than this one has yet.
      if (after !== null && after > this.#newest) await this.#catchUp();
      if (
        after !== null &&
        (await canResume(this.#options, after, this.#newest))
      ) {
        reader.after = after;
      } else {
        const upTo = this.#newest;
        for await (const text of snapshots(this.#options, reader.access, upTo))
          if (!(await reader.send(text))) return;
        reader.after = upTo;
      }
      await this.#follow(reader);
    });
  }

  /** Brings a reader up to what the others know, as fast as it reads. Then it is one of them. */
  async #follow(reader: FeedReader): Promise<void> {
    while (reader.isOpen) {
      const known = this.#newest;
      const rows = await this.#options.store.revokedPlaces({
        after: reader.after,
        limit: PAGE,
      });
      if (!(await reader.send(tell(rows, reader)))) return;
      const last = rows.at(-1)?.sequence ?? reader.after;
      const whole = rows.length < PAGE;
      reader.after = whole ? Math.max(last, known) : last;
      // From here to the end nothing is told to the others.
      if (!whole || reader.after < this.#newest) continue;
      this.#live.add(reader);
      if (this.#heartbeat !== null) this.#writeHeartbeat(reader);
      return;
    }
  }

  /** A reader that does not take what is written reads from the store by itself, at its own pace and without heartbeats, until it is up again. */
  #leaveBehind(reader: FeedReader): void {
    this.#live.delete(reader);
    void this.#orCutOff(reader, async () => this.#follow(reader));
  }

  async #orCutOff(
    reader: FeedReader,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.logger.warn({ err: error }, "a reader was cut off");
      reader.cutOff("no store");
    }
  }

  /** Tells what was sealed since. The round that it waits for began after the call. False: the store could not be asked. */
  #catchUp(): Promise<boolean> {
    this.#queued ??= this.#round.then(() => {
      this.#queued = null;
      this.#round = this.#tellNew();
      return this.#round;
    });
    return this.#queued;
  }

  async #tellNew(): Promise<boolean> {
    try {
      for (;;) {
        const rows = await this.#options.store.revokedPlaces({
          after: this.#newest,
          limit: PAGE,
        });
        this.#newest = rows.at(-1)?.sequence ?? this.#newest;
        this.#tell(rows);
        this.#silent = false;
        if (rows.length < PAGE) return true;
        // Readers take what was written, and requests are answered, before the next page.
        await soon();
      }
    } catch (error) {
      if (!this.#silent)
        this.#options.logger.warn({ err: error }, "the feed is silent");
      this.#silent = true;
      return false;
    }
  }

  #tell(rows: readonly RevokedPlace[]): void {
    if (rows.length === 0) return;
    // Readers that see the same get the same bytes.
    const texts = new Map<string, Uint8Array>();
    for (const reader of this.#live) {
      if (!reader.hasRoom) {
        this.#leaveBehind(reader);
        continue;
      }
      const key = JSON.stringify([reader.after, reader.access.resources]);
      const bytes = texts.get(key) ?? utf8.encode(tell(rows, reader));
      texts.set(key, bytes);
      reader.write(bytes);
      reader.after = Math.max(reader.after, this.#newest);
    }
  }

  /** Signed once for all. Whoever still catches up gets none: it would say that he was told what he was not. */
  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    const { issuer, store, keys, clock, logger } = this.#options;
    try {
      const at = clock();
      // Threat: the server that sealed is gone. Nothing new would have a number, and the heartbeat would call it peace.
      const waiting = await store.oldestUnsealed();
      if (waiting !== null && waiting < at - SEALED_WITHIN) return;
      if (!(await this.#catchUp())) return;
      const { keys: published, etag } = await keys.publicSet();
      const claims: HeartbeatClaims = {
        iss: issuer,
        iat: preciseSeconds(at),
        seq: this.#newest,
        kids: published.map(({ kid }) => String(kid)),
        jwks_etag: etag,
      };
      this.#heartbeat = await keys.sign(ID_TOKEN_ALGORITHM, claims, {
        ...HEARTBEAT_TYPE,
        lifetimeSeconds: FEED_JWT_SECONDS,
      });
      for (const reader of this.#live) this.#writeHeartbeat(reader);
    } catch (error) {
      logger.warn({ err: error }, "a heartbeat of the feed was left out");
    } finally {
      this.#beating = false;
    }
  }

  /** What was told since the heartbeat was signed stands before it, so the number to resume from is the newest. */
  #writeHeartbeat(reader: FeedReader): void {
    if (reader.hasRoom)
      reader.write(event("heartbeat", this.#heartbeat ?? "", this.#newest));
    else this.#leaveBehind(reader);
  }

  /** A token that ended, a client that was disabled or may see other resources now. The reader comes back and is judged as anybody. */
  async #rejudge(): Promise<void> {
    if (this.#judging) return;
    this.#judging = true;
    for (const [reader, rejudge] of this.#readers) {
      try {
        const now = await rejudge();
        if (now === null) reader.end("token_over");
        else if (String(now.resources) !== String(reader.access.resources))
          reader.end("access_changed");
      } catch {
        // The store is away: there is no heartbeat either, and the reader knows nothing from then on.
      }
    }
    this.#judging = false;
  }
}

const utf8 = new TextEncoder();

const tell = (
  rows: readonly RevokedPlace[],
  { access, after }: FeedReader,
): string =>
  rows
    .filter(
      ({ resource, sequence }) =>
        sequence > after && access.resources.includes(resource),
    )
    .map(revokedEvent)
    .join("");
