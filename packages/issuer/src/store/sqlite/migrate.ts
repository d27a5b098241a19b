/** Brings a database to this release's version. Each migration is a transaction of its own. */
import type { DatabaseSync } from "node:sqlite";
import { dueMigrations } from "../migrations/migrations.ts";

/** Throws StartError for one of a newer release. */
export function migrateDatabase(database: DatabaseSync): void {
  const { user_version: version } = database
    .prepare("PRAGMA user_version")
    .get() as { user_version: number };
  for (const migration of dueMigrations(version)) {
    database.exec("BEGIN IMMEDIATE");
    for (const statement of migration.statements) database.exec(statement);
    database.exec(`PRAGMA user_version = ${migration.version}`);
    database.exec("COMMIT");
  }
}
