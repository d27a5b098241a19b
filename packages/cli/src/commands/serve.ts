/** assay serve: starts the server with the console. */
import { UsageError } from "../usage-error.ts";

export async function serve({ host, port }: { readonly host?: string; readonly port?: number }): Promise<void> {
  // Imported here: in the one bundled file, an import at the top would load the server for every command.
  const { startServer } = await import("@assay/issuer");
  try {
    await startServer({ ...(host !== undefined && { host }), ...(port !== undefined && { port }) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new UsageError(`expected a free port, found ${port ?? "the default one"} in use`, "assay serve --port 4456");
  }
}
