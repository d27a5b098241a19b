/** THE TABLE of commands and their options. What a command does is loaded only when it runs, so that starting costs little. */
import { Command, InvalidArgumentError, Option } from "commander";
import { addAdminCommands } from "./admin-commands.ts";
import type { ExitStatus } from "./exit-status.ts";
import { GUARD_FLAGS } from "./guard-flags.ts";
import { lazyAction } from "./lazy-action.ts";
import { repeated, whole } from "./option-values.ts";
import { addSignInCommands } from "./sign-in-commands.ts";
import { SERVE_FLAGS } from "./serve-flags.ts";
import { addSettingFlags } from "./setting-flags.ts";
import { addStoreCommands } from "./store-commands.ts";
import type { Terminal } from "./terminal.ts";

const KINDS = ["access_token", "id_token", "client_assertion", "any"];
const CHECK = "read all settings, say what they are, and start nothing";
const ENCODINGS = ["utf8", "base64", "base64url", "hex"];

/** Builds the program. `finish` is told the exit status of the command that ran. */
export function buildProgram(
  version: string,
  terminal: Terminal,
  finish: (status: ExitStatus) => void,
): Command {
  const run = lazyAction(terminal, finish);
  const program = new Command("assay")
    .description(
      "Why is my token invalid? Says which check refused it, what went wrong, who must act and what to do.",
    )
    .version(version)
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText(
      "after",
      "\nExit status: 0 accepted, 1 refused, 2 unusable arguments or input, 3 cannot tell.",
    );

  expectations(
    program
      .command("why")
      .argument(
        "[what...]",
        "a token, a header, a curl command, an HTTP message; a file; - for standard input",
      ),
  )
    .summary("say why a token is refused")
    .description(
      "Says why a token is refused. What the verifier expects is given by the options; what is not given is not judged.",
    )
    .addOption(
      new Option(
        "--input <file>",
        "read an inquiry (JSON), - for standard input",
      ).conflicts("batch"),
    )
    .option(
      "--batch <file>",
      "read an inquiry a line, write a diagnosis a line; - for standard input",
    )
    .option(
      "--aws-profile <name>",
      "look at this machine's AWS files and variables too, with this profile in mind; nothing is sent, no secret is shown",
    )
    .option("--json", "write the diagnosis as JSON and nothing else")
    .action(run(async () => (await import("./commands/why.ts")).why));

  program
    .command("decode")
    .argument(
      "[what...]",
      "a token or something that holds one; a file; - for standard input",
    )
    .summary("show what a token says, unverified")
    .description("Shows header and claims of a token. Nothing is verified.")
    .option("--json", "write JSON and nothing else")
    .action(run(async () => (await import("./commands/decode.ts")).decode));

  expectations(
    program
      .command("verify")
      .argument(
        "[what...]",
        "a token, a header, an HTTP message; a file; - for standard input",
      ),
  )
    .summary("say in one line whether a token is good")
    .description(
      "Says in one line whether a token is good. Issuer and audience must be named, or left out by name.",
    )
    .option("--any-issuer", "do not judge the issuer")
    .option("--any-audience", "do not judge the audience")
    .option("--json", "write outcome and reason as JSON")
    .action(run(async () => (await import("./commands/verify.ts")).verify));

  secrets(
    program
      .command("sign")
      .argument(
        "[claims...]",
        "the claims as JSON; a file; - for standard input",
      ),
  )
    .summary("make a signed token")
    .description("Signs claims and writes the token.")
    .option("--key <file>", "the private key, as JWK or PEM")
    .option("--alg <name>", "the algorithm; default: the key's")
    .option("--kid <id>", "the key's id in the header; default: the key's")
    .option(
      "--typ <type>",
      "typ in the header, for example at+jwt; default: JWT",
    )
    .option(
      "--lifetime <seconds>",
      "set iat to now and exp this much later",
      seconds,
    )
    .action(run(async () => (await import("./commands/sign.ts")).sign));

  program
    .command("keygen")
    .argument("<alg>", "the algorithm that the key is for, such as ES256")
    .summary("make a key")
    .description(
      "Makes a key as JWK. With --out the private key goes into a new file that only you can read, and the public set to standard output.",
    )
    .option("--kid <id>", "the key's id; default: its thumbprint")
    .option("--bits <number>", "size of an RSA key", whole)
    .option("--out <file>", "a new file for the private key")
    .action(run(async () => (await import("./commands/keygen.ts")).keygen));

  addSettingFlags(
    program
      .command("serve")
      .summary("start the server with the console")
      .description(
        "Starts the authorization server with the web console on this machine. Each option can be a variable or stand in a file too: docs/settings.md.",
      )
      .option("--check", CHECK),
    SERVE_FLAGS,
  ).action(run(async () => (await import("./commands/serve.ts")).serve));

  addSettingFlags(
    program
      .command("guard")
      .summary("answer a proxy that asks about each request")
      .description(
        "Starts a forward-auth server for nginx, Traefik, Caddy or Envoy: the proxy asks it before it lets a request through. Each option can be a variable or stand in a file too: docs/guard-settings.md.",
      )
      .option("--check", CHECK),
    GUARD_FLAGS,
  ).action(run(async () => (await import("./commands/guard.ts")).guard));

  addStoreCommands(program, run);
  addAdminCommands(program, run);
  addSignInCommands(program, run);

  program
    .command("aws-check")
    .summary("answer signed requests as AWS would, for tests")
    .description(
      "Starts a service on this machine that answers signed requests as AWS would: STS, IAM, S3, DynamoDB and others. It says of each request that it refuses why. The client signs the address of this service. Use fake keys; without any, they are made and shown.",
    )
    .option("--port <number>", "the port; default: a free one", whole)
    .option("--access-key-id <id>", "the key id that it knows")
    .option("--secret-access-key-file <file>", "the secret of this key")
    .option("--session", "a temporary key, with a session token")
    .option("--session-token-file <file>", "the session token of this key")
    .option(
      "--session-lifetime <seconds>",
      "the session ends so long after the start",
      seconds,
    )
    .addOption(
      new Option("--region <name>", "the region that it is")
        .default("us-east-1")
        .argParser(region),
    )
    .option(
      "--clock-offset <seconds>",
      "its clock is ahead by so much; behind: --clock-offset=-3600",
      offset,
    )
    .action(
      run(async () => (await import("./commands/aws-check.ts")).awsCheck),
    );

  program
    .command("help")
    .argument(
      "[code]",
      "a command, a reason such as signature.mismatch, a cause such as key.rotated, or a guide such as guides/refresh",
    )
    .summary("explain a command, a reason, a cause or a guide")
    .description("Explains a command, a reason or a cause, or shows a guide.")
    .action(async (code: string | undefined) => {
      const command = program.commands.find((known) => known.name() === code);
      if (code === undefined || command) (command ?? program).outputHelp();
      else
        finish(
          await (await import("./commands/help.ts")).helpCode(code, terminal),
        );
    });
  return program;
}

