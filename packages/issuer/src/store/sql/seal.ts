/** One round of the sealer: journal and feed in one transaction. */
import { sealEntries } from "./journal-rows.ts";
import { first, integer, sql, type Verb } from "./query.ts";
import { sealRevocations } from "./revocation-rows.ts";

export function* seal(
  issuer: string,
  limit: number,
): Verb<{ entries: number; revocations: number; newest: number }> {
  const { entries, newest } = yield* sealEntries(issuer, limit);
  const revocations = yield* sealRevocations(issuer, limit);
  return { entries, revocations, newest };
}

export function* oldestUnsealed(issuer: string): Verb<number | null> {
  const row = yield* first(
    sql`SELECT at FROM revoked_places WHERE issuer_id = ${issuer} AND sequence IS NULL ORDER BY at LIMIT 1`,
  );
  return row && integer(row, "at");
}
