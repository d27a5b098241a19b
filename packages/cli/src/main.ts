/** The command: arguments in, exit status out. */
import { createRequire } from "node:module";
import { CommanderError, type Command } from "commander";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { withIdsApart } from "./id-words.ts";
import { buildProgram } from "./program.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const { version } = createRequire(import.meta.url)("../package.json") as {
  version: string;
};
const terminal = openTerminal(process);
// Threat: a run that ends before its verdict is known must not look like an accepted token.
process.exitCode = EXIT.unusable;
process.exitCode = await run(process.argv, terminal).catch((error: unknown) =>
  say(error, terminal),
);

async function run(argv: readonly string[], to: Terminal): Promise<number> {
  let status: ExitStatus = EXIT.accepted;
  const program = buildProgram(version, to, (finished) => {
    status = finished;
  });
  const [, , name] = argv;
  // Completion reads the whole table, so it comes last, and only when it is asked for.
  if (name === "completion" || name === "complete")
    (await import("./commands/completion.ts")).addCompletion(program);
  else
    program
      .command("completion <shell>")
      .description(
        "write the completion script for bash, zsh, fish or powershell",
      );
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, "assay: ")),
    });
  }
  const words = withIdsApart(program, withCurl(argv.slice(2)));
  await program.parseAsync([...words], { from: "user" });
  return status;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** What follows the word curl are curl's options, not ours. */
function withCurl(words: readonly string[]): readonly string[] {
  const [name = "", next] = words;
  return next === "curl" ? [name, "--", ...words.slice(1)] : words;
}

/** Says what is wrong, and gives the exit status. Never 1 or 3: those are verdicts. */
async function say(error: unknown, to: Terminal): Promise<number> {
  // Commander has written its own message.
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? EXIT.accepted : EXIT.unusable;
  // The name of a file or of a member is somebody else's text.
  const { visible } = await import("@assay/diagnosis");
  if (error instanceof UsageError) {
    to.note(`assay: ${visible(error.message)}`);
    if (error.tryInstead !== null)
      to.note(`  try: ${visible(error.tryInstead)}`);
    return EXIT.unusable;
  }
  if (isOfTheMachine(error)) {
    to.note(
      `assay: expected the system to do it, found ${visible(error.message)}`,
    );
    return EXIT.unusable;
  }
  const stack =
    error instanceof Error ? (error.stack ?? error.message) : "unknown error";
  to.note(
    `assay: this is a fault of assay itself, please report it\n${stack.split("\n").map(visible).join("\n")}`,
  );
  return EXIT.unusable;
}

/** What no program can help: a full disk, a file that belongs to somebody else. */
const isOfTheMachine = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  "syscall" in error &&
  /^(?:EACCES|EDQUOT|EIO|EMFILE|ENFILE|ENOSPC|EPERM|EROFS)$/.test(
    (error as NodeJS.ErrnoException).code ?? "",
  );
