/** The server itself, and its settings on this machine, for a command that starts it or works on its database. */
import type * as Server from "@assay/issuer";
import type { ServerOptions, Settings } from "@assay/issuer";
import { UsageError } from "./usage-error.ts";

export type StoreFlags = ServerOptions & { readonly config?: string };

/** Calls `work` with the server's exports. Throws UsageError for what the server itself says is wrong. */
export async function withServer<Result>(
  work: (server: typeof Server) => Promise<Result>,
): Promise<Result> {
  // Imported here: an import at the top would load the server for every command.
  const server = await import("@assay/issuer");
  try {
    return await work(server);
  } catch (error) {
    throw error instanceof server.StartError
      ? new UsageError(error.message, error.tryInstead)
      : error;
  }
}

/** The same with the settings. Throws UsageError for what is wrong with them, with the database or with the master keys too. */
export const withSettings = async <Result>(
  { config, ...options }: StoreFlags,
  work: (settings: Settings, server: typeof Server) => Promise<Result>,
): Promise<Result> =>
  withServer(async (server) => {
    try {
      return await work(
        server.readSettings(options, process.env, config ?? null),
        server,
      );
    } catch (error) {
      throw error instanceof server.UnsealError
        ? new UsageError(
            "expected the master keys under which the store is sealed, found others; give the new one first and the old one after it",
          )
        : error;
    }
  });
