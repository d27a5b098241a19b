/** Grants: what a person, or a client for itself, once allowed. */
import type { Grant } from "../records.ts";
import {
  first,
  integer,
  integerOrNull,
  json,
  locked,
  sql,
  text,
  textOrNull,
  where,
  type Row,
  type Verb,
} from "./query.ts";

/** `expiresAt`: when the row may go, if nothing prolongs it. */
export function* insertGrant(
  issuer: string,
  grant: Grant,
  expiresAt: number,
): Verb<void> {
  yield sql`INSERT INTO grants (issuer_id, grant_id, client_id, subject, session_id, scopes, resources, created_at, authenticated_at, revoked_at, expires_at)
    VALUES (${issuer}, ${grant.grantId}, ${grant.clientId}, ${grant.subject}, ${grant.sessionId}, ${JSON.stringify(grant.scopes)},
      ${JSON.stringify(grant.resources)}, ${grant.createdAt}, ${grant.authenticatedAt}, ${grant.revokedAt}, ${expiresAt})`;
}

/** Locks a grant, and gives its row. It stays until `until` at least. */
export function* lockGrant(
  issuer: string,
  grantId: string,
  until: number,
): Verb<Row | null> {
  const row = yield* first(
    locked(
      sql`SELECT * FROM grants WHERE issuer_id = ${issuer} AND grant_id = ${grantId}`,
    ),
  );
  if (row) yield* prolongGrant(issuer, row, until);
  return row;
}

/** A grant's row must not go before its last token. That is rarely later than it was, so that the index of ends is seldom touched. */
export function* prolongGrant(
  issuer: string,
  grant: Row,
  until: number,
): Verb<void> {
  if (integer(grant, "expires_at") < until)
    yield sql`UPDATE grants SET expires_at = ${until} WHERE issuer_id = ${issuer} AND grant_id = ${text(grant, "grant_id")}`;
}

export function* findGrant(
  issuer: string,
  grantId: string,
): Verb<Grant | null> {
  const row = yield* first(
    sql`SELECT * FROM grants WHERE issuer_id = ${issuer} AND grant_id = ${grantId}`,
  );
  return row && grantOf(row);
}

export function* listGrants(
  issuer: string,
  filter: {
    readonly clientId?: string;
    readonly subject?: string;
    readonly after?: string;
    readonly limit: number;
  },
): Verb<readonly Grant[]> {
  const { clientId, subject, after, limit } = filter;
  // Not the column itself: the planner would walk through all grants in its order for the few of one person.
  const grantId = subject === undefined ? "grant_id" : "grant_id || ''";
  const rows = yield where(
    "SELECT * FROM grants",
    [
      ["issuer_id = ?", issuer],
      clientId === undefined ? null : ["client_id = ?", clientId],
      subject === undefined ? null : ["subject = ?", subject],
      after === undefined ? null : ["grant_id > ?", after],
    ],
    `ORDER BY ${grantId} LIMIT ?`,
    limit,
  );
  return rows.map((row) => grantOf(row));
}

export const grantOf = (row: Row): Grant => ({
  grantId: text(row, "grant_id"),
  clientId: text(row, "client_id"),
  subject: textOrNull(row, "subject"),
  sessionId: textOrNull(row, "session_id"),
  scopes: json(row, "scopes"),
  resources: json(row, "resources"),
  createdAt: integer(row, "created_at"),
  authenticatedAt: integerOrNull(row, "authenticated_at"),
  revokedAt: integerOrNull(row, "revoked_at"),
});
