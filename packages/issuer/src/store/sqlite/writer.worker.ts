/**
 * The one writer, in a thread of its own: commits wait for the disk, and requests must not wait for that. What has arrived by the time
 * the writer is free is written in one transaction (group commit), each verb in a savepoint of its own; answers leave after the commit.
 */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { verbOf } from "../sql/verbs.ts";
import { isUnavailable } from "./failure.ts";
import { runVerb, type Prepared } from "./run-verb.ts";
import { WRITER_PRAGMAS } from "./pragmas.ts";

export interface WriterData {
  readonly path: string;
  readonly issuer: string;
}
export interface WriteRequest {
  readonly id: number;
  readonly verb: string;
  readonly args: readonly unknown[];
}
export interface WriteAnswer {
  readonly id: number;
  readonly value?: unknown;
  /** The verb failed by itself; its changes are gone, those of others are not. */
  readonly error?: string;
  /** Nothing of the transaction is known to be on disk. */
  readonly unavailable?: boolean;
}

if (!parentPort) throw new TypeError("writer.worker.ts runs as a worker");
const port = parentPort;
const { path, issuer } = workerData as WriterData;
const database = new DatabaseSync(path);
for (const pragma of WRITER_PRAGMAS) database.exec(pragma);
const prepared: Prepared = new Map();

/** So many verbs share a commit at most: the first must not wait long for the last. */
const BATCH = 256;
let waiting: WriteRequest[] = [];
let scheduled = false;

port.on("message", (message: WriteRequest | "close") => {
  if (message === "close") {
    write();
    database.close();
    port.close();
    return;
  }
  waiting.push(message);
  if (scheduled) return;
  scheduled = true;
  setImmediate(write);
});

function write(): void {
  scheduled = false;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, BATCH);
    waiting = waiting.slice(BATCH);
    port.postMessage(commit(batch));
  }
}

function commit(batch: readonly WriteRequest[]): readonly WriteAnswer[] {
  try {
    database.exec("BEGIN IMMEDIATE");
    const answers = batch.map((request) => attempt(request));
    database.exec("COMMIT");
    return answers;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    return batch.map(({ id }) => ({
      id,
      error: (error as Error).message,
      unavailable: true,
    }));
  }
}

function attempt({ id, verb, args }: WriteRequest): WriteAnswer {
  database.exec("SAVEPOINT verb");
  try {
    const value = runVerb(database, prepared, verbOf(verb)(issuer, ...args));
    database.exec("RELEASE verb");
    return { id, value };
  } catch (error) {
    // The disk's fault is everybody's: the whole transaction goes.
    if (isUnavailable(error)) throw error;
    database.exec("ROLLBACK TO verb");
    database.exec("RELEASE verb");
    return { id, error: (error as Error).message };
  }
}
