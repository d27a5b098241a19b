import { cmdWords } from "./cmd-words.ts";
import { posixWords } from "./posix-words.ts";
import { powershellWords } from "./powershell-words.ts";
import type { CommandWords } from "./word-list.ts";

/** Splits the first command of the text, by the shell that its marks tell of: carets are cmd.exe's, backticks at a line's end PowerShell's. */
export function commandWords(text: string): CommandWords {
  const command = text.replaceAll("\r\n", "\n");
  if (command.includes(" ^\n") || command.includes(' ^"'))
    return cmdWords(command);
  if (command.includes(" `\n")) return powershellWords(command);
  return posixWords(command);
}
