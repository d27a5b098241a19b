/** PowerShell source as tokens: enough of it for one command with a table of headers. */
import { ESCAPES } from "./powershell-escapes.ts";

export interface PowershellToken {
  /** end: a line or statement ends here. Inside brackets a line end is none. */
  readonly kind: "word" | "string" | "mark" | "end";
  readonly text: string;
}

export function powershellTokens(source: string): readonly PowershellToken[] {
  const text = source.replaceAll("\r\n", "\n");
  const tokens: PowershellToken[] = [];
  let depth = 0;
  let i = 0;
  while (i < text.length) {
    const character = text[i] as string;
    if (character === "`" && text[i + 1] === "\n") i += 2;
    else if (character === '"' || character === "'") {
      const [value, next] = quoted(text, i);
      tokens.push({ kind: "string", text: value });
      i = next;
    } else if (text.startsWith("@{", i)) {
      tokens.push({ kind: "mark", text: "@{" });
      depth++;
      i += 2;
    } else if ("(){}=".includes(character)) {
      if (character === "(" || character === "{") depth++;
      else if (character !== "=") depth = Math.max(0, depth - 1);
      tokens.push({ kind: "mark", text: character });
      i++;
    } else if (character === "\n" || character === ";" || character === "|") {
      if (depth === 0) tokens.push({ kind: "end", text: character });
      i++;
    } else if (/\s/.test(character)) i++;
    else {
      const from = i;
      let address = false;
      for (; i < text.length; i++) {
        const next = text[i] as string;
        // In an address an equals sign assigns nothing.
        address ||= next === "/";
        if (next === "=" ? !address : /[\s"'(){};|]/.test(next)) break;
      }
      tokens.push({ kind: "word", text: text.slice(from, i) });
    }
  }
  return tokens;
}

/** A doubled mark stands for itself. $([char]0x00e9) is how browsers write a character that is not ASCII. */
function quoted(text: string, start: number): readonly [string, number] {
  const mark = text[start] as string;
  let value = "";
  let i = start + 1;
  for (; i < text.length; i++) {
    const character = text[i] as string;
    const after = text[i + 1] ?? "";
    if (character === mark && after !== mark) break;
    if (character === mark) i++;
    if (character === "`" && mark === '"') {
      value += ESCAPES[after] ?? after;
      i++;
      continue;
    }
    const code =
      character === "$" && mark === '"'
        ? /^\$\(\[char\](?:0x([0-9a-f]{1,4})|(\d{1,5}))\)/i.exec(
            text.slice(i, i + 24),
          )
        : null;
    if (code) {
      value += String.fromCharCode(
        code[1] ? Number.parseInt(code[1], 16) : Number(code[2]),
      );
      i += code[0].length - 1;
    } else value += character;
  }
  return [value, i + 1];
}
