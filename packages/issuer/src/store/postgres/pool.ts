/** Connections to PostgreSQL. `pg` is loaded here, and only when it is used. */
import type {
  Client,
  ClientConfig,
  CustomTypesConfig,
  Pool,
  PoolClient,
  PoolConfig,
} from "pg";

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

/** A connection on which a statement may take as long as it takes: a migration of many rows, or the wait for one of another server. */
export async function openPatientClient(
  options: PostgresOptions,
): Promise<Client> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(configOf(options, pg.types));
  // Whoever asks on it meets the failure.
  client.on("error", () => {});
  await client.connect();
  return client;
}

const configOf = (
  { url, connectionTimeout = 5000 }: PostgresOptions,
  types: CustomTypesConfig,
): ClientConfig => ({
  connectionString: url,
  application_name: "assay",
  connectionTimeoutMillis: connectionTimeout,
  keepAlive: true,
  types: { getTypeParser: parserOf(types) },
});

export interface OpenPool {
  readonly pool: Pool;
  /** Ends all connections: at once those that the server does not let go of in time. */
  readonly close: () => Promise<void>;
}

/** How long a server may take to let connections go, in milliseconds. */
const GOODBYE = 5000;

export async function openPool(
  options: PostgresOptions,
  failed: (error: Error) => void,
): Promise<OpenPool> {
  const { default: pg } = await import("pg");
  const { connections = 10, statementTimeout = 5000 } = options;
  const config: PoolConfig = {
    ...configOf(options, pg.types),
    max: connections,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + ANSWER_ALLOWANCE,
    // A transaction that hangs holds locks that others wait for.
    idle_in_transaction_session_timeout: statementTimeout + ANSWER_ALLOWANCE,
  };
  const pool = new pg.Pool(config);
  // Without a listener, a server that ends an idle connection ends this process.
  pool.on("error", failed);
  const sockets = new Set<Destroyable>();
  pool.on("connect", (client) => {
    client.on("error", failed);
    sockets.add(socketOf(client));
  });
  pool.on("remove", (client) => sockets.delete(socketOf(client)));
  return {
    pool,
    close: async () => {
      const ending = pool.end();
      // Threat: a database that hangs keeps a server from its end, which was asked to stop.
      const late = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, GOODBYE);
      await ending.finally(() => clearTimeout(late));
    },
  };
}

interface Destroyable {
  destroy(): void;
}

/** Its types do not tell of it. */
const socketOf = (client: PoolClient): Destroyable =>
  (client as unknown as { connection: { stream: Destroyable } }).connection
    .stream;

/** Times, sequence numbers and counts are whole numbers below 2^53. */
const parserOf = (
  types: CustomTypesConfig,
): CustomTypesConfig["getTypeParser"] =>
  ((oid: number, format?: "text") =>
    oid === INT8
      ? Number
      : types.getTypeParser(oid, format)) as CustomTypesConfig["getTypeParser"];
