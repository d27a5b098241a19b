/** The tables of the schema, as the migrations name them. */
import { MIGRATIONS } from "../../src/store/migrations/migrations.ts";

export const TABLES: readonly string[] = MIGRATIONS.flatMap(({ statements }) =>
  statements.flatMap(
    (statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? [],
  ),
);

/** One statement that counts the rows of each table. */
export const COUNT_ROWS = (issuerId: string): string =>
  TABLES.map(
    (table) =>
      `SELECT '${table}' AS name, count(*) AS n FROM ${table} WHERE issuer_id = '${issuerId}'`,
  ).join(" UNION ALL ");
