/** assay admin-token: the way back in where no admin token is left. */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { withSettings, type StoreFlags } from "../server-settings.ts";
import type { Terminal } from "../terminal.ts";

export async function adminToken(
  flags: StoreFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const asked = await withSettings(flags, async (settings, server) =>
    server.askForAdminToken(settings),
  );
  await terminal.write(
    asked
      ? "The next start of the server makes an admin token, says it once, and puts it into the file admin-token of the data folder.\n"
      : "The next start makes one already.\n",
  );
  return EXIT.accepted;
}
