/** assay serve: starts the server with the console, which runs until it is stopped; with --check, only reads the settings. */
import type { ServerOptions } from "@assay/issuer";
import type { ExitStatus } from "../exit-status.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export async function serve(
  options: ServerOptions,
  {
    config,
    check,
  }: { readonly config: string | null; readonly check: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  // Imported here: in the one bundled file, an import at the top would load the server for every command.
  const { startServer, readSettings, shownSettings, StartError } =
    await import("@assay/issuer");
  try {
    if (check)
      await terminal.write(
        `${JSON.stringify(shownSettings(readSettings(options, process.env, config)), null, 2)}\n`,
      );
    else await startServer(options, { config });
    return 0;
  } catch (error) {
    throw error instanceof StartError
      ? new UsageError(error.message, error.tryInstead)
      : error;
  }
}
