/** THE TABLE of commands by which a person has tokens. What a command does is loaded only when it runs. */
import type { Command } from "commander";
import type { LazyAction } from "./lazy-action.ts";
import { repeated, whole } from "./option-values.ts";

/** After the other commands: `token` may have subcommands already, and gets what it does without one. */
export function addSignInCommands(program: Command, run: LazyAction): void {
  profile(program.command("login"))
    .summary("sign in at an issuer")
    .description(
      "Signs you in at an issuer, by a browser of this machine, or of another one. The tokens are kept in a file that you alone can read. What is not named stays as it was.",
    )
    .option("--issuer <url>", "the issuer")
    .option(
      "--client-id <id>",
      "the client; its redirect URI is http://127.0.0.1/callback",
    )
    .option("--scope <scope>", "a scope to ask for; may be repeated", repeated)
    .option("--resource <uri>", "the API that the tokens are for")
    .option(
      "--device",
      "use the browser of any device (RFC 8628); the issuer has to offer it",
    )
    .option(
      "--dpop",
      "bind the tokens to a key of this machine (RFC 9449): whoever steals one alone cannot use it",
    )
    .option("--no-dpop", "bearer tokens again")
    .option("--secret-file <file>", "the client's secret, as this file's text")
    .option(
      "--secret-env <name>",
      "the variable that holds the client's secret, now and later",
    )
    .option(
      "--secret-prompt",
      "ask for the client's secret, and keep it beside the tokens",
    )
    .option(
      "--secret-post",
      "send the secret in the form, as some issuers want it",
    )
    .option(
      "--client-key <file>",
      "the client's private key, as JWK or PEM, for private_key_jwt",
    )
    .option(
      "--port <number>",
      "the port that the browser comes back to; default: a free one",
      whole,
    )
    .action(run(async () => (await import("./commands/login.ts")).login));

  const token =
    program.commands.find((command) => command.name() === "token") ??
    program.command("token");
  profile(token)
    .summary("write a fresh token, or end one")
    .description(
      'Writes a token that is good now, for whoever signed in by assay login: curl -H "Authorization: Bearer $(assay token)"',
    )
    .option(
      "--minimum <seconds>",
      "how long it has to be good; default: 60",
      whole,
    )
    .option(
      "--headers <url>",
      "the headers for a request to this URL instead, with the proof of a bound token: assay token --headers URL | curl -H @- URL",
    )
    .option("--method <method>", "of that request; default: GET")
    .option("--nonce <nonce>", "that the API asked for, in its DPoP-Nonce")
    .action(
      run(async () => (await import("./commands/token-fresh.ts")).tokenFresh),
    );

  profile(program.command("logout"))
    .summary("end the sign-in")
    .description("Ends the sign-in at the issuer, and forgets its tokens.")
    .action(run(async () => (await import("./commands/logout.ts")).logout));
}

const profile = (command: Command): Command =>
  command.option("--profile <name>", "which sign-in, where you have several");
