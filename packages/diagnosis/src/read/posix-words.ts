/** Words as a POSIX shell makes them (POSIX.1-2024, XCU 2.2 and 2.3), with $'…' (2.2.4). Variables and substitutions stay as they stand. */
import { goesOn, WordList, type CommandWords } from "./word-list.ts";

export function posixWords(text: string): CommandWords {
  const list = new WordList();
  let i = 0;
  const take = ([value, next]: Taken): void => {
    list.append(value);
    i = next;
  };
  while (i < text.length) {
    const character = text[i] as string;
    const after = text[i + 1];
    if (character === "'") take(singleQuoted(text, i + 1));
    else if (character === '"') take(doubleQuoted(text, i + 1));
    else if (character === "$" && after === "'") take(ansiQuoted(text, i + 2));
    else if (character === "$" && after === '"')
      take(doubleQuoted(text, i + 2));
    else if (character === "$" && after === "(") take(substitution(text, i));
    else if (character === "\\") {
      if (after !== "\n" && after !== undefined) list.append(after);
      i += 2;
    } else if (
      character === " " ||
      character === "\t" ||
      (character === "\n" && goesOn(text, i))
    ) {
      list.end();
      i++;
    } else if (character === ">" || character === "<") {
      list.redirect();
      while (text[i] === character || text[i] === "&") i++;
    } else if (
      character === "\n" ||
      character === ";" ||
      character === "|" ||
      character === "&"
    )
      break;
    else if (character === "#" && !list.within)
      i = orEnd(text, text.indexOf("\n", i));
    else {
      list.append(character);
      i++;
    }
  }
  list.end();
  return { words: list.words, rest: text.slice(i) };
}

type Taken = readonly [value: string, next: number];

const orEnd = (text: string, index: number): number =>
  index < 0 ? text.length : index;

function singleQuoted(text: string, from: number): Taken {
  const end = orEnd(text, text.indexOf("'", from));
  return [text.slice(from, end), end + 1];
}

function doubleQuoted(text: string, from: number): Taken {
  let value = "";
  let i = from;
  while (i < text.length && text[i] !== '"') {
    const after = text[i + 1] ?? "";
    if (text[i] === "\\" && after !== "" && '$`"\\\n'.includes(after)) {
      if (after !== "\n") value += after;
      i += 2;
    } else if (text[i] === "$" && after === "(") {
      const [whole, next] = substitution(text, i);
      value += whole;
      i = next;
    } else value += text[i++];
  }
  return [value, i + 1];
}

/** From "$(" to the parenthesis that closes it. */
function substitution(text: string, from: number): Taken {
  let depth = 0;
  let i = from + 1;
  for (; i < text.length; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) break;
  }
  return [text.slice(from, i + 1), i + 1];
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  v: "\v",
};
const NUMBERS: readonly (readonly [pattern: RegExp, base: 8 | 16])[] = [
  [/x([0-9a-f]{1,2})/iy, 16],
  [/u([0-9a-f]{1,4})/iy, 16],
  [/U([0-9a-f]{1,8})/y, 16],
  [/([0-7]{1,3})/y, 8],
];

function ansiQuoted(text: string, from: number): Taken {
  let value = "";
  let i = from;
  while (i < text.length && text[i] !== "'") {
    if (text[i] !== "\\") {
      value += text[i++];
      continue;
    }
    const [character, next] = escaped(text, i + 1);
    value += character;
    i = next;
  }
  return [value, i + 1];
}

function escaped(text: string, at: number): Taken {
  for (const [pattern, base] of NUMBERS) {
    pattern.lastIndex = at;
    const digits = pattern.exec(text)?.[1];
    if (digits === undefined) continue;
    const code = Number.parseInt(digits, base);
    return [
      code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd",
      pattern.lastIndex,
    ];
  }
  const character = text[at] ?? "";
  return [ESCAPES[character] ?? character, at + 1];
}
