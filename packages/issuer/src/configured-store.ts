/** The store that the settings name. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "./options.ts";
import { isPostgres } from "./options/values.ts";
import { openSqliteStore } from "./store/sqlite/sqlite-store.ts";
import { StartError } from "./start-error.ts";
import type { Store } from "./store/store.ts";

/** Until one database serves several issuers, this is the one. */
const ISSUER_ID = "default";

/** Where the embedded database lies; null: it is another. */
export const databaseFileOf = ({
  dataFolder,
  database,
}: Pick<Settings, "dataFolder" | "database">): string | null =>
  isPostgres(database)
    ? null
    : database === ""
      ? join(dataFolder, "assay.db")
      : database;

/** For what is done to a database that is there. Threat: a mistyped name, at which a new one is made, and the real one is left as it was. */
export async function openExistingStore(settings: Settings): Promise<Store> {
  const file = databaseFileOf(settings);
  if (file !== null && !existsSync(file))
    throw new StartError(`expected a database at ${file}, found none`);
  return openConfiguredStore(settings);
}

/** Throws StartError. */
export async function openConfiguredStore(settings: Settings): Promise<Store> {
  const file = databaseFileOf(settings);
  if (file !== null)
    return openSqliteStore({ path: file, issuerId: ISSUER_ID });
  // Loaded only when used.
  const { openPostgresStore } =
    await import("./store/postgres/postgres-store.ts");
  return openPostgresStore({ url: settings.database, issuerId: ISSUER_ID });
}
