/** The file of the server's database, by the server's own settings. */
import type * as Server from "@assay/issuer";
import { withSettings, type StoreFlags } from "./server-settings.ts";
import { UsageError } from "./usage-error.ts";

export type DatabaseFlags = Pick<
  StoreFlags,
  "config" | "database" | "dataFolder"
>;

/** Calls `work` with the path. Throws UsageError where the database is no file: PostgreSQL has tools of its own. `instead`: the one that does it. */
export const withDatabaseFile = async <Result>(
  flags: DatabaseFlags,
  instead: string,
  work: (path: string, server: typeof Server) => Promise<Result>,
): Promise<Result> =>
  withSettings(flags, async (settings, server) => {
    const path = server.databaseFileOf(settings);
    if (path === null)
      throw new UsageError(
        "--database: expected an SQLite file, found PostgreSQL, which has tools of its own",
        instead,
      );
    return work(path, server);
  });