/** The options by which people say what the verifier expects. */
function expectations(command: Command): Command {
  command
    .optionsGroup("What the verifier expects:")
    .addOption(
      new Option("--kind <kind>", "the kind of token that is due").choices(
        KINDS,
      ),
    )
    .option("--issuer <iss>", "an accepted issuer; may be repeated", repeated)
    .option(
      "--audience <aud>",
      "an accepted audience; may be repeated",
      repeated,
    )
    .option("--scope <scope>", "a needed scope; may be repeated", repeated)
    .option("--alg <name>", "an accepted algorithm; may be repeated", repeated)
    .option(
      "--client <id>",
      "an accepted client (azp, client_id); may be repeated",
      repeated,
    )
    .option(
      "--claim <name=value>",
      "a claim and its needed value; may be repeated",
      repeated,
    )
    .option(
      "--require <claim>",
      "a claim that must be there; may be repeated",
      repeated,
    )
    .option("--nonce <value>", "the nonce of this login")
    .addOption(
      new Option(
        "--scheme <scheme>",
        "the scheme of the Authorization header",
      ).choices(["Bearer", "DPoP"]),
    )
    .addOption(
      new Option("--binding <kind>", "the proof that is demanded").choices([
        "none",
        "dpop",
        "mtls",
      ]),
    )
    .option("--tolerance <seconds>", "by how much clocks may differ", seconds)
    .option("--max-age <seconds>", "the greatest age by iat", seconds)
    .option(
      "--max-lifetime <seconds>",
      "the greatest time from iat to exp",
      seconds,
    )
    .option(
      "--now <time>",
      "the verifier's clock: ISO 8601, or seconds since 1970",
      moment,
    )
    .option(
      "--certificate <file>",
      "the client certificate of the connection, PEM",
    )
    .optionsGroup("The verifier's keys:")
    .option(
      "--jwks <file>",
      "the issuer's key set; an https address is fetched",
    )
    .option("--key <file>", "one key: a PEM as it is configured, or a JWK")
    .option("--discover", "fetch the keys of the issuer that --issuer names")
    .option(
      "--decryption-key <file>",
      "the key that opens encrypted tokens, JWK",
    );
  return secrets(command).optionsGroup("Options:");
}

function secrets(command: Command): Command {
  return command
    .option(
      "--secret-file <file>",
      "the shared secret, from a file; - for standard input",
    )
    .option("--secret-env <name>", "the shared secret, from a variable")
    .option(
      "--secret <value>",
      "the shared secret itself; others on this machine can see it",
    )
    .addOption(
      new Option(
        "--secret-encoding <encoding>",
        "how the secret is written",
      ).choices(ENCODINGS),
    );
}

function seconds(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new InvalidArgumentError("Expected a number of seconds, at least 0.");
  return Number(text);
}

function offset(text: string): number {
  if (!/^-?\d{1,9}(\.\d+)?$/.test(text))
    throw new InvalidArgumentError("Expected a number of seconds.");
  return Number(text);
}

function region(text: string): string {
  if (!/^[a-z0-9-]{1,40}$/.test(text))
    throw new InvalidArgumentError("Expected a name such as eu-west-1.");
  return text;
}

/** ISO 8601, or seconds since the epoch, as an inquiry wants it. */
function moment(text: string): string {
  const at = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text);
  if (Number.isNaN(new Date(at).getTime()))
    throw new InvalidArgumentError(
      "Expected a time such as 2026-11-24T12:00:00Z, or seconds since 1970.",
    );
  return new Date(at).toISOString();
}
