/** One statement in the subset of SQL that SQLite and PostgreSQL share, and the value of each place. */
export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;
export type Rows = readonly Row[];

/** The same text for both: only the sign of a place differs. */
export interface Text {
  /** null: SQLite needs no such statement. */
  readonly sqlite: string | null;
  readonly postgres: string;
}

export interface Query {
  readonly text: Text;
  readonly values: readonly SqlValue[];
}

/** Rows to insert. PostgreSQL gets them together; SQLite has no way to save, and takes them faster one by one (docs/decisions/0026). */
export interface Insert {
  readonly into: InsertText;
  readonly rows: readonly (readonly SqlValue[])[];
}

export interface InsertText {
  readonly head: string;
  readonly row: string;
  readonly tail: string;
  /** For one row. */
  readonly one: Text;
}

/** A verb of the store: it yields statements, gets their rows, and returns what happened. One transaction, run by a driver. */
export type Verb<Result> = Generator<Query | Insert, Result, Rows>;

const templates = new WeakMap<TemplateStringsArray, Text>();
/** There are few texts: what varies is a value, or the number of rows by powers of two. */
const texts = new Map<string, Text>();

function textOf(sqlite: string): Text {
  let text = texts.get(sqlite);
  if (text === undefined) {
    let n = 0;
    text = { sqlite, postgres: sqlite.replaceAll("?", () => `$${++n}`) };
    texts.set(sqlite, text);
  }
  return text;
}

/** A statement as a template. A value is always bound, never part of the text. */
export function sql(
  strings: TemplateStringsArray,
  ...values: readonly SqlValue[]
): Query {
  let text = templates.get(strings);
  if (text === undefined) {
    text = textOf(strings.join("?"));
    templates.set(strings, text);
  }
  return { text, values };
}

const locking = new WeakMap<Text, Text>();

/** A SELECT that locks its rows until the transaction ends. SQLite has one writer, and so nobody to lock out. */
export function locked({ text, values }: Query): Query {
  let own = locking.get(text);
  if (own === undefined) {
    own = { ...text, postgres: `${text.postgres} FOR UPDATE` };
    locking.set(text, own);
  }
  return { text: own, values };
}

/** A statement that does nothing but lock, and gives no rows that count. What is to be read is read after it. */
export function lockOnly(
  postgres: string,
): (...values: readonly SqlValue[]) => Query {
  const text = { ...textOf(postgres), sqlite: null };
  return (...values) => ({ text, values });
}

/** A statement whose text is put together once, when the program starts. */
export function statementOf(
  sqlite: string,
): (...values: readonly SqlValue[]) => Query {
  const text = textOf(sqlite);
  return (...values) => ({ text, values });
}

/** Conditions that hold together, for a list that may be filtered, each with its values. `tail` is what follows them. */
export function where(
  head: string,
  conditions: readonly (
    readonly [condition: string, ...values: readonly SqlValue[]] | null
  )[],
  tail: string,
  ...last: readonly SqlValue[]
): Query {
  const given = conditions.filter((one) => one !== null);
  return {
    text: textOf(
      `${head} WHERE ${given.map(([condition]) => condition).join(" AND ")} ${tail}`,
    ),
    values: [...given.flatMap(([, ...values]) => values), ...last],
  };
}

/** So many rows go in one statement at most. */
const MOST_ROWS = 64;
const FEW_ROWS = 8;

/** One statement for many rows, or a few of them: `row` is the form of one, as `(?, ?)`, and stands after `VALUES`. */
export function* inRows(
  head: string,
  row: string,
  rows: readonly (readonly SqlValue[])[],
  tail = "",
  ...last: readonly SqlValue[]
): Generator<Query, void, Rows> {
  let size = MOST_ROWS;
  for (let from = 0; from < rows.length; from += size) {
    // Few texts, so that each is prepared once: as many as there are, or a power of two.
    const left = rows.length - from;
    if (left <= FEW_ROWS) size = left;
    while (size > left) size /= 2;
    const some = rows.slice(from, from + size);
    const text = `${head} VALUES ${some.map(() => row).join(", ")}${tail}`;
    yield { text: textOf(text), values: [...some.flat(), ...last] };
  }
}

/** Prepares the insertion of rows; `row` is the form of one, as `(?, ?)`, and `tail` what follows all of them. */
export function insertOf(head: string, row: string, tail = ""): InsertText {
  return { head, row, tail, one: textOf(`${head} VALUES ${row}${tail}`) };
}

/** Runs one statement and gives its first row. */
export function* first(query: Query): Verb<Row | null> {
  const rows = yield query;
  return rows[0] ?? null;
}

export const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== "string") throw wrongColumn(column, "text", value);
  return value;
};
export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : text(row, column);
export const integer = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== "number")
    throw wrongColumn(column, "a whole number", value);
  return value;
};
export const integerOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : integer(row, column);
/** What we wrote ourselves. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what it wrote there
export const json = <T>(row: Row, column: string): T =>
  JSON.parse(text(row, column)) as T;

const wrongColumn = (column: string, due: string, found: unknown): TypeError =>
  new TypeError(`column ${column}: expected ${due}, found ${typeof found}`);
