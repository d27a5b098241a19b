/** THE TABLE of commands that work on a server's database itself. What a command does is loaded only when it runs. */
import type { Command } from "commander";
import type { LazyAction } from "./lazy-action.ts";
import { SERVE_FLAGS } from "./serve-flags.ts";
import { addSettingFlags } from "./setting-flags.ts";

export function addStoreCommands(program: Command, run: LazyAction): void {
  onStore(program.command("mark-restored"))
    .summary("say that a PostgreSQL database was put back")
    .description(
      "For a PostgreSQL database that was put back from a backup by its own means, before a server uses it. All tokens from before are ended, because some of them were revoked since. With SQLite, assay restore does this by itself.",
    )
    .option("--keep-tokens", "end no token, whatever was revoked since")
    .action(
      run(
        async () => (await import("./commands/mark-restored.ts")).markRestored,
      ),
    );

  onStore(program.command("reseal"), "--master-key-file")
    .summary("seal anew under a new master key")
    .description(
      "Seals under the first master key what stands sealed under another one that is given. Run it until it has nothing to do; then the other key is needed for one more day.",
    )
    .action(run(async () => (await import("./commands/reseal.ts")).reseal));

  onStore(program.command("admin-token"))
    .summary("let the next start of the server make an admin token")
    .description(
      "For a server whose admin tokens are all lost or over: its next start makes a first admin token once more. With SQLite the server stands still for it.",
    )
    .action(
      run(async () => (await import("./commands/admin-token.ts")).adminToken),
    );
}

/** Where the database is: the settings of `assay serve` that tell it. */
function onStore(command: Command, ...more: readonly string[]): Command {
  const told = ["--data-folder", "--database", ...more];
  return addSettingFlags(
    command,
    SERVE_FLAGS.filter(({ flag }) => told.includes(flag)),
  );
}
