/** What the feed has told so far: a state machine without I/O. It takes events in their order and says what is known of a token. */
import { finding, type Claims, type Finding } from "@assay/token";
import type { ServerEvent } from "./event-stream.ts";
import { FeedFault } from "./feed-fault.ts";
import {
  readEnd,
  readRevoked,
  type FeedWords,
  type Heartbeat,
  type SnapshotPart,
} from "./feed-words.ts";
import { RevokedPlaces } from "./revoked-places.ts";

export interface KnowledgeLimits {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Seconds. */
  readonly clockTolerance: number;
  /** Greatest size of the set of revoked places. */
  readonly maxBytes: number;
}

interface Beat extends Heartbeat {
  /** When it came, by both clocks, in seconds. */
  readonly cameAt: number;
  readonly cameAfter: number;
}

/** A snapshot of which parts are to come. */
interface Unfinished {
  readonly places: RevokedPlaces;
  readonly resources: Set<string>;
  readonly seq: number;
  previous: SnapshotPart;
}

/** What an event was. "ended": the server ends the stream, for no fault. */
export type Taken = "revoked" | "snapshot" | "heartbeat" | "ended";

export class FeedKnowledge {
  readonly #words: FeedWords;
  readonly #limits: KnowledgeLimits;
  #places = new RevokedPlaces();
  #resources: ReadonlySet<string> = new Set();
  #number: number | null = null;
  #snapshotAt = -Infinity;
  #unfinished: Unfinished | null = null;
  #beat: Beat | null = null;
  /** The latest time that a heartbeat had: what its keys say stays true. */
  #newest = -Infinity;

  constructor(words: FeedWords, limits: KnowledgeLimits) {
    this.#words = words;
    this.#limits = limits;
  }

  /** The number up to which everything is known. null: nothing is, and a snapshot is needed. */
  get number(): number | null {
    return this.#number;
  }

  /** Whose revocations are told. */
  get resources(): ReadonlySet<string> {
    return this.#resources;
  }

  /** What the set of revoked places costs, in bytes. */
  get bytes(): number {
    return this.#places.bytes;
  }

  /** Says when the published keys have changed. */
  get keysEtag(): string | null {
    return this.#beat?.etag ?? null;
  }

  /** Seconds since the last snapshot. */
  get snapshotAge(): number {
    return this.#limits.monotonic() / 1000 - this.#snapshotAt;
  }

  /**
   * Seconds since all that is known was true. null: nothing is known. Threat: a heartbeat that was held back (its own time tells), a clock
   * of the issuer that is ahead (the time since it came tells), a clock here that was set back (the clock that only grows tells).
   */
  age(): number | null {
    const beat = this.#beat;
    if (!beat) return null;
    const { clock, monotonic, clockTolerance } = this.#limits;
    const now = clock() / 1000;
    return Math.max(
      now - beat.iat - clockTolerance,
      now - beat.cameAt,
      monotonic() / 1000 - beat.cameAfter,
    );
  }

  /** Seconds by which the last heartbeat was old when it came: clocks that differ, or somebody who holds it back. */
  lateness(): number {
    return this.#beat ? this.#beat.cameAt - this.#beat.iat : 0;
  }

  /** A new connection begins. What was told by half does not count. */
  begin(): void {
    this.#unfinished = null;
  }

  /** What is known counts on, but the next connection asks for everything. */
  startAnew(): void {
    this.#number = null;
  }

