/** assay serve: starts the server with the console. It runs until it is stopped. */
import type { ServerOptions } from "@assay/issuer";
import { UsageError } from "../usage-error.ts";

export async function serve(options: ServerOptions): Promise<void> {
  // Imported here: in the one bundled file, an import at the top would load the server for every command.
  const { startServer, StartError } = await import("@assay/issuer");
  try {
    await startServer(options);
  } catch (error) {
    throw error instanceof StartError
      ? new UsageError(error.message, error.tryInstead)
      : error;
  }
}
