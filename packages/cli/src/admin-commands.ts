/** THE TABLE of commands that speak with a server's admin API. What a command does is loaded only when it runs. */
import { InvalidArgumentError, type Command } from "commander";
import type { ExitStatus } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

type Finish = (status: ExitStatus) => void;

export function addAdminCommands(
  program: Command,
  terminal: Terminal,
  finish: Finish,
): void {
  client(program, terminal, finish);
}

function client(program: Command, terminal: Terminal, finish: Finish): void {
  const group = groupOf(
    program,
    "client",
    "register and change clients of a server",
  );
  at(group.command("list"))
    .description("Lists the clients.")
    .action(async (flags) =>
      finish(
        await (await import("./commands/client.ts")).list(flags, terminal),
      ),
    );
  at(group.command("show").argument("<id>"))
    .description("Shows one client, and what is known of its secrets.")
    .action(async (id: string, flags) =>
      finish(
        await (await import("./commands/client.ts")).show(id, flags, terminal),
      ),
    );
  settings(at(group.command("create").argument("[id]")))
    .description(
      "Registers a client. Its first secret, if it needs one, is shown once.",
    )
    .action(async (id: string | undefined, flags) =>
      finish(
        await (
          await import("./commands/client.ts")
        ).create(id, flags, terminal),
      ),
    );
  settings(at(group.command("change").argument("<id>")))
    .description("Changes the settings that are named.")
    .action(async (id: string, flags) =>
      finish(
        await (
          await import("./commands/client.ts")
        ).change(id, flags, terminal),
      ),
    );
  at(group.command("disable").argument("<id>"))
    .description("Takes a client out of use, and ends all that it was given.")
    .action(async (id: string, flags) =>
      finish(
        await (
          await import("./commands/client.ts")
        ).disable(id, flags, terminal),
      ),
    );
  at(group.command("enable").argument("<id>"))
    .description("Takes a client into use again.")
    .action(async (id: string, flags) =>
      finish(
        await (
          await import("./commands/client.ts")
        ).enable(id, flags, terminal),
      ),
    );
  at(group.command("add-secret").argument("<id>"))
    .description("Makes a further secret, and shows it once.")
    .option("--expires-in <seconds>", "when it ends; default: never", seconds)
    .action(async (id: string, flags) =>
      finish(
        await (
          await import("./commands/client.ts")
        ).addSecret(id, flags, terminal),
      ),
    );
  at(group.command("end-secret").argument("<id>").argument("<secret-id>"))
    .description("Ends a secret.")
    .option("--in <seconds>", "when; default: at once", seconds)
    .action(async (id: string, secretId: string, flags) =>
      finish(
        await (
          await import("./commands/client.ts")
        ).endSecret(id, secretId, flags, terminal),
      ),
    );
}

function settings(command: Command): Command {
  return command
    .option("--name <name>", "what people call it")
    .option(
      "--authentication <method>",
      "none, client_secret_basic, client_secret_post, client_secret_jwt or private_key_jwt",
    )
    .option(
      "--grant <type>",
      "a grant type, such as client_credentials; may be repeated",
      repeated,
    )
    .option(
      "--redirect-uri <uri>",
      "where people are sent back; may be repeated",
      repeated,
    )
    .option(
      "--resource <uri>",
      "a resource that it may ask for; may be repeated",
      repeated,
    )
    .option(
      "--scope <scope>",
      "a scope that it may have; may be repeated",
      repeated,
    )
    .option("--keys <file>", "its public key, as JWK or JWK set")
    .option(
      "--origin <origin>",
      "an origin of its pages; may be repeated",
      repeated,
    )
    .option(
      "--introspects <uri>",
      "a resource whose tokens it may introspect; may be repeated",
      repeated,
    )
    .option(
      "--admin-scope <scope>",
      "a scope of the admin API; may be repeated",
      repeated,
    )
    .option("--dpop", "its tokens must be bound to a key")
    .option("--fapi", "it follows FAPI 2.0")
    .option(
      "--access-token-seconds <seconds>",
      "the longest life of its access tokens",
      seconds,
    )
    .option("--input <file>", "all settings as JSON; - for standard input");
}

const groupOf = (program: Command, name: string, summary: string): Command =>
  program
    .command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .helpCommand(false)
    .showSuggestionAfterError(true);

/** Where the server is, and who asks. */
const at = (command: Command): Command =>
  command
    .option(
      "--server <address>",
      "the server; default: ASSAY_SERVER, or http://localhost:4455",
    )
    .option(
      "--token-file <file>",
      "an admin token; default: ASSAY_ADMIN_TOKEN, or the file of the server's first start",
    )
    .option("--json", "write JSON and nothing else");

const repeated = (
  value: string,
  earlier: readonly string[] = [],
): readonly string[] => [...earlier, value];

function seconds(text: string): number {
  if (!/^\d{1,10}$/.test(text))
    throw new InvalidArgumentError("Expected a whole number of seconds.");
  return Number(text);
}
