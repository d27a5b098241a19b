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
  await withServer(async (server) => {
    if (!check) {
      await server.startServer(options, { config: config ?? null });
      return;
    }
    const settings = server.readSettings(options, process.env, config ?? null);
    // Read for what is wrong with it.
    server.readTls(settings);
    const shown = server.shownSettings(settings);
    await terminal.write(`${JSON.stringify(shown, null, 2)}\n`);
  });
  return EXIT.accepted;
}
