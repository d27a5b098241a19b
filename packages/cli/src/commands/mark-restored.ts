/** assay mark-restored: a PostgreSQL database learns that it is older than what others have seen of it. */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { withSettings, type StoreFlags } from "../server-settings.ts";
import type { Terminal } from "../terminal.ts";

export async function markRestored(
  {
    keepTokens = false,
    ...flags
  }: StoreFlags & { readonly keepTokens?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  await withSettings(flags, async (settings, { markStoreRestored }) =>
    markStoreRestored(settings, keepTokens),
  );
  await terminal.write(
    keepTokens
      ? "Tokens from before stay good, also those that were revoked since the backup.\n"
      : "All tokens from before are ended: clients and people get new ones.\n",
  );
  return EXIT.accepted;
}
