/** The embedded store: node:sqlite. Reads run where they are asked for, writes in the writer's thread. One server process at a time. */
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readSync,
  statSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { StartError } from "../../start-error.ts";
import { migrateDatabase } from "./migrate.ts";
import { storeOver, verbOf, type Runner } from "../sql/verbs.ts";
import { StoreUnavailable, type Store } from "../store.ts";
import { isUnavailable } from "./failure.ts";
import { KeptReads } from "./kept-reads.ts";
import { READER_PRAGMAS, WRITER_PRAGMAS } from "./pragmas.ts";
import { runVerb, type Prepared } from "./run-verb.ts";
import { lockForOneServer, type ServerLock } from "./server-lock.ts";
import type { WriteAnswer, WriteRequest, WriterData } from "./writer.worker.ts";

export interface SqliteOptions {
  /** The database's file. It is made with mode 0600 when it is not there. */
  readonly path: string;
  readonly issuerId: string;
}

/** Opens and migrates. Throws StartError when another server has the file. */
export async function openSqliteStore({
  path,
  issuerId,
}: SqliteOptions): Promise<Store> {
  const lock = lockForOneServer(path);
  try {
    makePrivate(path);
    migrate(path);
    return storeOver(await openRunner(path, issuerId, lock));
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Threat: others on the machine who read digests and the journal. SQLite gives its further files the mode of the first. */
function makePrivate(path: string): void {
  refuseOtherFiles(path);
  try {
    closeSync(openSync(path, "a", 0o600));
    chmodSync(path, 0o600);
  } catch (error) {
    throw new StartError(
      `expected a database that this user can write, found that ${path} cannot be: ${(error as Error).message}`,
      null,
      error,
    );
  }
}

/** What a file of SQLite begins with. */
const MAGIC = "SQLite format 3\0";

/** Threat: a mistyped name, and a stranger's file whose mode is changed. */
function refuseOtherFiles(path: string): void {
  if (!existsSync(path)) return;
  const found = statSync(path);
  if (!found.isFile())
    throw new StartError(
      `expected a database at ${path}, found something that is no file`,
    );
  if (found.size === 0) return;
  const start = Buffer.alloc(MAGIC.length);
  const file = openSync(path, "r");
  readSync(file, start);
  closeSync(file);
  if (start.toString("latin1") !== MAGIC)
    throw new StartError(
      `expected a database at ${path}, found a file of another kind`,
    );
}

function migrate(path: string): void {
  const database = new DatabaseSync(path);
  try {
    for (const pragma of WRITER_PRAGMAS) database.exec(pragma);
    migrateDatabase(database);
  } finally {
    database.close();
  }
}

type Settle = PromiseWithResolvers<unknown>;

async function openRunner(
  path: string,
  issuer: string,
  lock: ServerLock,
): Promise<Runner> {
  const reader = new DatabaseSync(path);
  for (const pragma of READER_PRAGMAS) reader.exec(pragma);
  const prepared: Prepared = new Map();
  const workerData: WriterData = { path, issuer };
  const writer = new Worker(new URL(writerFile(), import.meta.url), {
    workerData,
    // Nothing of the process's own flags: one such as --eval would be the worker's undoing, and hooks of the loader do not reach it.
    execArgv: RUNS_SOURCES ? ["--conditions=@assay/source"] : [],
  });
  const pending = new Map<number, Settle>();
  let gone: StoreUnavailable | null = null;
  let last = 0;
  let outgoing: WriteRequest[] = [];
  const kept = new KeptReads();

  const fail = (why: string): void => {
    gone = new StoreUnavailable(why);
    for (const { reject } of pending.values()) reject(gone);
    pending.clear();
  };
  writer.on("message", (answers: string) => {
    for (const answer of JSON.parse(answers) as readonly WriteAnswer[])
      settle(pending, answer);
  });
  writer.on("error", (error: Error) =>
    fail(`the writer failed: ${error.message}`),
  );
  const exited = new Promise<void>((resolve) => {
    writer.on("exit", () => {
      if (!gone) fail("the store is closed");
      resolve();
    });
  });

  const write = async (
    verb: string,
    args: readonly unknown[],
  ): Promise<unknown> => {
    if (gone) throw gone;
    const id = ++last;
    const settleLater = Promise.withResolvers<unknown>();
    pending.set(id, settleLater);
    if (outgoing.push({ id, verb, args }) === 1) setImmediate(send);
    let answer: unknown = null;
    try {
      return (answer = await settleLater.promise);
    } finally {
      kept.written(verb, args, answer);
    }
  };
  /**
   * What came in one turn of the event loop goes to the writer as one message: it is to share a commit. As JSON, which takes less time than a
   * structured clone.
   */
  const send = (): void => {
    if (outgoing.length === 0) return;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    writer.postMessage(JSON.stringify(outgoing));
    outgoing = [];
  };

  const read = <Result>(work: () => Result): Result => {
    if (gone) throw gone;
    try {
      return work();
    } catch (error) {
      throw isUnavailable(error)
        ? new StoreUnavailable((error as Error).message, { cause: error })
        : error;
    }
  };
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    if (outgoing.length > 0) send();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    writer.postMessage("close");
    await exited;
    reader.close();
    lock.release();
  };

  return {
    read: async (verb, args) =>
      read(() =>
        kept.read(verb, args, () =>
          runVerb(reader, prepared, verbOf(verb)(issuer, ...args)),
        ),
      ),
    write,
    ping: async () => {
      read(() => reader.prepare("SELECT 1").get());
    },
    close: async () => (closing ??= close()),
  };
}

/** Sources run as they are; what was built runs as JavaScript. */
const RUNS_SOURCES: boolean = import.meta.url.endsWith(".ts");

const writerFile = (): string =>
  RUNS_SOURCES ? "./writer.worker.ts" : "./writer.worker.js";

function settle(pending: Map<number, Settle>, answer: WriteAnswer): void {
  const { id, value, error, unavailable } = answer;
  const waiting = pending.get(id);
  pending.delete(id);
  if (error === undefined) waiting?.resolve(value);
  else
    waiting?.reject(
      unavailable === true ? new StoreUnavailable(error) : new Error(error),
    );
}
