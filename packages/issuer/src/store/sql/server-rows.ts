/** What belongs to the server as a whole: once-only ids, handles, leases, keys of persons, values, and the end of old rows. */
import type { JournalEntry } from "../../journal/events.ts";
import type { HandleRecord } from "../records.ts";
import { insertEntry } from "./journal-rows.ts";
import {
  first,
  integer,
  sql,
  text,
  textOrNull,
  type Query,
  type Verb,
} from "./query.ts";

const DAY = 24 * 3600 * 1000;

export function* rememberOnce(
  issuer: string,
  kind: string,
  owner: string,
  jti: string,
  until: number,
): Verb<boolean> {
  const rows =
    yield sql`INSERT INTO once (issuer_id, kind, owner, jti, until) VALUES (${issuer}, ${kind}, ${owner}, ${jti}, ${until}) ON CONFLICT DO NOTHING RETURNING until`;
  return rows.length > 0;
}

export function* storeHandle(
  issuer: string,
  handle: HandleRecord,
  entry: JournalEntry | null,
): Verb<void> {
  yield* insertHandle(issuer, handle);
  if (entry) yield* insertEntry(issuer, entry);
}

/** Threat: a guard that names the handle of another's refusal, to put its own story behind it. The first stays. */
export function* insertHandle(
  issuer: string,
  { digest, clientId, at, expiresAt, sealed }: HandleRecord,
): Verb<void> {
  yield sql`INSERT INTO handles (issuer_id, digest, client_id, at, expires_at, sealed) VALUES (${issuer}, ${digest}, ${clientId}, ${at}, ${expiresAt}, ${sealed}) ON CONFLICT DO NOTHING`;
}

export function* findHandle(
  issuer: string,
  digest: string,
): Verb<HandleRecord | null> {
  const row = yield* first(
    sql`SELECT * FROM handles WHERE issuer_id = ${issuer} AND digest = ${digest}`,
  );
  return (
    row && {
      digest: text(row, "digest"),
      clientId: textOrNull(row, "client_id"),
      at: integer(row, "at"),
      expiresAt: integer(row, "expires_at"),
      sealed: text(row, "sealed"),
    }
  );
}

export function* acquireLease(
  issuer: string,
  name: string,
  holder: string,
  now: number,
  until: number,
): Verb<boolean> {
  const rows =
    yield sql`INSERT INTO leases (issuer_id, name, holder, until) VALUES (${issuer}, ${name}, ${holder}, ${until})
      ON CONFLICT (issuer_id, name) DO UPDATE SET holder = excluded.holder, until = excluded.until
      WHERE leases.holder = excluded.holder OR leases.until <= ${now} RETURNING holder`;
  return rows.length > 0;
}

export function* personalKey(
  issuer: string,
  keyId: string,
  wrapped: string,
  now: number,
): Verb<string | null> {
  yield sql`INSERT INTO personal_keys (issuer_id, key_id, wrapped, created_at, used_at) VALUES (${issuer}, ${keyId}, ${wrapped}, ${now}, ${now})
    ON CONFLICT (issuer_id, key_id) DO UPDATE SET used_at = excluded.used_at WHERE personal_keys.used_at < ${now - DAY}`;
  const row = yield* first(
    sql`SELECT wrapped FROM personal_keys WHERE issuer_id = ${issuer} AND key_id = ${keyId}`,
  );
  return row && textOrNull(row, "wrapped");
}

export function* erasePersonalKey(
  issuer: string,
  keyId: string,
  now: number,
  entry: JournalEntry,
): Verb<boolean> {
  const rows =
    yield sql`UPDATE personal_keys SET wrapped = NULL, erased_at = ${now} WHERE issuer_id = ${issuer} AND key_id = ${keyId} AND wrapped IS NOT NULL RETURNING key_id`;
  if (rows.length === 0) return false;
  yield* insertEntry(issuer, entry);
  return true;
}

export function* readValue(issuer: string, name: string): Verb<string | null> {
  const row = yield* first(
    sql`SELECT value FROM server_values WHERE issuer_id = ${issuer} AND name = ${name}`,
  );
  return row && text(row, "value");
}

