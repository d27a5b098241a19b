/** The store that many server processes share: PostgreSQL 15 or newer. */
import { setTimeout as wait } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { StartError } from "../../start-error.ts";
import {
  inRows,
  type Insert,
  type Query,
  type Row,
  type Rows,
  type Verb,
} from "../sql/query.ts";
import { storeOver, verbOf, type Runner } from "../sql/verbs.ts";
import { StoreUnavailable, type Store } from "../store.ts";
import {
  isOvertaken,
  isUnavailable,
  reasonOf,
  withoutValues,
} from "./failure.ts";
import { checkServer, migrate } from "./migrate.ts";
import {
  openPatientClient,
  openPool,
  type OpenPool,
  type PostgresOptions,
} from "./pool.ts";
import { statement } from "./statement.ts";

export type { PostgresOptions };

/** So often a verb is tried whose transaction the server rolled back. */
const TRIES = 6;
/** Longest wait before the second try, in milliseconds; doubled for each further one. */
const WAIT = 10;

/** Connects and migrates. Throws StartError when the server is too old, not there, or lets nobody in. */
export async function openPostgresStore(
  options: PostgresOptions,
): Promise<Store> {
  // What fails is met by whoever asks next; an idle connection that ends is nobody's.
  const opened = await openPool(options, () => {});
  try {
    const client = await openPatientClient(options);
    try {
      await checkServer(client);
      await migrate(client);
    } finally {
      await client.end();
    }
  } catch (error) {
    await opened.close();
    if (error instanceof StartError) throw error;
    throw new StartError(
      `expected a PostgreSQL database that answers, found: ${reasonOf(error)}`,
    );
  }
  return storeOver(runnerOver(opened, options.issuerId));
}

function runnerOver({ pool, close: end }: OpenPool, issuer: string): Runner {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  const run = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing) throw new StoreUnavailable("the store is closed");
    const running = again(work);
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  };
  const close = async (): Promise<void> => {
    // The pool forgets whoever still waits for a connection.
    await Promise.allSettled(underWay);
    await end();
  };
  return {
    read: async (verb, args) =>
      run(async () =>
        onConnection(pool, async (client) =>
          runVerb(client, verbOf(verb)(issuer, ...args)),
        ),
      ),
    write: async (verb, args) =>
      run(async () =>
        onConnection(pool, async (client) =>
          inTransaction(client, async () =>
            runVerb(client, verbOf(verb)(issuer, ...args)),
          ),
        ),
      ),
    ping: async () => {
      await run(async () =>
        onConnection(pool, async (client) => client.query("SELECT 1")),
      );
    },
    close: async () => (closing ??= close()),
  };
}

/**
 * Tries again what the server rolled back for another transaction's sake: nothing of it is there. Never anything else: a commit whose
 * answer did not arrive may have happened, and a second rotation would be taken for a theft.
 */
async function again<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isOvertaken(error)) throw withoutValues(error);
      if (tries === TRIES) throw unavailable(error);
      await wait(Math.random() * WAIT * 2 ** tries);
    }
  }
}

async function onConnection<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw unavailable(error);
  }
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    broken = isUnavailable(error);
    throw broken ? unavailable(error) : error;
  } finally {
    // A connection that failed once is not used again: what its transaction does is not known.
    client.release(broken);
  }
}

const unavailable = (error: unknown): StoreUnavailable =>
  new StoreUnavailable(`PostgreSQL cannot be asked: ${reasonOf(error)}`);

/** READ COMMITTED whatever the server's default: verbs lock the rows that decide, and read after it. */
async function inTransaction<Result>(
  client: PoolClient,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    if (!isUnavailable(error)) await client.query("ROLLBACK");
    throw error;
  }
  const { command } = await client.query("COMMIT");
  // PostgreSQL answers ROLLBACK to the COMMIT of a transaction that failed.
  if (command !== "COMMIT")
    throw new TypeError(`expected the answer COMMIT, found ${command}`);
  return result;
}

async function runVerb<Result>(
  client: PoolClient,
  verb: Verb<Result>,
): Promise<Result> {
  let step = verb.next([]);
  while (step.done !== true) {
    const asked = step.value;
    let rows: Rows = [];
    for (const query of "into" in asked ? together(asked) : [asked])
      ({ rows } = await client.query<Row>(statement(query)));
    step = verb.next(rows);
  }
  return step.value;
}

const together = ({ into, rows }: Insert): Iterable<Query> =>
  inRows(into.head, into.row, rows, into.tail);
