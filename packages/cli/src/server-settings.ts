/** The settings of a server on this machine, for a command that works on its database. */
import type { ServerOptions, Settings } from "@assay/issuer";
import { UsageError } from "./usage-error.ts";

export type StoreFlags = ServerOptions & { readonly config?: string };

/** Calls `work` with the settings. Throws UsageError for what is wrong with them, with the database or with the master keys. */
export async function withSettings<Result>(
  { config, ...options }: StoreFlags,
  work: (settings: Settings) => Promise<Result>,
): Promise<Result> {
  // Imported here: in the one bundled file, an import at the top would load the server for every command.
  const { readSettings, StartError, UnsealError } =
    await import("@assay/issuer");
  try {
    return await work(readSettings(options, process.env, config ?? null));
  } catch (error) {
    if (error instanceof StartError)
      throw new UsageError(error.message, error.tryInstead);
    throw error instanceof UnsealError
      ? new UsageError(
          "expected the master keys under which the store is sealed, found others; give the new one first and the old one after it",
        )
      : error;
  }
}
