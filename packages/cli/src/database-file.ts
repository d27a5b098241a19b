/** The file of the server's database, by the server's own settings. */
import { join } from "node:path";
import type * as Server from "@assay/issuer";
import { withSettings } from "./server-settings.ts";
import { UsageError } from "./usage-error.ts";

export interface DatabaseFlags {
  readonly database?: string;
  readonly dataFolder?: string;
}

/** Calls `work` with the path. Throws UsageError where the database is no file: PostgreSQL has tools of its own. `instead`: the one that does it. */
export const withDatabaseFile = async <Result>(
  flags: DatabaseFlags,
  instead: string,
  work: (path: string, server: typeof Server) => Promise<Result>,
): Promise<Result> =>
  withSettings(flags, async ({ database, dataFolder }, server) => {
    if (/^postgres(ql)?:/.test(database))
      throw new UsageError(
        "--database: expected an SQLite file, found PostgreSQL, which has tools of its own",
        instead,
      );
    const path = database === "" ? join(dataFolder, "assay.db") : database;
    return work(path, server);
  });
