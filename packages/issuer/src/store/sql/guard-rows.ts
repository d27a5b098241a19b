/** What guards told: each of their events once, and which are missing. */
import type { GuardBatch, GuardWritten } from "../store.ts";
import { insertDrafted, writeEntries } from "./journal-rows.ts";
import { first, integer, sql, type Verb } from "./query.ts";
import { insertHandle } from "./server-rows.ts";

/**
 * Threat: a batch that is sent twice, because its answer was lost, makes two refusals of one. The row of the guard's process is locked
 * before its number is read, so that the second of two that come at once finds what the first has written.
 */
export function* writeGuardEvents(
  issuer: string,
  { clientId, boot, events, next, now, gap }: GuardBatch,
): Verb<GuardWritten> {
  yield sql`INSERT INTO guard_boots (issuer_id, client_id, boot, next, heard_at) VALUES (${issuer}, ${clientId}, ${boot}, 1, ${now}) ON CONFLICT DO NOTHING`;
  const row = yield* first(
    sql`UPDATE guard_boots SET heard_at = ${now} WHERE issuer_id = ${issuer} AND client_id = ${clientId} AND boot = ${boot} RETURNING next`,
  );
  const known = row === null ? 1 : integer(row, "next");
  let due = known;
  let missing = 0;
  let [from, until] = [0, 0];
  const passTo = (number: number): void => {
    if (number <= due) return;
    if (missing === 0) from = due;
    missing += number - due;
    until = number;
    due = number;
  };
  const fresh: (typeof events)[number][] = [];
  for (const event of events) {
    if (event.sequence < due) continue;
    passTo(event.sequence);
    fresh.push(event);
    due++;
  }
  passTo(next);
  yield* writeEntries(
    issuer,
    fresh.map(({ entry }) => entry),
  );
  for (const { handle } of fresh)
    if (handle) yield* insertHandle(issuer, handle);
  if (missing > 0)
    yield* insertDrafted(issuer, gap, {}, [
      {
        event: "guard.gap",
        facts: { ...gap.facts, count: missing, from, until },
      },
    ]);
  if (due > known)
    yield sql`UPDATE guard_boots SET next = ${due} WHERE issuer_id = ${issuer} AND client_id = ${clientId} AND boot = ${boot}`;
  return { written: fresh.length, missing, next: due };
}
