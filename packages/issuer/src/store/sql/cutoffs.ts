/** Points in time that ended everything of a name, as columns of the row that they may have ended: one lookup by the primary key for each. */
import { integerOrNull, type Row } from "./query.ts";

/** A kind of point in time, and the column that names what it ended. */
type Cutoff = readonly [kind: CutoffKind, column: string | null];
type CutoffKind = "all" | "client" | "subject" | "session" | "key";

export const GRANT_CUTOFFS: readonly Cutoff[] = [
  ["all", null],
  ["client", "client_id"],
  ["subject", "subject"],
  ["session", "session_id"],
];

export const TOKEN_CUTOFFS: readonly Cutoff[] = [
  ...GRANT_CUTOFFS,
  ["key", "kid"],
];

/** For the SELECT of a row that came to be at `since`, a column. */
export const cutoffColumns = (
  table: string,
  cutoffs: readonly Cutoff[],
  since: string,
): string =>
  cutoffs
    .map(([kind, column]) => {
      const name = column === null ? "''" : `${table}.${column}`;
      return `(SELECT c.before FROM cutoffs c WHERE c.issuer_id = ${table}.issuer_id AND c.kind = '${kind}' AND c.name = ${name} AND c.before >= ${since}) AS cut_${kind}`;
    })
    .join(", ");

/** The first of the points in time that ended the row; null: none did. */
export function cutoffIn(
  row: Row,
  cutoffs: readonly Cutoff[],
): { readonly by: CutoffKind; readonly at: number } | null {
  let ended: { readonly by: CutoffKind; readonly at: number } | null = null;
  for (const [by] of cutoffs) {
    const at = integerOrNull(row, `cut_${by}`);
    if (at !== null && (ended === null || at < ended.at)) ended = { by, at };
  }
  return ended;
}
