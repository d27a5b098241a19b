/** Brings the schema to this release's version. Many servers may start at once: one migrates, the others wait. */
import type { ClientBase } from "pg";
import { StartError } from "../../start-error.ts";
import { dueMigrations } from "../migrations/migrations.ts";

/** The first version whose features and fixes are relied on. */
const OLDEST = 15;
/** Names the advisory lock: "assay" as a number. */
export const MIGRATION_LOCK = 0x61_73_73_61_79;

/** Throws StartError for a server that cannot keep what it is given. */
export async function checkServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{
    version: number;
    name: string;
    encoding: string;
    commit: string;
  }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
      current_setting('server_encoding') AS encoding, current_setting('synchronous_commit') AS commit`,
  );
  const [server] = rows;
  if (!server || Math.floor(server.version / 10_000) < OLDEST)
    throw new StartError(
      `expected PostgreSQL ${OLDEST} or newer, found ${server?.name ?? "an unknown version"}`,
    );
  if (server.encoding !== "UTF8")
    throw new StartError(
      `expected a database with the encoding UTF8, found ${server.encoding}`,
      "createdb --encoding=UTF8 --template=template0 assay",
    );
  // Threat: a revocation that was answered and is gone after a power cut.
  if (server.commit === "off")
    throw new StartError(
      "expected synchronous_commit to be on, so that what was answered is on disk, found off",
      "ALTER DATABASE assay SET synchronous_commit = on",
    );
}

export async function migrate(client: ClientBase): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query(
      "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)",
    );
    const { rows } = await client.query<{ version: number }>(
      "SELECT version FROM schema_version",
    );
    const version = rows[0]?.version ?? 0;
    if (rows.length === 0)
      await client.query("INSERT INTO schema_version (version) VALUES (0)");
    for (const migration of dueMigrations(version)) {
      for (const statement of migration.statements)
        await client.query(ofPostgres(statement));
      await client.query("UPDATE schema_version SET version = $1", [
        migration.version,
      ]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/**
 * Texts are compared by their bytes, as in SQLite: the order of a language would mix the order of names that begin with their time. Where rows
 * stand in SQLite is not asked here.
 */
export const ofPostgres = (statement: string): string =>
  statement.startsWith("CREATE TABLE")
    ? statement
        .replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"')
        .replace(/ WITHOUT ROWID$/, "")
    : statement;
