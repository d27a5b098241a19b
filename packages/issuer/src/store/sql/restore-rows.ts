/** What a database needs to be told when it was put back from a backup: that it is older than what others have seen of it. */
import type { JournalEntry } from "../../journal/events.ts";
import { insertEntry } from "./journal-rows.ts";
import { sql, type Verb } from "./query.ts";
import { revokeAll } from "./cutoff-rows.ts";
import { newestRevocation } from "./revocation-rows.ts";

/**
 * The feed goes on so many numbers later. Readers were told numbers that the backup does not know; they must meet a number that is
 * higher than any of those, see the gap, and fetch a snapshot.
 */
const AHEAD = 1_000_000_000;

/**
 * Threat: what was revoked since the backup was made is good again. So `entry` ends every token from before `now`; null leaves them.
 * Places in status lists that were given since are not given again: a server that starts opens lists of its own.
 */
export function* markRestored(
  issuer: string,
  now: number,
  entry: JournalEntry | null,
): Verb<void> {
  const newest = String((yield* newestRevocation(issuer)) + AHEAD);
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, 'newest-revocation', ${newest})
    ON CONFLICT (issuer_id, name) DO UPDATE SET value = excluded.value`;
  // Whoever held a lease then does not live now.
  yield sql`DELETE FROM leases WHERE issuer_id = ${issuer}`;
  if (entry === null) return;
  yield* revokeAll(issuer, now);
  yield* insertEntry(issuer, entry);
}