  /** Throws FeedFault for what is not to be believed. */
  async take(event: ServerEvent): Promise<Taken> {
    switch (event.name) {
      case "revoked":
        this.#takeRevoked(event);
        return "revoked";
      case "snapshot":
        this.#takePart(await this.#words.snapshot(event.data), numberOf(event));
        return "snapshot";
      case "heartbeat":
        this.#takeBeat(
          await this.#words.heartbeat(event.data),
          numberOf(event),
        );
        return "heartbeat";
      case "end":
        // What the reader may see is another now: what came before he could see it is in a snapshot alone.
        if (readEnd(event.data) === "access_changed") this.startAnew();
        return "ended";
      default:
        throw new FeedFault("an event of an unknown name");
    }
  }

  /** What was told of a token: findings that stay true, however old they are. null: nothing. */
  ended(
    kid: string | undefined,
    { iat }: Claims,
    place: { readonly list: string; readonly index: number } | null,
  ): readonly Finding[] | null {
    const ended = { at: null, by: null };
    // A key is published before it signs. Seconds of iat are whole: the last one may reach beyond the heartbeat.
    const isBefore =
      iat !== undefined &&
      iat + 1 + this.#limits.clockTolerance <= this.#newest;
    if (isBefore && kid !== undefined && !this.knowsKey(kid))
      return [finding("revocation.key", { ...ended, event: "withdrawn" })];
    return place && this.#places.has(place.list, place.index)
      ? [finding("revocation.token", { ...ended, event: "revoked" })]
      : null;
  }

  /** False for a key that was not published at the last heartbeat. Threat: a token under a withdrawn key that names none, so that nobody can say which it is. */
  knowsKey(kid: string | undefined): boolean {
    return kid !== undefined && (this.#beat?.kids.has(kid) ?? true);
  }

  #takeRevoked(event: ServerEvent): void {
    const { seq, list, index } = readRevoked(event.data);
    if (numberOf(event) !== seq)
      throw new FeedFault("a revocation under another number than its own");
    this.#advance(seq, "revocation");
    this.#places.add(list, index);
    this.#bound(this.#places);
  }

  #takePart(part: SnapshotPart, id: number | null): void {
    const { resource, seq, last } = part;
    const unfinished = this.#unfinished;
    const previous = unfinished?.previous;
    const isNext =
      previous?.resource === resource &&
      !previous.last &&
      part.part === previous.part + 1;
    const isFirst =
      part.part === 1 &&
      (previous?.last ?? true) &&
      unfinished?.resources.has(resource) !== true;
    if ((!isNext && !isFirst) || (unfinished && unfinished.seq !== seq))
      throw anew("a snapshot whose parts are out of order");
    const building = unfinished ?? {
      places: new RevokedPlaces(),
      resources: new Set<string>(),
      seq,
      previous: part,
    };
    building.previous = part;
    building.resources.add(resource);
    for (const { list, indexes } of part.lists) {
      for (const index of indexes) building.places.add(list, index);
      this.#bound(building.places);
    }
    this.#unfinished = building;
    if (id === null) return;
    if (id !== seq || !last)
      throw anew("a snapshot that ends before its last part");
    this.#unfinished = null;
    this.#places = building.places;
    this.#resources = building.resources;
    this.#number = seq;
    this.#snapshotAt = this.#limits.monotonic() / 1000;
  }

  #takeBeat(heartbeat: Heartbeat, id: number | null): void {
    // What was told after it was signed stands before it, so the number to resume from may be greater than its own.
    if (id === null || heartbeat.seq > id)
      throw anew("a heartbeat that tells more than was told");
    this.#advance(id, "heartbeat");
    const { iat } = heartbeat;
    if (this.#beat && iat < this.#newest) {
      // Threat: a heartbeat of before, sent again: it makes nothing younger, and brings no key back.
      this.#beat = { ...this.#beat, iat };
      return;
    }
    this.#newest = iat;
    const { clock, monotonic } = this.#limits;
    this.#beat = {
      ...heartbeat,
      cameAt: clock() / 1000,
      cameAfter: monotonic() / 1000,
    };
  }

  /** Threat: a server that went back to an older state, or another one: its numbers say nothing of what we know. */
  #advance(to: number, what: "revocation" | "heartbeat"): void {
    const number = this.#number;
    if (number === null || this.#unfinished)
      throw anew(`a ${what} before the snapshot was whole`);
    if (what === "revocation" ? to <= number : to < number)
      throw anew(`a ${what} with a number that was there before`);
    this.#number = to;
  }

  #bound({ bytes }: RevokedPlaces): void {
    const { maxBytes } = this.#limits;
    if (bytes > maxBytes)
      throw anew(`more revocations than ${maxBytes} bytes hold`);
  }
}

const anew = (message: string): FeedFault =>
  new FeedFault(message, { startsAnew: true });

/** What is no number of the feed is none to resume from. */
function numberOf({ id }: ServerEvent): number | null {
  if (id === null) return null;
  if (!/^\d{1,15}$/.test(id))
    throw new FeedFault("an event whose id is no number");
  return Number(id);
}
