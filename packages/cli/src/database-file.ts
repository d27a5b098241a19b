/** The file of the server's database, by the server's own settings. */
import { join } from "node:path";
import { UsageError } from "./usage-error.ts";

export interface DatabaseFlags {
  readonly database?: string;
  readonly dataFolder?: string;
}

/** Throws UsageError where the database is no file: PostgreSQL has tools of its own. `instead`: the one that does it. */
export async function databaseFile(
  { database, dataFolder }: DatabaseFlags,
  instead: string,
): Promise<string> {
  const { readSettings, StartError } = await import("@assay/issuer");
  try {
    const settings = readSettings(
      {
        ...(database !== undefined && { database }),
        ...(dataFolder !== undefined && { dataFolder }),
      },
      process.env,
    );
    if (/^postgres(ql)?:/.test(settings.database))
      throw new UsageError(
        "--database: expected an SQLite file, found PostgreSQL, which has tools of its own",
        instead,
      );
    return settings.database === ""
      ? join(settings.dataFolder, "assay.db")
      : settings.database;
  } catch (error) {
    throw error instanceof StartError
      ? new UsageError(error.message, error.tryInstead)
      : error;
  }
}
