/** Keeps a connection to the feed open: one at a time, watched for silence, and opened again after a pause that grows. */
import type { ServerEvent } from "./event-stream.ts";
import { FeedFault } from "./feed-fault.ts";
import type { FeedKnowledge } from "./feed-knowledge.ts";
import { pauseAfter } from "./feed-pause.ts";

export interface FeedUpkeepOptions {
  readonly knowledge: FeedKnowledge;
  /** Opens a connection that the signal ends. `heard` is called whenever something comes. */
  readonly connect: (
    signal: AbortSignal,
    heard: () => void,
  ) => AsyncIterable<ServerEvent>;
  /** Called after each heartbeat, and when a connection is over. */
  readonly moved: () => void;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** How often a connection is looked at, in milliseconds. */
const LOOK_EVERY = 500;
/**
 * Threat: a connection that is half open looks like peace. The feed sends something twice a second; after so many looks without a byte the
 * connection is given up. Looks are counted and not time: a process that stood still has heard nothing, and has not listened either.
 */
const SILENT_LOOKS = 10;
/** Threat: a server that dribbles without ever coming to a heartbeat. A large snapshot takes a while. */
const LOOKS_WITHOUT_HEARTBEAT = 120;

/** A connection that lasted so long was a good one: the next pause is short again. In milliseconds. */
const GOOD = 10_000;
/**
 * After so long everything is asked for anew at the next connection: a snapshot leaves out tokens that are over by themselves, and so the
 * memory stays small. In seconds.
 */
const SNAPSHOT_LIFE = 12 * 3600;

export class FeedUpkeep {
  readonly #options: FeedUpkeepOptions;
  readonly #ending = new AbortController();
  #running: Promise<void> | null = null;
  #problem: string | null = null;

  constructor(options: FeedUpkeepOptions) {
    this.#options = options;
  }

  /** Why the last connection ended. null: heartbeats come. */
  get problem(): string | null {
    return this.#problem;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { knowledge, moved, monotonic, random } = this.#options;
    const { signal } = this.#ending;
    for (let failures = 0; !signal.aborted;) {
      const began = monotonic();
      const fault = await this.#connection();
      if (fault.startsAnew) knowledge.startAnew();
      this.#problem = fault.message;
      moved();
      failures = monotonic() - began > GOOD ? 0 : failures + 1;
      await wait(pauseAfter(fault, failures, random()), signal);
    }
  }

  /** From its opening to whatever ended it. Never rejects. */
  async #connection(): Promise<FeedFault> {
    const { knowledge, connect, moved } = this.#options;
    knowledge.begin();
    if (knowledge.snapshotAge > SNAPSHOT_LIFE) knowledge.startAnew();
    const given = new AbortController();
    let silent = 0;
    let withoutHeartbeat = 0;
    const watch = setInterval(() => {
      if (++silent > SILENT_LOOKS)
        given.abort(new FeedFault(`nothing came for ${seconds(SILENT_LOOKS)}`));
      else if (++withoutHeartbeat > LOOKS_WITHOUT_HEARTBEAT)
        given.abort(
          new FeedFault(`no heartbeat for ${seconds(LOOKS_WITHOUT_HEARTBEAT)}`),
        );
    }, LOOK_EVERY);
    const heard = (): void => {
      silent = 0;
    };
    const signal = AbortSignal.any([this.#ending.signal, given.signal]);
    try {
      for await (const event of connect(signal, heard)) {
        const taken = await knowledge.take(event);
        if (taken === "ended") break;
        if (taken !== "heartbeat") continue;
        withoutHeartbeat = 0;
        this.#problem = null;
        moved();
      }
      return new FeedFault("the server ended the stream");
    } catch (error) {
      return error instanceof FeedFault
        ? error
        : new FeedFault("the connection broke, or there was none");
    } finally {
      clearInterval(watch);
    }
  }
}

const seconds = (looks: number): string => `${(looks * LOOK_EVERY) / 1000} s`;

const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    signal.addEventListener("abort", over);
  });
