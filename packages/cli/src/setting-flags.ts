/** Settings as flags of a command. */
import type { Command } from "commander";
import { repeated } from "./option-values.ts";

export interface SettingFlag {
  readonly flag: string;
  readonly about: string;
  /** False: the flag alone says it. */
  readonly value: boolean;
  /** It may be repeated. */
  readonly list: boolean;
}

export function addSettingFlags(
  command: Command,
  flags: readonly SettingFlag[],
): Command {
  command.option("--config <file>", "a file of settings, as a JSON object");
  for (const { flag, about, value, list } of flags)
    if (list) command.option(`${flag} <value>`, about, repeated);
    else command.option(value ? `${flag} <value>` : flag, about);
  return command;
}
