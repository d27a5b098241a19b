/** assay backup: a copy of the server's database, while the server runs. */
import { withDatabaseFile, type DatabaseFlags } from "../database-file.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";

export async function backup(
  file: string,
  flags: DatabaseFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  await withDatabaseFile(
    flags,
    "pg_dump --format=custom --file FILE",
    async (path, { backUpSqlite }) => {
      const { journalEntries } = await backUpSqlite(path, file);
      await terminal.write(
        `Backed up ${path} to ${file}, and checked: whole, ${journalEntries} entries of the journal.\n`,
      );
    },
  );
  terminal.note(
    "The master key is not in it. Keep that too, and elsewhere: without it the backup opens nothing.",
  );
  return EXIT.accepted;
}
