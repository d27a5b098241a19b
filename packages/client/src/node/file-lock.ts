/**
 * A lock that processes share, as a file beside what it protects. It ends with its holder: one that died is found by its process id, one
 * on another machine, or one that hangs, by a file that nobody touches any more.
 */
import { randomUUID } from "node:crypto";
import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { TemporarilyUnavailable } from "../errors.ts";

export interface LockTimes {
  /** How often the holder touches the file, in milliseconds. */
  readonly touch: number;
  /** A file that nobody touched for so long has no holder. By the waiting process's own steady clock: machines may disagree about the time. */
  readonly stale: number;
  /** How long somebody waits for the lock. */
  readonly patience: number;
}

const TIMES: LockTimes = { touch: 2000, stale: 15_000, patience: 40_000 };
/** Pause between two looks, in milliseconds; half of it is chance. */
const LOOK = 50;

interface Seen {
  readonly id: string;
  readonly pid: number | null;
  readonly host: string | null;
  readonly touched: number;
}

export class FileLock {
  readonly #path: string;
  readonly #times: LockTimes;
  #id: string | null = null;

  constructor(path: string, times: LockTimes = TIMES) {
    this.#path = path;
    this.#times = times;
  }

  /** Throws TemporarilyUnavailable when the lock cannot be had in time. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    const id = await this.#acquire();
    const touching = setInterval(() => {
      const now = new Date();
      utimes(this.#path, now, now).catch(() => {});
    }, this.#times.touch);
    touching.unref();
    this.#id = id;
    try {
      return await task();
    } finally {
      this.#id = null;
      clearInterval(touching);
      if ((await look(this.#path))?.id === id)
        await rm(this.#path, { force: true });
    }
  }

  /** False: this process stood still for so long that another one took the lock over. */
  async isHeld(): Promise<boolean> {
    return this.#id !== null && (await look(this.#path))?.id === this.#id;
  }

  async #acquire(): Promise<string> {
    const id = randomUUID();
    const started = performance.now();
    let seen: { readonly as: Seen; readonly since: number } | null = null;
    while (!(await create(this.#path, id))) {
      const now = performance.now();
      if (now - started > this.#times.patience)
        throw new TemporarilyUnavailable(
          "another process that holds the lock of the tokens",
        );
      const there = await look(this.#path);
      if (
        there &&
        (seen?.as.id !== there.id || seen.as.touched !== there.touched)
      )
        seen = { as: there, since: now };
      if (
        there &&
        seen &&
        (isDead(there) || now - seen.since > this.#times.stale)
      )
        await this.#clear(there);
      else await sleep(LOOK * (0.5 + Math.random()));
    }
    return id;
  }

  /**
   * Removes a lock without holder. Threat: two who found it, of whom the slower removes the lock that the faster has taken meanwhile.
   * So one at a time looks again and removes.
   */
  async #clear(stale: Seen): Promise<void> {
    const clearing = `${this.#path}.clearing`;
    if (!(await create(clearing, stale.id))) {
      const other = await look(clearing);
      // Clearing takes no time: one that is old was left behind.
      const isOld =
        Date.now() - (other?.touched ?? Infinity) > 4 * this.#times.stale;
      if (other && (isDead(other) || isOld))
        await rm(clearing, { force: true });
      await sleep(LOOK);
      return;
    }
    try {
      const there = await look(this.#path);
      if (there?.id === stale.id && there.touched === stale.touched)
        await rm(this.#path, { force: true });
    } finally {
      await rm(clearing, { force: true });
    }
  }
}

/** False: it is there already. */
async function create(path: string, id: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(
        JSON.stringify({ id, pid: process.pid, host: hostname() }),
      );
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Null: it is gone. A holder that has not written yet has no name. */
async function look(path: string): Promise<Seen | null> {
  try {
    const { mtimeMs } = await stat(path);
    const text = await readFile(path, "utf8");
    const { id, pid, host } = parse(text);
    return {
      id: typeof id === "string" ? id : "",
      pid: typeof pid === "number" ? pid : null,
      host: typeof host === "string" ? host : null,
      touched: mtimeMs,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function parse(text: string): {
  readonly id?: unknown;
  readonly pid?: unknown;
  readonly host?: unknown;
} {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

/** Known of processes of this machine alone. */
function isDead({ pid, host }: Seen): boolean {
  if (pid === null || host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
