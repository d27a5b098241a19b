/** THE TABLE of commands that speak with a server's admin API. What a command does is loaded only when it runs. */
import type { Command } from "commander";
import { at, count, groupOf } from "./admin-command-options.ts";
import { client, exchangeRule, resource } from "./admin-commands-register.ts";
import type { LazyAction } from "./lazy-action.ts";
import { repeated } from "./option-values.ts";

export function addAdminCommands(program: Command, run: LazyAction): void {
  explain(program, run);
  diagnosis(program, run);
  client(program, run);
  resource(program, run);
  exchangeRule(program, run);
  grant(program, run);
  token(program, run);
  keys(program, run);
  journal(program, run);
  person(program, run);
  database(program, run);
}

function explain(program: Command, run: LazyAction): void {
  const story = (command: Command): Command =>
    at(
      command.argument(
        "[what...]",
        "a token, an id, or the handle of a refusal; a file; - for standard input",
      ),
    )
      .option(
        "--personal",
        "show persons too; that is written to the journal of the server",
      )
      .action(run(async () => (await import("./commands/explain.ts")).explain));
  story(program.command("explain"))
    .summary("tell the life story of a token of a server")
    .description(
      "Tells the life story of a token, grant, client or key of a server: what it is, what happened to it, what ended it, and who must act.",
    );
}

function diagnosis(program: Command, run: LazyAction): void {
  at(program.command("diagnosis").argument("<handle>"))
    .summary("read what stands behind the handle of a refusal")
    .description(
      "Reads what stands behind a handle: the header assay-diagnosis of a refusal.",
    )
    .action(
      run(async () => (await import("./commands/diagnosis.ts")).readDiagnosis),
    );
}

function grant(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "grant",
    "show and end what people allowed at a server",
  );
  at(group.command("list"))
    .description("Lists grants.")
    .option("--client <id>", "of this client")
    .option("--subject <subject>", "of this person")
    .action(run(async () => (await import("./commands/grant.ts")).list));
  at(group.command("show").argument("<id>"))
    .description("Shows one grant.")
    .action(run(async () => (await import("./commands/grant.ts")).show));
  at(group.command("revoke").argument("<id>"))
    .description("Ends a grant with all its tokens.")
    .action(run(async () => (await import("./commands/grant.ts")).revoke));
}

function token(program: Command, run: LazyAction): void {
  const group = groupOf(program, "token", "end tokens of a server");
  at(
    group
      .command("revoke")
      .argument("[what...]", "a token or its id; a file; - for standard input"),
  )
    .description("Ends a token, or all that the options name.")
    .option("--subject <subject>", "all of this person")
    .option(
      "--change <change>",
      "what happened to the person: disabled, deleted, password_changed, logged_out",
    )
    .option("--session <id>", "all of this session, with --subject")
    .option("--client <id>", "all of this client")
    .option("--all", "all there are, with --before; this command's own too")
    .option("--before <time>", "only what was issued before, ISO 8601")
    .action(run(async () => (await import("./commands/token.ts")).revoke));
}

function keys(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "keys",
    "list, rotate and withdraw signing keys of a server",
  );
  at(group.command("list"))
    .description("Lists the keys that the server remembers.")
    .action(run(async () => (await import("./commands/keys.ts")).list));
  at(group.command("rotate"))
    .description("Makes the next key current.")
    .option("--alg <name>", "the algorithm; default: ES256")
    .option("--force", "even where verifiers may not know the next key yet")
    .action(run(async () => (await import("./commands/keys.ts")).rotate));
  at(group.command("withdraw").argument("<kid>"))
    .description("Takes a key out of the set, and ends all tokens under it.")
    .action(run(async () => (await import("./commands/keys.ts")).withdraw));
  at(group.command("rehearse"))
    .description(
      "Says when the next key may sign, and which guards have not fetched it yet. Exit status 1: a rotation would surprise somebody.",
    )
    .action(run(async () => (await import("./commands/keys.ts")).rehearse));
}

function journal(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "journal",
    "read, check and export the journal of a server",
  );
  at(group.command("list"))
    .description("Shows entries.")
    .option("--event <name>", "of this event, such as token.revoked")
    .option("--client <id>", "of this client")
    .option("--grant <id>", "of this grant")
    .option("--token <id>", "of this token or key")
    .option(
      "--subject <subject>",
      "of this person; that is written to the journal",
    )
    .option("--from <time>", "from this time on, ISO 8601")
    .option("--until <time>", "before this time, ISO 8601")
    .option("--after <number>", "after this entry", count)
    .option("--limit <number>", "so many at most; default: 50", count)
    .option("--newest", "the newest first")
    .option("--personal", "show persons too; that is written to the journal")
    .action(run(async () => (await import("./commands/journal.ts")).list));
  at(
    group
      .command("verify")
      .argument(
        "[file]",
        "an export, checked without a server; - for standard input",
      ),
  )
    .description(
      "Checks the chain of the journal. Exit status 1: it is not whole.",
    )
    .option(
      "--known <number:hash>",
      "a place that was noted elsewhere; may be repeated",
      repeated,
    )
    .action(run(async () => (await import("./commands/journal.ts")).verify));
  at(group.command("export"), false)
    .description(
      "Writes the journal as JSON Lines. What is known of persons stays encrypted.",
    )
    .option("--out <file>", "a new file; default: standard output")
    .option("--after <number:hash>", "where the export before ended")
    .action(
      run(async () => (await import("./commands/journal.ts")).exportLines),
    );
}

function person(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "person",
    "make the journal of a server forget a person",
  );
  at(group.command("erase").argument("<subject>"))
    .description(
      "Destroys the key of what the journal knows of a person, for ever. The entries stay, and nobody can read whom they are about. Tokens are ended by assay token revoke --subject.",
    )
    .action(run(async () => (await import("./commands/person.ts")).erase));
}

function database(program: Command, run: LazyAction): void {
  const file = (command: Command): Command =>
    command
      .argument("<file>")
      .option("--config <file>", "settings of assay serve, as a JSON object")
      .option("--database <path>", "the database; default: as of assay serve")
      .option(
        "--data-folder <folder>",
        "where it lies; default: as of assay serve",
      );
  file(program.command("backup"))
    .summary("back up the server's database while it runs")
    .description(
      "Copies the server's SQLite database into a new file, while the server runs, and checks the copy.",
    )
    .action(run(async () => (await import("./commands/backup.ts")).backup));
  file(program.command("restore"))
    .summary("put a backup in the place of the server's database")
    .description(
      "Puts a backup in the place of the database of a server that is stopped. All tokens from before are ended, so that none that was revoked since comes back.",
    )
    .option("--keep-tokens", "let tokens from before the backup be good again")
    .action(run(async () => (await import("./commands/restore.ts")).restore));
}
