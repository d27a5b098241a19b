/** A small reader of the feed, as a guard has one: takes events apart, judges what is signed, and knows up to which number it is told. */
import type { Claims } from "@assay/token";
import {
  HEARTBEAT_TYPE,
  SNAPSHOT_TYPE,
  type HeartbeatClaims,
  type SnapshotClaims,
} from "../../src/revocation/feed-words.ts";

import type { Store } from "../../src/store/store.ts";

export interface FeedEvent {
  readonly name: string;
  readonly id: number | null;
  readonly data: string;
}

export interface RevokedEvent {
  readonly seq: number;
  readonly resource: string;
  readonly list: string;
  readonly idx: number;
  readonly exp: number;
}

export interface ReadFeed {
  readonly after?: number | string;
  /** In the header, as a browser's reader sends it. */
  readonly lastEventId?: string;
  readonly resources?: readonly string[];
  readonly token?: string;
}

interface Server {
  readonly store: Pick<Store, "newestRevocation">;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  verified(jwt: string, typ: string): Promise<Claims>;
}

/** A test that waits longer has failed. In milliseconds. */
const PATIENCE = 60_000;

export class FeedReading {
  readonly response: Response;
  readonly events: FeedEvent[] = [];
  /** `list index` of every place that is known to be over. */
  readonly places = new Set<string>();
  readonly revoked: RevokedEvent[] = [];
  readonly snapshots: SnapshotClaims[] = [];
  readonly heartbeats: HeartbeatClaims[] = [];
  /** What the stream says of its end; null: it did not say. */
  why: string | null = null;
  ended = false;
  /** The number to resume from. */
  id: number | null = null;
  readonly #server: Server;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = "";
  readonly #decoder = new TextDecoder();

  private constructor(server: Server, response: Response) {
    this.#server = server;
    this.response = response;
    if (!response.body) throw new Error("expected a stream, found no body");
    this.#reader = response.body.getReader();
  }

  static async open(
    server: Server,
    { after, lastEventId, resources = [], token = "" }: ReadFeed,
  ): Promise<FeedReading> {
    const query = new URLSearchParams(
      resources.map((resource) => ["resource", resource]),
    );
    if (after !== undefined) query.set("after", String(after));
    const response = await server.fetch(`/revocations?${query.toString()}`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
      },
    });
    if (response.status !== 200)
      throw new Error(
        `expected a feed, found ${response.status} ${await response.text()}`,
      );
    return new FeedReading(server, response);
  }

  /** Reads on until the condition holds; at the end of the stream it must. */
  async until(
    holds: (reading: FeedReading) => boolean,
    what: string,
  ): Promise<void> {
    const late = AbortSignal.timeout(PATIENCE);
    const waiting = Promise.withResolvers<never>();
    waiting.promise.catch(() => {});
    late.addEventListener("abort", () =>
      waiting.reject(new Error(`waited too long for ${what}`)),
    );
    while (!holds(this)) {
      if (this.ended) throw new Error(`the stream ended before ${what}`);
      await Promise.race([this.#step(), waiting.promise]);
    }
  }

  async untilTold(place: string): Promise<void> {
    await this.until(({ places }) => places.has(place), `place ${place}`);
  }

  /** Until a heartbeat says that everything was told that is sealed now. */
  async untilToldAll(): Promise<void> {
    const newest = await this.#server.store.newestRevocation();
    await this.until(
      ({ heartbeats }) => (heartbeats.at(-1)?.seq ?? -1) >= newest,
      "a heartbeat with the newest number",
    );
  }

  async close(): Promise<void> {
    this.ended = true;
    await this.#reader.cancel().catch(() => {});
  }

  async #step(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) {
      this.ended = true;
      return;
    }
    this.#text += this.#decoder.decode(value, { stream: true });
    const blocks = this.#text.split("\n\n");
    this.#text = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = new Map(
        block.split("\n").map((line) => {
          const colon = line.indexOf(": ");
          return [line.slice(0, colon), line.slice(colon + 2)];
        }),
      );
      if (!fields.has("event")) continue;
      const id = fields.get("id");
      await this.#take({
        name: fields.get("event") ?? "",
        id: id === undefined ? null : Number(id),
        data: fields.get("data") ?? "",
      });
    }
  }

  async #take(event: FeedEvent): Promise<void> {
    this.events.push(event);
    switch (event.name) {
      case "revoked": {
        const revoked = JSON.parse(event.data) as RevokedEvent;
        this.revoked.push(revoked);
        this.places.add(`${revoked.list} ${revoked.idx}`);
        break;
      }
      case "snapshot": {
        const { typ } = SNAPSHOT_TYPE;
        const claims = await this.#server.verified(event.data, typ);
        const snapshot = claims as unknown as SnapshotClaims;
        this.snapshots.push(snapshot);
        for (const { list, indexes } of snapshot.lists)
          for (const index of indexes) this.places.add(`${list} ${index}`);
        break;
      }
      case "heartbeat": {
        const { typ } = HEARTBEAT_TYPE;
        const claims = await this.#server.verified(event.data, typ);
        this.heartbeats.push(claims as unknown as HeartbeatClaims);
        break;
      }
      case "end":
        this.why = (JSON.parse(event.data) as { readonly why: string }).why;
        break;
      default:
        throw new Error(`expected an event of the feed, found ${event.name}`);
    }
    if (event.id !== null) this.id = event.id;
  }
}
