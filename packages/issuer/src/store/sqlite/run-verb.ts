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
  while (step.done !== true)
    step = verb.next(ask(database, prepared, step.value));
  return step.value;
}

function ask(
  database: DatabaseSync,
  prepared: Prepared,
  { text: { sqlite: text }, values }: Query,
): Rows {
  let statement = prepared.get(text);
  if (statement === undefined) {
    statement = database.prepare(text);
    prepared.set(text, statement);
  }
  return statement.all(...values) as unknown as Rows;
}
