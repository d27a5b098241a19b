/** Runs a verb on a connection of node:sqlite. Statements are prepared once. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Query, Rows, Verb } from "../sql/query.ts";

export type Prepared = Map<string, StatementSync>;

export function runVerb<Result>(
  database: DatabaseSync,
  prepared: Prepared,
  verb: Verb<Result>,
): Result {
  let step = verb.next([]);
  while (step.done !== true) {
    const asked = step.value;
    let rows: Rows = [];
    if ("into" in asked)
      for (const values of asked.rows)
        ask(database, prepared, { text: asked.into.one, values });
    else rows = ask(database, prepared, asked);
    step = verb.next(rows);
  }
  return step.value;
}

function ask(
  database: DatabaseSync,
  prepared: Prepared,
  { text: { sqlite: text }, values }: Query,
): Rows {
  if (text === null) return [];
  let statement = prepared.get(text);
  if (statement === undefined) {
    statement = database.prepare(text);
    prepared.set(text, statement);
  }
  return statement.all(...values) as unknown as Rows;
}
