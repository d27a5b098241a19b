/** Access tokens, and their places in status lists. */
import type {
  AccessToken,
  EndedBy,
  FoundAccessToken,
  NewAccessToken,
  StatusPlace,
} from "../records.ts";
import type { Client } from "../../clients/client.ts";
import type { JournalEntry } from "../../journal/events.ts";
import { STATUS_LIST_OPEN, STATUS_LIST_SIZE, STATUS_TRIES } from "../store.ts";
import { lockGrant } from "./grant-rows.ts";
import { insertEntry } from "./journal-rows.ts";
import {
  first,
  integer,
  integerOrNull,
  json,
  sql,
  statementOf,
  text,
  textOrNull,
  type Row,
  type Verb,
} from "./query.ts";
import { endTokens } from "./revocation-rows.ts";

/**
 * A token of a grant waits for whoever is revoking that grant, and is born revoked when the grant is: nobody can use it, and its bit is set.
 */
export function* issueAccessToken(
  issuer: string,
  access: NewAccessToken,
  entry: JournalEntry,
): Verb<StatusPlace> {
  const { grantId, tokenId, expiresAt } = access;
  const grant =
    grantId === null ? null : yield* lockGrant(issuer, grantId, expiresAt);
  const place = yield* insertAccessToken(issuer, access);
  if (grant !== null && grant["revoked_at"] !== null)
    yield* endTokens(issuer, [tokenId], "grant", entry.at);
  else if (yield* isDisabled(issuer, access.clientId))
    yield* endTokens(issuer, [tokenId], "client", entry.at);
  yield* insertEntry(issuer, entry);
  return place;
}

/** A request that was under way while its client was disabled gets a token that is over already. */
function* isDisabled(issuer: string, clientId: string): Verb<boolean> {
  const row = yield* first(
    sql`SELECT data FROM clients WHERE issuer_id = ${issuer} AND client_id = ${clientId}`,
  );
  return row !== null && json<Client>(row, "data").disabledAt !== null;
}

/**
 * Writes a token at a random place of the resource's open list (draft-ietf-oauth-status-list-21 section 13.2: an index must not tell
 * when a token was issued, or to whom). A taken place is tried again elsewhere; when that happens too often the list is full enough,
 * and a new one is opened. A place is never given twice, so that a guard's older copy of the list cannot refuse a good token.
 */
export function* insertAccessToken(
  issuer: string,
  access: NewAccessToken,
): Verb<StatusPlace> {
  const scopes = JSON.stringify(access.scopes);
  const claims = JSON.stringify(access.claims);
  for (let lists = 0; lists < LISTS; lists++) {
    const list = yield* openList(issuer, access);
    for (const random of access.places.slice(0, STATUS_TRIES)) {
      const index = random % STATUS_LIST_SIZE;
      const rows =
        yield sql`INSERT INTO access_tokens (issuer_id, token_id, digest, client_id, subject, grant_id, family_id, session_id, resource, scopes, kid, jkt,
            issued_at, expires_at, claims, list, place)
          VALUES (${issuer}, ${access.tokenId}, ${access.digest}, ${access.clientId}, ${access.subject}, ${access.grantId}, ${access.familyId},
            ${access.sessionId}, ${access.resource}, ${scopes}, ${access.kid}, ${access.jkt}, ${access.issuedAt},
            ${access.expiresAt}, ${claims}, ${list}, ${index})
          ON CONFLICT (issuer_id, list, place) DO NOTHING RETURNING place`;
      if (rows.length > 0) return { list, index };
    }
    yield* closeList(issuer, list, access.issuedAt);
  }
  throw new TypeError(
    `expected a free place among ${access.places.length} random ones, found none`,
  );
}

/** So many lists are tried for one token. The second is new and as good as empty. */
const LISTS = 3;