export function* writeValue(
  issuer: string,
  name: string,
  expected: string | null,
  value: string,
): Verb<boolean> {
  const rows =
    expected === null
      ? yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${name}, ${value}) ON CONFLICT DO NOTHING RETURNING name`
      : yield sql`UPDATE server_values SET value = ${value} WHERE issuer_id = ${issuer} AND name = ${name} AND value = ${expected} RETURNING name`;
  return rows.length > 0;
}

/** Small batches, so that no request waits long behind one. */
export function* sweep(
  issuer: string,
  now: number,
  limit: number,
): Verb<number> {
  let gone = 0;
  for (const query of sweeps(issuer, now, limit)) {
    const rows = yield query;
    gone += rows.length;
  }
  return gone;
}

/** How long what has ended is kept, so that it can be said why: in milliseconds. */
const REMEMBERED = DAY;
/** A secret that ended is shown for so long, because clients that still send it ask why. */
const SECRETS_REMEMBERED = 90 * DAY;
/** How far a guard was heard is known for so long. What a process tells after a longer silence looks as if all before it were missing. */
const GUARDS_REMEMBERED = 90 * DAY;

function sweeps(issuer: string, now: number, limit: number): readonly Query[] {
  const old = now - REMEMBERED;
  return [
    sql`DELETE FROM once WHERE (issuer_id, kind, owner, jti) IN (SELECT issuer_id, kind, owner, jti FROM once WHERE issuer_id = ${issuer} AND until < ${now} LIMIT ${limit}) RETURNING jti`,
    sql`DELETE FROM handles WHERE (issuer_id, digest) IN (SELECT issuer_id, digest FROM handles WHERE issuer_id = ${issuer} AND expires_at < ${now} LIMIT ${limit}) RETURNING digest`,
    sql`DELETE FROM codes WHERE (issuer_id, digest) IN (SELECT issuer_id, digest FROM codes WHERE issuer_id = ${issuer} AND expires_at < ${old} LIMIT ${limit}) RETURNING digest`,
    sql`DELETE FROM access_tokens WHERE (issuer_id, token_id) IN (SELECT issuer_id, token_id FROM access_tokens WHERE issuer_id = ${issuer} AND expires_at < ${old} ORDER BY expires_at LIMIT ${limit}) RETURNING token_id`,
    sql`DELETE FROM status_lists WHERE (issuer_id, list) IN (SELECT issuer_id, list FROM status_lists WHERE issuer_id = ${issuer} AND expires_at < ${old} LIMIT ${limit}) RETURNING list`,
    sql`DELETE FROM revoked_places WHERE (issuer_id, list, place) IN (SELECT issuer_id, list, place FROM revoked_places WHERE issuer_id = ${issuer} AND expires_at < ${old} AND sequence IS NOT NULL LIMIT ${limit}) RETURNING place`,
    sql`DELETE FROM refresh_tokens WHERE (issuer_id, family_id, generation) IN (SELECT t.issuer_id, t.family_id, t.generation FROM refresh_families f JOIN refresh_tokens t ON t.issuer_id = f.issuer_id AND t.family_id = f.family_id
      WHERE f.issuer_id = ${issuer} AND f.expires_at < ${old} LIMIT ${limit}) RETURNING generation`,
    sql`DELETE FROM refresh_families WHERE (issuer_id, family_id) IN (SELECT f.issuer_id, f.family_id FROM refresh_families f WHERE f.issuer_id = ${issuer} AND f.expires_at < ${old}
      AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.issuer_id = f.issuer_id AND t.family_id = f.family_id) LIMIT ${limit}) RETURNING family_id`,
    // A point in time that is settled has ended each token it meant; none from before it can be written any more.
    sql`DELETE FROM cutoffs WHERE (issuer_id, kind, name) IN (SELECT issuer_id, kind, name FROM cutoffs WHERE issuer_id = ${issuer} AND settled_at < ${old} LIMIT ${limit}) RETURNING name`,
    sql`DELETE FROM client_secrets WHERE (issuer_id, client_id, secret_id) IN (SELECT issuer_id, client_id, secret_id FROM client_secrets
      WHERE issuer_id = ${issuer} AND expires_at < ${now - SECRETS_REMEMBERED} LIMIT ${limit}) RETURNING secret_id`,
    sql`DELETE FROM guard_boots WHERE (issuer_id, client_id, boot) IN (SELECT issuer_id, client_id, boot FROM guard_boots
      WHERE issuer_id = ${issuer} AND heard_at < ${now - GUARDS_REMEMBERED} LIMIT ${limit}) RETURNING boot`,
    sql`DELETE FROM grants WHERE (issuer_id, grant_id) IN (SELECT issuer_id, grant_id FROM grants WHERE issuer_id = ${issuer} AND expires_at < ${old} LIMIT ${limit}) RETURNING grant_id`,
  ];
}
