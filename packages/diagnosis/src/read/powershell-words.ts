/** Words as PowerShell makes them: the backtick escapes, a doubled mark stands for itself. Variables stay as they stand. */
import { ESCAPES } from "./powershell-escapes.ts";
import { goesOn, WordList, type CommandWords } from "./word-list.ts";

export function powershellWords(text: string): CommandWords {
  const list = new WordList();
  let mark: string | null = null;
  let i = 0;
  for (; i < text.length; i++) {
    const character = text[i] as string;
    const after = text[i + 1];
    if (character === "`" && mark !== "'" && after !== undefined) {
      if (after !== "\n") list.append(ESCAPES[after] ?? after);
      i++;
    } else if (mark !== null) {
      if (character !== mark) list.append(character);
      else if (after === mark) {
        list.append(mark);
        i++;
      } else mark = null;
    } else if (character === '"' || character === "'") {
      mark = character;
      list.append("");
    } else if (
      character === " " ||
      character === "\t" ||
      (character === "\n" && goesOn(text, i))
    )
      list.end();
    else if (character === "\n" || character === ";" || character === "|")
      break;
    else list.append(character);
  }
  list.end();
  return { words: list.words, rest: text.slice(i) };
}
