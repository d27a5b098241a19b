/** assay restore: puts a backup in the place of the server's database. */
import { randomBytes } from "node:crypto";
import { withDatabaseFile, type DatabaseFlags } from "../database-file.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";

export async function restore(
  file: string,
  {
    keepTokens = false,
    ...flags
  }: DatabaseFlags & { readonly keepTokens?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  await withDatabaseFile(
    flags,
    "pg_restore --clean --dbname DATABASE FILE, then assay mark-restored",
    async (path, { restoreSqlite }) => {
      const { replaced, journalEntries } = await restoreSqlite({
        from: file,
        path,
        now: Date.now(),
        random: randomBytes,
        keepTokens,
      });
      await terminal.write(
        `Restored ${path} from ${file}: whole, ${journalEntries} entries of the journal.\n` +
          (replaced === null
            ? ""
            : `What was there before is in ${replaced}.\n`),
      );
    },
  );
  terminal.note(
    keepTokens
      ? "Tokens from before the backup are good again, also those that were revoked since."
      : "All tokens from before are ended: what was revoked since the backup must not come back.",
  );
  terminal.note(
    "Keys, clients and secrets are as they were at the backup. What was withdrawn, disabled or ended since is in use again: do that once more.",
  );
  return EXIT.accepted;
}
