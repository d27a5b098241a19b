import { cmdWords } from "./cmd-words.ts";
import { posixWords } from "./posix-words.ts";
import { powershellWords } from "./powershell-words.ts";
import type { CommandWords } from "./word-list.ts";

/** How to split a command off a text, by the shell that the text's marks tell of: carets are cmd.exe's, backticks at a line's end PowerShell's. */
export function shellOf(text: string): (command: string) => CommandWords {
  if (text.includes(" ^\n") || text.includes(' ^"')) return cmdWords;
  return text.includes(" `\n") ? powershellWords : posixWords;
}
