/** One connected reader of the feed: a stream with a bounded buffer. */
import { endEvent, type FeedEnd } from "./feed-words.ts";

/** Who reads, and what he may see. */
export interface FeedAccess {
  readonly clientId: string;
  /** Resources whose revocations he is told. */
  readonly resources: readonly string[];
}

/** Bytes that may wait for the reader. Only the last text may go beyond: a page of events, a part of a snapshot. */
const WAITING = 64 * 1024;
/** How long a reader may take for what waits, in milliseconds. */
const PATIENCE = 10_000;

const utf8 = new TextEncoder();

export class FeedReader {
  readonly access: FeedAccess;
  readonly stream: ReadableStream<Uint8Array>;
  /** Number up to which everything was sent. */
  after = 0;
  readonly #gone: (reader: FeedReader) => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #room: PromiseWithResolvers<void> | null = null;

  /** `gone` is called once, whoever ends the stream. */
  constructor(access: FeedAccess, gone: (reader: FeedReader) => void) {
    this.access = access;
    this.#gone = gone;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#room?.resolve(),
        cancel: () => this.#forget(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: WAITING }),
    );
  }

  get isOpen(): boolean {
    return this.#controller !== null;
  }

  /** Whether the reader has taken enough of what was written before. Who writes without looking makes the server's memory grow. */
  get hasRoom(): boolean {
    return this.#controller === null || (this.#controller.desiredSize ?? 0) > 0;
  }

  write(text: string | Uint8Array): void {
    const bytes = typeof text === "string" ? utf8.encode(text) : text;
    if (bytes.length > 0) this.#controller?.enqueue(bytes);
  }

  /** Writes when there is room. False: the reader is gone. Threat: a reader that does not read holds memory and a socket: it is cut off. */
  async send(text: string): Promise<boolean> {
    if (!this.hasRoom) {
      this.#room = Promise.withResolvers<void>();
      const timer = setTimeout(() => this.cutOff("too slow"), PATIENCE).unref();
      await this.#room.promise;
      clearTimeout(timer);
      this.#room = null;
    }
    this.write(text);
    return this.isOpen;
  }

  /** What was written still goes out. */
  end(why: FeedEnd): void {
    this.write(endEvent(why));
    this.#controller?.close();
    this.#forget();
  }

  /** What was written is dropped, and the connection too. A reader resumes by number. */
  cutOff(why: string): void {
    this.#controller?.error(
      `a reader of the revocation feed was cut off: ${why}`,
    );
    this.#forget();
  }

  #forget(): void {
    if (this.#controller === null) return;
    this.#controller = null;
    this.#room?.resolve();
    this.#gone(this);
  }
}
