/** assay guard: answers a proxy that asks about each request, until it is stopped; with --check, only reads the settings. */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { guardOf } from "../guard-server/guard-of.ts";
import { jsonLog } from "../guard-server/json-log.ts";
import { readGuardSettings } from "../guard-server/read-settings.ts";
import { runGuard } from "../guard-server/run.ts";
import { guardSettings } from "../guard-server/settings.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface GuardFlags extends Readonly<Record<string, unknown>> {
  readonly config?: string;
  readonly check?: boolean;
}

export async function guard(
  { config, check = false, ...given }: GuardFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  // Imported here: an import at the top would load it for every command.
  const server = await import("@assay/issuer/process");
  try {
    const settings = readGuardSettings(
      server,
      given,
      process.env,
      config ?? null,
    );
    if (!check) await runGuard(server, settings, terminal);
    else {
      await guardOf(
        settings,
        null,
        jsonLog(() => {}, ""),
      ).close();
      server.readTls(settings);
      await terminal.write(
        `${JSON.stringify(server.shownTable(guardSettings(server), settings), null, 2)}\n`,
      );
    }
  } catch (error) {
    throw error instanceof server.StartError
      ? new UsageError(error.message, error.tryInstead)
      : error;
  }
  return EXIT.accepted;
}
