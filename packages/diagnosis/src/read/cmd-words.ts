/** Words as a program on Windows gets them from cmd.exe: first the carets go, then the C runtime takes the quotation marks. */
import { goesOn, WordList, type CommandWords } from "./word-list.ts";

export function cmdWords(text: string): CommandWords {
  const { command, rest } = withoutCarets(text);
  return { words: runtimeWords(command), rest };
}

/** Outside quotation marks a caret takes the meaning from the next character; a line break behind it joins two lines, a second one stays. */
function withoutCarets(text: string): { command: string; rest: string } {
  let command = "";
  let quoted = false;
  let i = 0;
  for (; i < text.length; i++) {
    const character = text[i] as string;
    const after = text[i + 1] ?? "";
    if (character === "^" && !quoted && after === "\n") {
      if (text[i + 2] === "\n") command += "\n";
      i += text[i + 2] === "\n" ? 2 : 1;
    } else if (character === "^" && !quoted) {
      command += after;
      i++;
    } else if (character === "\n") {
      // A quotation mark never reaches over the end of a line.
      quoted = false;
      if (!goesOn(text, i)) break;
      command += " ";
    } else if (!quoted && (character === "&" || character === "|")) break;
    else {
      if (character === '"') quoted = !quoted;
      command += character;
    }
  }
  return { command, rest: text.slice(i) };
}

/** The runtime's rules: 2n backslashes and a mark are n backslashes and a mark that quotes; 2n+1 are n backslashes and the mark itself. */
function runtimeWords(command: string): readonly string[] {
  const list = new WordList();
  let quoted = false;
  for (let i = 0; i < command.length; i++) {
    const character = command[i] as string;
    if (character === "\\") {
      let run = 1;
      while (command[i + run] === "\\") run++;
      const mark = command[i + run] === '"';
      list.append(
        "\\".repeat(mark ? run >> 1 : run) + (mark && run % 2 === 1 ? '"' : ""),
      );
      i += run - (mark && run % 2 === 1 ? 0 : 1);
    } else if (character === '"' && quoted && command[i + 1] === '"') {
      list.append('"');
      i++;
    } else if (character === '"') {
      quoted = !quoted;
      list.append("");
    } else if (!quoted && (character === " " || character === "\t")) list.end();
    else list.append(character);
  }
  list.end();
  return list.words;
}
