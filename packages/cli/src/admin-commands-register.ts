/** The commands by which clients, resources and rules of exchange are registered. */
import type { Command } from "commander";
import { at, groupOf, seconds } from "./admin-command-options.ts";
import type { LazyAction } from "./lazy-action.ts";
import { repeated } from "./option-values.ts";

export function client(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "client",
    "register and change clients of a server",
  );
  at(group.command("list"))
    .description("Lists the clients.")
    .action(run(async () => (await import("./commands/client.ts")).list));
  at(group.command("show").argument("<id>"))
    .description("Shows one client, and what is known of its secrets.")
    .action(run(async () => (await import("./commands/client.ts")).show));
  settings(at(group.command("create").argument("[id]")))
    .description(
      "Registers a client. Its first secret, if it needs one, is shown once.",
    )
    .action(run(async () => (await import("./commands/client.ts")).create));
  settings(at(group.command("change").argument("<id>")))
    .description("Changes the settings that are named.")
    .action(run(async () => (await import("./commands/client.ts")).change));
  at(group.command("disable").argument("<id>"))
    .description("Takes a client out of use, and ends all that it was given.")
    .action(run(async () => (await import("./commands/client.ts")).disable));
  at(group.command("enable").argument("<id>"))
    .description("Takes a client into use again.")
    .action(run(async () => (await import("./commands/client.ts")).enable));
  at(group.command("add-secret").argument("<id>"))
    .description("Makes a further secret, and shows it once.")
    .option("--expires-in <seconds>", "when it ends; default: never", seconds)
    .action(run(async () => (await import("./commands/client.ts")).addSecret));
  at(group.command("end-secret").argument("<id>").argument("<secret-id>"))
    .description("Ends a secret.")
    .option("--in <seconds>", "when; default: at once", seconds)
    .action(run(async () => (await import("./commands/client.ts")).endSecret));
}

export function resource(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "resource",
    "register and change resources of a server",
  );
  const settingsOf = (command: Command): Command =>
    command
      .option("--name <name>", "what people call it")
      .option(
        "--scope <scope>",
        "a scope that it knows; may be repeated",
        repeated,
      )
      .option("--format <format>", "jwt or opaque")
      .option("--algorithm <name>", "the algorithm of its JWTs; default: ES256")
      .option(
        "--access-token-seconds <seconds>",
        "the life of its access tokens; default: 600",
        seconds,
      )
      .option("--dpop", "its tokens must be bound to a key")
      .option(
        "--claim <claim=member>",
        "a claim to add, and the member of the account that fills it; may be repeated",
        repeated,
      );
  at(group.command("list"))
    .description("Lists the resources.")
    .action(run(async () => (await import("./commands/resource.ts")).list));
  at(group.command("show").argument("<uri>"))
    .description("Shows one resource.")
    .action(run(async () => (await import("./commands/resource.ts")).show));
  settingsOf(at(group.command("create").argument("<uri>")))
    .description("Registers a resource: what access tokens are for.")
    .action(run(async () => (await import("./commands/resource.ts")).create));
  settingsOf(at(group.command("change").argument("<uri>")))
    .description("Changes the settings that are named, for later tokens.")
    .action(run(async () => (await import("./commands/resource.ts")).change));
}

export function exchangeRule(program: Command, run: LazyAction): void {
  const group = groupOf(
    program,
    "exchange-rule",
    "say which client may make which token out of another",
  );
  at(group.command("list"))
    .description("Lists the rules of exchange.")
    .option("--client <id>", "of this client")
    .action(
      run(async () => (await import("./commands/exchange-rule.ts")).list),
    );
  at(group.command("create"))
    .description(
      "Lets a client make a token for one resource out of another token. Without a rule nobody may.",
    )
    .option("--client <id>", "the client that may")
    .option("--grant <type>", "token-exchange or jwt-bearer")
    .option("--source-issuer <iss>", "who issued the token that it presents")
    .option(
      "--source-audience <aud>",
      "the audience of the token that it presents",
    )
    .option(
      "--source-keys <file>",
      "public keys of a foreign issuer, as JWK or JWK set",
    )
    .option("--target <uri>", "the resource that the new token is for")
    .option(
      "--scope <scope>",
      "a scope that the new token may have; may be repeated",
      repeated,
    )
    .action(
      run(async () => (await import("./commands/exchange-rule.ts")).create),
    );
  at(group.command("delete").argument("<id>"))
    .description(
      "Takes a rule away. Tokens that were made by it stay until they end.",
    )
    .action(
      run(async () => (await import("./commands/exchange-rule.ts")).remove),
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
