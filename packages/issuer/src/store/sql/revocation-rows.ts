/** The rows of what ends: a token, a grant with all that it gave, and their bits in the status lists. */
import type { EndedBy, Grant, RevokedPlace, StatusList } from "../records.ts";
import type { Revoked } from "../store.ts";
import {
  first,
  insertOf,
  integer,
  sql,
  text,
  where,
  type Row,
  type Rows,
  type Verb,
} from "./query.ts";

export const NOTHING: Revoked = {
  found: false,
  accessTokens: 0,
  families: 0,
  grants: 0,
};

/** Marks tokens as ended, and sets their bits. Returns how many were not ended before. */
export function* endTokens(
  issuer: string,
  tokenIds: readonly string[],
  by: EndedBy,
  now: number,
): Verb<number> {
  const ended: Row[] = [];
  for (const tokenId of tokenIds) {
    const tokens =
      yield sql`UPDATE access_tokens SET revoked_at = ${now}, revoked_by = ${by} WHERE issuer_id = ${issuer} AND token_id = ${tokenId} AND revoked_at IS NULL
        RETURNING resource, list, place, expires_at`;
    ended.push(...tokens);
  }
  yield* insertPlaces(issuer, ended, now);
  return ended.length;
}

/** Ends a grant, its families and its access tokens; `by` is what ended the grant. The grant's row is locked first, as in a refresh. */
export function* revokeGrantRows(
  issuer: string,
  grantId: string,
  now: number,
  by: EndedBy = "grant",
): Verb<Revoked> {
  const grants =
    yield sql`UPDATE grants SET revoked_at = ${now} WHERE issuer_id = ${issuer} AND grant_id = ${grantId} AND revoked_at IS NULL RETURNING grant_id`;
  if (grants.length === 0) return NOTHING;
  const families =
    yield sql`UPDATE refresh_families SET revoked_at = ${now} WHERE issuer_id = ${issuer} AND grant_id = ${grantId} AND revoked_at IS NULL RETURNING family_id`;
  for (const family of families)
    yield* forgetSuccessor(issuer, text(family, "family_id"));
  const tokens =
    yield sql`UPDATE access_tokens SET revoked_at = ${now}, revoked_by = ${by} WHERE issuer_id = ${issuer} AND grant_id = ${grantId} AND revoked_at IS NULL
      RETURNING resource, list, place, expires_at`;
  yield* insertPlaces(issuer, tokens, now);
  return {
    found: true,
    grants: 1,
    families: families.length,
    accessTokens: tokens.length,
  };
}

/** Nobody can open the seal of a family that is over to any use: it goes. The newest token alone has one. */
function* forgetSuccessor(issuer: string, familyId: string): Verb<void> {
  yield sql`UPDATE refresh_tokens SET sealed = NULL WHERE issuer_id = ${issuer} AND family_id = ${familyId} AND sealed IS NOT NULL
    AND generation = (SELECT MAX(t.generation) FROM refresh_tokens t WHERE t.issuer_id = ${issuer} AND t.family_id = ${familyId})`;
}

/** A point in time that ended everything of the grant's subject, client or session, or everything there is; null: none did. */
export function* cutoffOf(issuer: string, grant: Grant): Verb<number | null> {
  const rows =
    yield sql`SELECT before FROM cutoffs WHERE issuer_id = ${issuer} AND (kind, name) IN (VALUES ('all', ''), ('client', ${grant.clientId}),
      ('subject', ${grant.subject}), ('session', ${grant.sessionId})) AND before >= ${grant.createdAt}`;
  return rows.length === 0
    ? null
    : Math.min(...rows.map((row) => integer(row, "before")));
}

const INTO_PLACES = insertOf(
  "INSERT INTO revoked_places (issuer_id, list, place, resource, at, expires_at)",
  "(?, ?, ?, ?, ?, ?)",
  " ON CONFLICT DO NOTHING",
);

function* insertPlaces(issuer: string, tokens: Rows, now: number): Verb<void> {
  // What has ended by itself needs no bit.
  const live = tokens.filter((row) => integer(row, "expires_at") > now);
  yield {
    into: INTO_PLACES,
    rows: live.map((row) => [
      issuer,
      text(row, "list"),
      integer(row, "place"),
      text(row, "resource"),
      now,
      integer(row, "expires_at"),
    ]),
  };
}

const NEWEST = "newest-revocation";

/** Numbers revoked places for the feed. The newest number is locked before the places are read, as the journal's head is. */
export function* sealRevocations(issuer: string, limit: number): Verb<number> {
  const waiting = yield* first(
    sql`SELECT place FROM revoked_places WHERE issuer_id = ${issuer} AND sequence IS NULL ORDER BY at LIMIT 1`,
  );
  if (!waiting) return 0;
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${NEWEST}, '0') ON CONFLICT DO NOTHING`;
  const locked = yield* first(
    sql`UPDATE server_values SET value = value WHERE issuer_id = ${issuer} AND name = ${NEWEST} RETURNING value`,
  );
  const newest = locked === null ? 0 : Number(text(locked, "value"));
  const rows =
    yield sql`SELECT list, place FROM revoked_places WHERE issuer_id = ${issuer} AND sequence IS NULL ORDER BY at LIMIT ${limit}`;
  for (const [i, row] of rows.entries())
    yield sql`UPDATE revoked_places SET sequence = ${newest + 1 + i} WHERE issuer_id = ${issuer} AND list = ${text(row, "list")} AND place = ${integer(row, "place")}`;
  yield sql`UPDATE server_values SET value = ${String(newest + rows.length)} WHERE issuer_id = ${issuer} AND name = ${NEWEST}`;
  return rows.length;
}

export function* newestRevocation(issuer: string): Verb<number> {
  const row = yield* first(
    sql`SELECT value FROM server_values WHERE issuer_id = ${issuer} AND name = ${NEWEST}`,
  );
  return row ? Number(text(row, "value")) : 0;
}

export function* openStatusList(
  issuer: string,
  { list, resource, openedAt, expiresAt }: StatusList,
): Verb<void> {
  yield sql`INSERT INTO status_lists (issuer_id, list, resource, opened_at, expires_at) VALUES (${issuer}, ${list}, ${resource}, ${openedAt}, ${expiresAt})`;
}

export function* listStatusLists(
  issuer: string,
  resource: string | null,
): Verb<readonly { list: string; resource: string }[]> {
  const rows = yield where(
    "SELECT list, resource FROM status_lists",
    [
      ["issuer_id = ?", issuer],
      resource === null ? null : ["resource = ?", resource],
    ],
    "ORDER BY opened_at",
  );
  return rows.map((row) => ({
    list: text(row, "list"),
    resource: text(row, "resource"),
  }));
}

export function* revokedPlaces(
  issuer: string,
  filter: {
    readonly resource?: string;
    readonly list?: string;
    readonly after: number;
    readonly limit: number;
  },
): Verb<readonly RevokedPlace[]> {
  const rows = yield where(
    "SELECT * FROM revoked_places",
    [
      ["issuer_id = ?", issuer],
      ["sequence > ?", filter.after],
      filter.resource === undefined ? null : ["resource = ?", filter.resource],
      filter.list === undefined ? null : ["list = ?", filter.list],
    ],
    "ORDER BY sequence LIMIT ?",
    filter.limit,
  );
  return rows.map((row) => ({
    sequence: integer(row, "sequence"),
    resource: text(row, "resource"),
    list: text(row, "list"),
    index: integer(row, "place"),
    at: integer(row, "at"),
    expiresAt: integer(row, "expires_at"),
  }));
}
