/** Tables and lists of members for a terminal. What comes from a server is somebody's text: control characters are made visible. */
import { visible } from "@assay/diagnosis";
import type { Terminal } from "./terminal.ts";

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
}

const GAP = 2;
/** A column is never cut to less, in characters. */
const LEAST = 8;

/** Rows under their titles. What does not fit is cut, the widest column first: `--json` has all of it. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width }: Pick<Terminal, "width">,
): string {
  const cells = [
    columns.map(({ title }) => title.toUpperCase()),
    ...rows.map((row) => columns.map(({ of }) => visible(of(row)))),
  ];
  const widths = fitted(
    columns.map((_, i) =>
      Math.max(...cells.map((line) => line[i]?.length ?? 0)),
    ),
    width - GAP * (columns.length - 1),
  );
  return cells
    .map((line) =>
      line
        .map((cell, i) => cut(cell, widths[i] ?? 0).padEnd(widths[i] ?? 0))
        .join(" ".repeat(GAP))
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

function fitted(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  const sum = (): number => widths.reduce((a, b) => a + b, 0);
  while (sum() > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= LEAST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;

/** Names and values; a list has one line for each entry. null and empty lists are left out. */
export function members(
  pairs: readonly (readonly [
    name: string,
    value: string | readonly string[] | null,
  ])[],
): string {
  const shown = pairs.filter(
    ([, value]) => value !== null && value.length > 0,
  ) as readonly (readonly [string, string | readonly string[]])[];
  const width = Math.max(...shown.map(([name]) => name.length)) + GAP;
  return shown
    .flatMap(([name, value]) =>
      (typeof value === "string" ? [value] : value).map(
        (line, i) => `${(i === 0 ? name : "").padEnd(width)}${visible(line)}\n`,
      ),
    )
    .join("");
}
