/** Lines for a terminal: a label at the left, text wrapped beside it, a code at the end of its last line. */

export interface Row {
  readonly label: string;
  readonly text: string;
  readonly code?: string | null;
}

export const LABEL_WIDTH = 16;

/** The lines of one row. With an infinite width nothing is wrapped, and the code follows in brackets. */
export function rowLines(
  { label, text, code = null }: Row,
  width: number,
  indent: number = LABEL_WIDTH,
): string[] {
  const lines = wrap(text, width - indent).map(
    (line, i) => (i === 0 ? label.padEnd(indent) : " ".repeat(indent)) + line,
  );
  if (code === null) return lines.map((line) => line.trimEnd());
  const last = lines.pop() ?? "";
  if (width === Infinity) return [...lines, `${last} [${code}]`];
  if (last.length + 2 + code.length <= width)
    return [...lines, last + code.padStart(width - last.length)];
  return [...lines, last, code.padStart(width)];
}

/** Breaks text at blanks; a word that is longer than the line stands alone. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
