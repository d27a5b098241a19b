/** Signing keys: the ring is read and written as a whole, by its version. */
import type { JournalEntry } from "../../journal/events.ts";
import type { SigningKeyRecord } from "../records.ts";
import { writeEntries } from "./journal-rows.ts";
import { first, json, sql, text, type Verb } from "./query.ts";

const VERSION = "signing-keys-version";

export function* listSigningKeys(
  issuer: string,
): Verb<readonly SigningKeyRecord[]> {
  const rows =
    yield sql`SELECT data FROM signing_keys WHERE issuer_id = ${issuer} ORDER BY kid`;
  return rows.map((row) => json<SigningKeyRecord>(row, "data"));
}

export function* signingKeysVersion(issuer: string): Verb<number> {
  const row = yield* first(
    sql`SELECT value FROM server_values WHERE issuer_id = ${issuer} AND name = ${VERSION}`,
  );
  return row ? Number(text(row, "value")) : 0;
}

/** Writes the keys given and deletes the forgotten ones, by kid, when the version is still the one that was read. */
export function* changeSigningKeys(
  issuer: string,
  version: number,
  keys: readonly SigningKeyRecord[],
  forgotten: readonly string[],
  entries: readonly JournalEntry[],
): Verb<boolean> {
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${VERSION}, '0') ON CONFLICT DO NOTHING`;
  const moved =
    yield sql`UPDATE server_values SET value = ${String(version + 1)} WHERE issuer_id = ${issuer} AND name = ${VERSION} AND value = ${String(version)} RETURNING value`;
  if (moved.length === 0) return false;
  for (const key of keys)
    yield sql`INSERT INTO signing_keys (issuer_id, kid, data) VALUES (${issuer}, ${key.kid}, ${JSON.stringify(key)})
      ON CONFLICT (issuer_id, kid) DO UPDATE SET data = excluded.data`;
  for (const kid of forgotten)
    yield sql`DELETE FROM signing_keys WHERE issuer_id = ${issuer} AND kid = ${kid}`;
  yield* writeEntries(issuer, entries);
  return true;
}
