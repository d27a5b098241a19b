/** White space and what the eye does not see, around a token and inside it. */
import { repaired, type Repair } from "./damage-repair.ts";
import { schemeWords } from "./damage-scheme-word.ts";

const NAMES: Readonly<Record<string, string>> = {
  "\n": "a line end (LF)",
  "\r": "a carriage return (CR)",
  "\r\n": "a line end (CRLF)",
  "\t": "a tab",
  " ": "a blank",
  "\u00A0": "a no-break space (U+00A0)",
  "\u00AD": "a soft hyphen (U+00AD)",
  "\u200B": "a zero-width space (U+200B)",
  "\u200C": "a zero-width non-joiner (U+200C)",
  "\u200D": "a zero-width joiner (U+200D)",
  "\u2060": "a word joiner (U+2060)",
  "\uFEFF": "a byte-order mark (U+FEFF)",
  "\0": "a NUL character",
};

const BLANK = "\\s\\p{Cc}\\p{Cf}\\p{Zs}";
const BEFORE = new RegExp(`^[${BLANK}]+`, "u");
const ONE = new RegExp(`[${BLANK}]`, "u");
const ALL = new RegExp(`[${BLANK}]+`, "gu");

const nameOf = (character: string): string =>
  NAMES[character] ??
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`;

/** One by one, but for the two that are one line end together. */
const characters = (text: string): readonly string[] =>
  text.match(/\r\n|[^]/gu) ?? [];

/** How many characters at the end are blank. Counted by hand: a pattern for it would try from every blank inside. */
function blanksAtEnd(text: string): number {
  let end = text.length;
  while (end > 0 && ONE.test(text[end - 1] as string)) end--;
  return text.length - end;
}

export const trimBlanks: Repair = (text) => {
  const before = BEFORE.exec(text)?.[0] ?? "";
  const after = before.length === text.length ? 0 : blanksAtEnd(text);
  const around = before + text.slice(text.length - after);
  const where = before === "" ? "after" : after === 0 ? "before" : "both";
  return repaired(
    text,
    text.slice(before.length, text.length - after),
    "token.whitespace",
    {
      where,
      characters: [...new Set(characters(around))].slice(0, 4).map(nameOf),
    },
  );
};

/** Line ends in other clothes: literal \n, a shell's or quoted-printable's continuation, the quote mark of a mail or a table's edge. */
const WRAPS: readonly (readonly [RegExp, string])[] = [
  [/=\r?\n/g, "a soft line end of quoted-printable"],
  [/\\\r?\n/g, "a backslash and a line end"],
  [/\r?\n[ \t]*[>|│][ \t]?/g, "a line end and a mark of quotation"],
  [/\\r\\n|\\n|\\r|\\t/g, "a literal \\n"],
  [/<br ?\/?>|&nbsp;|&#8203;|&shy;/g, "a line end of HTML"],
];

export const joinLines: Repair = (text) => {
  for (const [wrap, character] of WRAPS) {
    const pieces = text.split(wrap);
    if (pieces.length < 2 || (pieces.length === 2 && pieces[1] === ""))
      continue;
    return repaired(
      text,
      pieces.join("").replace(ALL, ""),
      "token.line_wrapped",
      { breaks: pieces.length - 1, character },
    );
  }
  const inner = text.slice(BEFORE.exec(text)?.[0].length ?? 0);
  const trimmed = inner.slice(0, inner.length - blanksAtEnd(inner));
  const breaks = trimmed.match(ALL);
  // The blank after a scheme's word is none inside the token.
  if (!breaks || schemeWords(trimmed).words.length > 0) return null;
  return repaired(text, trimmed.replace(ALL, ""), "token.line_wrapped", {
    breaks: breaks.length,
    character: nameOf(characters(breaks[0])[0] as string),
  });
};
