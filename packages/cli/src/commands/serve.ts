/** assay serve: starts the server with the console, which runs until it is stopped; with --check, only reads the settings. */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { withServer, type StoreFlags } from "../server-settings.ts";
import type { Terminal } from "../terminal.ts";

export async function serve(
  {
    config,
    check = false,
    ...options
  }: StoreFlags & { readonly check?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  await withServer(async ({ startServer, readSettings, shownSettings }) => {
    if (check)
      await terminal.write(
        `${JSON.stringify(shownSettings(readSettings(options, process.env, config ?? null)), null, 2)}\n`,
      );
    else await startServer(options, { config: config ?? null });
  });
  return EXIT.accepted;
}
