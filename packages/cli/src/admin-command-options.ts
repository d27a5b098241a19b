/** What every command that speaks with a server has: its group, where the server is, and who asks. */
import { InvalidArgumentError, type Command } from "commander";

export const groupOf = (
  program: Command,
  name: string,
  summary: string,
): Command =>
  program
    .command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .helpCommand(false)
    .showSuggestionAfterError(true);

/** Where the server is, and who asks. */
export const at = (command: Command, json = true): Command => {
  command
    .option(
      "--server <address>",
      "the server; default: ASSAY_SERVER, or http://localhost:4455",
    )
    .option(
      "--token-file <file>",
      "an admin token; default: ASSAY_ADMIN_TOKEN, or the file of the server's first start",
    );
  return json
    ? command.option("--json", "write JSON and nothing else")
    : command;
};

const wholeNumber =
  (of: string) =>
  (text: string): number => {
    if (!/^\d{1,10}$/.test(text))
      throw new InvalidArgumentError(`Expected a whole number${of}.`);
    return Number(text);
  };

export const count = wholeNumber("");
export const seconds = wholeNumber(" of seconds");
