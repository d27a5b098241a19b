/** The store that the settings name. */
import { join } from "node:path";
import type { Settings } from "./options.ts";
import { openSqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";

/** Until one database serves several issuers, this is the one. */
const ISSUER_ID = "default";

/** Throws StartError. */
export async function openConfiguredStore({
  dataFolder,
  database,
}: Settings): Promise<Store> {
  if (!/^postgres(ql)?:\/\//.test(database))
    return openSqliteStore({
      path: database === "" ? join(dataFolder, "assay.db") : database,
      issuerId: ISSUER_ID,
    });
  // Loaded only when used.
  const { openPostgresStore } =
    await import("./store/postgres/postgres-store.ts");
  return openPostgresStore({ url: database, issuerId: ISSUER_ID });
}
