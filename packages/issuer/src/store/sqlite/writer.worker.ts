/**
 * The one writer, in a thread of its own: commits wait for the disk, and requests must not wait for that. What has arrived by the time
 * the writer is free is written in one transaction (group commit), and answers leave after the commit. When a verb fails, all of them are undone
 * and run again, each in a savepoint of its own: a failure is rare, and a savepoint a verb would cost everybody.
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
const commands: Prepared = new Map();

/** So many verbs share a commit at most, and none joins after so many milliseconds: the first must not wait long for the last, and who asks and who writes work at the same time. */
const MOST = 64;
const LONGEST = 6;
let waiting: WriteRequest[] = [];
let scheduled = false;

/** "close", or requests as JSON. */
port.on("message", (message: string) => {
  if (message === "close") {
    write();
    database.close();
    port.close();
    return;
  }
  waiting.push(...(JSON.parse(message) as readonly WriteRequest[]));
  if (scheduled) return;
  scheduled = true;
  setImmediate(write);
});

function write(): void {
  scheduled = false;
  while (waiting.length > 0) port.postMessage(JSON.stringify(commit()));
}

/** Takes the first of those that wait, and answers them. */
function commit(): readonly WriteAnswer[] {
  // Where a transaction cannot even begin, it is so for all who would share it.
  let taken = MOST;
  const inTurn =
    (work: (request: WriteRequest) => WriteAnswer) =>
    (): readonly WriteAnswer[] => {
      const answers: WriteAnswer[] = [];
      const end = performance.now() + LONGEST;
      for (const request of waiting) {
        taken = answers.length + 1;
        answers.push(work(request));
        if (answers.length === MOST || performance.now() >= end) break;
      }
      return answers;
    };
  try {
    return transact(inTurn(run)) ?? transact(inTurn(attempt)) ?? [];
  } catch (error) {
    return waiting.slice(0, taken).map(({ id }) => ({
      id,
      error: (error as Error).message,
      unavailable: true,
    }));
  } finally {
    waiting = waiting.slice(taken);
  }
}

/** null: a verb failed, and nothing was changed. Throws what the disk says: its fault is everybody's. */
function transact(
  work: () => readonly WriteAnswer[],
): readonly WriteAnswer[] | null {
  ask("BEGIN IMMEDIATE");
  try {
    const answers = work();
    ask("COMMIT");
    return answers;
  } catch (error) {
    if (database.isTransaction) ask("ROLLBACK");
    if (error instanceof VerbFailed) return null;
    throw error;
  }
}

class VerbFailed extends Error {}

function run({ id, verb, args }: WriteRequest): WriteAnswer {
  try {
    return {
      id,
      value: runVerb(database, prepared, verbOf(verb)(issuer, ...args)),
    };
  } catch (error) {
    throw isUnavailable(error) ? error : new VerbFailed();
  }
}

function attempt({ id, verb, args }: WriteRequest): WriteAnswer {
  ask("SAVEPOINT verb");
  try {
    const value = runVerb(database, prepared, verbOf(verb)(issuer, ...args));
    ask("RELEASE verb");
    return { id, value };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    ask("ROLLBACK TO verb");
    ask("RELEASE verb");
    return { id, error: (error as Error).message };
  }
}

/** Commands of transactions, prepared once too. */
function ask(text: string): void {
  let statement = commands.get(text);
  if (statement === undefined) {
    statement = database.prepare(text);
    commands.set(text, statement);
  }
  statement.run();
}