/** The resource's open list. Two that open one at once meet at the unique index, and the second takes the first's. */
function* openList(
  issuer: string,
  { resource, issuedAt, tokenId }: NewAccessToken,
): Verb<string> {
  for (let tries = 0; tries < LISTS; tries++) {
    const open = yield* first(
      sql`SELECT list, opened_at FROM status_lists WHERE issuer_id = ${issuer} AND resource = ${resource} AND closed_at IS NULL`,
    );
    if (open && integer(open, "opened_at") + STATUS_LIST_OPEN > issuedAt)
      return text(open, "list");
    if (open) yield* closeList(issuer, text(open, "list"), issuedAt);
    // The end of the token's id is random and public: it names the list without telling anything.
    yield sql`INSERT INTO status_lists (issuer_id, list, resource, opened_at) VALUES (${issuer}, ${tokenId.slice(-14)}, ${resource}, ${issuedAt})
      ON CONFLICT DO NOTHING`;
  }
  throw new TypeError(
    "expected a token id whose end names no list yet, found one that does",
  );
}

function* closeList(issuer: string, list: string, at: number): Verb<void> {
  yield sql`UPDATE status_lists SET closed_at = ${at} WHERE issuer_id = ${issuer} AND list = ${list} AND closed_at IS NULL`;
}

/** One statement: introspection is nothing but this. A token that was written while a revocation was under way is caught by the point in time. */
export function* findAccessToken(
  issuer: string,
  name: { readonly tokenId: string } | { readonly digest: string },
): Verb<FoundAccessToken | null> {
  const row = yield* first(
    "digest" in name
      ? byDigest(issuer, name.digest)
      : byTokenId(issuer, name.tokenId),
  );
  if (!row) return null;
  const token = accessTokenOf(row);
  if (token.revokedAt !== null)
    return {
      token,
      ended: { by: text(row, "revoked_by") as EndedBy, at: token.revokedAt },
    };
  return { token, ended: cutBy(row) };
}

/** The kinds of points in time, and what of the token each one names. One lookup by the primary key for each. */
const CUTOFFS = [
  ["all", "''"],
  ["client", "a.client_id"],
  ["subject", "a.subject"],
  ["session", "a.session_id"],
  ["key", "a.kid"],
] as const;

const cutoffs = CUTOFFS.map(
  ([kind, of]) =>
    `(SELECT c.before FROM cutoffs c WHERE c.issuer_id = a.issuer_id AND c.kind = '${kind}' AND c.name = ${of} AND c.before >= a.issued_at) AS cut_${kind}`,
);
const byDigest = statementOf(
  `SELECT a.*, ${cutoffs.join(", ")} FROM access_tokens a WHERE a.issuer_id = ? AND a.digest = ?`,
);
const byTokenId = statementOf(
  `SELECT a.*, ${cutoffs.join(", ")} FROM access_tokens a WHERE a.issuer_id = ? AND a.token_id = ?`,
);

/** The first of the points in time that ended it. */
function cutBy(row: Row): FoundAccessToken["ended"] {
  let ended: FoundAccessToken["ended"] = null;
  for (const [kind] of CUTOFFS) {
    const at = integerOrNull(row, `cut_${kind}`);
    if (at !== null && (ended === null || at < ended.at))
      ended = { by: kind === "session" ? "subject" : kind, at };
  }
  return ended;
}

function accessTokenOf(row: Row): AccessToken {
  return {
    tokenId: text(row, "token_id"),
    digest: textOrNull(row, "digest"),
    clientId: text(row, "client_id"),
    subject: textOrNull(row, "subject"),
    grantId: textOrNull(row, "grant_id"),
    familyId: textOrNull(row, "family_id"),
    sessionId: textOrNull(row, "session_id"),
    resource: text(row, "resource"),
    scopes: json(row, "scopes"),
    kid: textOrNull(row, "kid"),
    jkt: textOrNull(row, "jkt"),
    issuedAt: integer(row, "issued_at"),
    expiresAt: integer(row, "expires_at"),
    claims: json(row, "claims"),
    status: { list: text(row, "list"), index: integer(row, "place") },
    revokedAt: integerOrNull(row, "revoked_at"),
  };
}
