/** Connections to PostgreSQL. `pg` is loaded here, and only when it is used. */
import type { CustomTypesConfig, Pool, PoolConfig } from "pg";

export interface PostgresOptions {
  /** postgres://user:password@host:port/database, with libpq's parameters (sslmode, host for a socket's folder, options). */
  readonly url: string;
  readonly issuerId: string;
  /** Connections at most; 10 without it. */
  readonly connections?: number;
  /** How long one statement may take, in milliseconds; 5000 without it. */
  readonly statementTimeout?: number;
  /** How long a connection may take to be had, in milliseconds; 5000 without it. */
  readonly connectionTimeout?: number;
}

/** The server ends a statement that takes too long; when its word does not arrive either, we stop waiting so much later. */
const ANSWER_ALLOWANCE = 2000;
const INT8 = 20;

export async function openPool(
  options: PostgresOptions,
  failed: (error: Error) => void,
): Promise<Pool> {
  const { default: pg } = await import("pg");
  const { connections = 10, statementTimeout = 5000 } = options;
  const config: PoolConfig = {
    connectionString: options.url,
    application_name: "assay",
    max: connections,
    connectionTimeoutMillis: options.connectionTimeout ?? 5000,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + ANSWER_ALLOWANCE,
    // A transaction that hangs holds locks that others wait for.
    idle_in_transaction_session_timeout: statementTimeout + ANSWER_ALLOWANCE,
    keepAlive: true,
    types: { getTypeParser: parserOf(pg.types) },
  };
  const pool = new pg.Pool(config);
  // Without a listener, a server that ends an idle connection ends this process.
  pool.on("error", failed);
  pool.on("connect", (client) => client.on("error", failed));
  return pool;
}

/** Times, sequence numbers and counts are whole numbers below 2^53. */
const parserOf = (
  types: CustomTypesConfig,
): CustomTypesConfig["getTypeParser"] =>
  ((oid: number, format?: "text") =>
    oid === INT8
      ? Number
      : types.getTypeParser(oid, format)) as CustomTypesConfig["getTypeParser"];
