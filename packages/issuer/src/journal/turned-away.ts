/**
 * Requests that were turned away at the door, before an endpoint saw them: too many from one address, or for a host of another name. The
 * first is written with its sender, those of the next minute are counted and written as one. Threat: a flood that is told line by line
 * fills the journal, and one that is not told at all is seen by nobody.
 */
import type { JournalWriter } from "./journal-writer.ts";
import { NOBODY } from "./personal-fields.ts";

export type TurnedAwayStatus = 421 | 429;

export interface TurnedAwaySender {
  readonly ip: string | null;
  readonly agent: string | null;
  /** The host that the request was for. */
  readonly host: string | null;
}

export interface TurnedAwayOptions {
  readonly journal: JournalWriter;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Something was written to the journal. */
  readonly written: () => void;
  /** Hears what the store threw. */
  readonly failed: (error: unknown) => void;
}

/** How long the others are counted, in milliseconds. */
const COUNTED_FOR = 60_000;
const LONGEST_HOST = 100;

interface Counting {
  readonly since: number;
  readonly timer: NodeJS.Timeout;
  count: number;
}

export class TurnedAway {
  readonly #options: TurnedAwayOptions;
  readonly #counting = new Map<TurnedAwayStatus, Counting>();
  readonly #pending = new Set<Promise<void>>();

  constructor(options: TurnedAwayOptions) {
    this.#options = options;
  }

  /** Never throws, and never waits. */
  note(status: TurnedAwayStatus, { ip, agent, host }: TurnedAwaySender): void {
    const counting = this.#counting.get(status);
    if (counting) {
      counting.count++;
      return;
    }
    const timer = setTimeout(() => this.#tell(status), COUNTED_FOR);
    timer.unref();
    this.#counting.set(status, {
      since: this.#options.clock(),
      timer,
      count: 0,
    });
    this.#write(
      {
        status,
        count: 1,
        ...(status === 421 && { host: host?.slice(0, LONGEST_HOST) ?? null }),
      },
      { ...NOBODY, ip, agent },
    );
  }

  /** Writes what was only counted. */
  async close(): Promise<void> {
    for (const status of this.#counting.keys()) this.#tell(status);
    await Promise.all(this.#pending);
  }

  #tell(status: TurnedAwayStatus): void {
    const counting = this.#counting.get(status);
    if (!counting) return;
    const { timer, count, since } = counting;
    clearTimeout(timer);
    this.#counting.delete(status);
    if (count > 0)
      this.#write(
        { status, count, since: new Date(since).toISOString() },
        NOBODY,
      );
  }

  #write(
    facts: Readonly<Record<string, string | number | null>>,
    who: Parameters<JournalWriter["write"]>[2],
  ): void {
    const { journal, written, failed } = this.#options;
    const pending = journal
      .write("requests.turned_away", { facts }, who)
      .then(written, failed)
      .finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }
}
