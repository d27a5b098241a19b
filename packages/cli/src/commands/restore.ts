/** assay restore: puts a backup in the place of the server's database. */
import { randomBytes } from "node:crypto";
import { databaseFile, type DatabaseFlags } from "../database-file.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export async function restore(
  file: string,
  flags: DatabaseFlags & { readonly keepTokens?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  const path = await databaseFile(
    flags,
    "pg_restore --clean --dbname DATABASE FILE",
  );
  const { restoreSqlite, StartError } = await import("@assay/issuer");
  const keepTokens = flags.keepTokens === true;
  try {
    const { replaced, journalEntries } = await restoreSqlite({
      from: file,
      path,
      now: Date.now(),
      random: randomBytes,
      keepTokens,
    });
    await terminal.write(
      `Restored ${path} from ${file}: whole, ${journalEntries} entries of the journal.\n` +
        (replaced === null ? "" : `What was there before is in ${replaced}.\n`),
    );
    terminal.note(
      keepTokens
        ? "Tokens from before the backup are good again, also those that were revoked since."
        : "All tokens from before are ended: what was revoked since the backup must not come back.",
    );
    return EXIT.accepted;
  } catch (error) {
    throw error instanceof StartError
      ? new UsageError(error.message, error.tryInstead)
      : error;
  }
}
