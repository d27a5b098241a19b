/** Access tokens. */
import type {
  AccessToken,
  EndedBy,
  FoundAccessToken,
  NewAccessToken,
} from "../records.ts";
import type { Client } from "../../clients/client.ts";
import type { JournalEntry } from "../../journal/events.ts";
import { cutoffColumns, cutoffIn, TOKEN_CUTOFFS } from "./cutoffs.ts";
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
): Verb<void> {
  const { grantId, tokenId, expiresAt } = access;
  const grant =
    grantId === null ? null : yield* lockGrant(issuer, grantId, expiresAt);
  yield* insertAccessToken(issuer, access);
  if (grant !== null && grant["revoked_at"] !== null)
    yield* endTokens(issuer, [tokenId], "grant", entry.at);
  else if (yield* isDisabled(issuer, access.clientId))
    yield* endTokens(issuer, [tokenId], "client", entry.at);
  yield* insertEntry(issuer, entry);
}

/** What was read of a client last: tokens come in rows of the same client, and the same text need not be parsed again. */
let lastRead = { data: "", isDisabled: false };

/** A request that was under way while its client was disabled gets a token that is over already. */
function* isDisabled(issuer: string, clientId: string): Verb<boolean> {
  const row = yield* first(
    sql`SELECT data FROM clients WHERE issuer_id = ${issuer} AND client_id = ${clientId}`,
  );
  if (row === null) return false;
  const data = text(row, "data");
  if (data !== lastRead.data) {
    const { disabledAt } = json<Client>(row, "data");
    lastRead = { data, isDisabled: disabledAt !== null };
  }
  return lastRead.isDisabled;
}

export function* insertAccessToken(
  issuer: string,
  access: NewAccessToken,
): Verb<void> {
  yield sql`INSERT INTO access_tokens (issuer_id, token_id, digest, client_id, subject, grant_id, family_id, session_id, resource, scopes, kid, jkt,
      issued_at, expires_at, claims, list, place)
    VALUES (${issuer}, ${access.tokenId}, ${access.digest}, ${access.clientId}, ${access.subject}, ${access.grantId}, ${access.familyId},
      ${access.sessionId}, ${access.resource}, ${JSON.stringify(access.scopes)}, ${access.kid}, ${access.jkt}, ${access.issuedAt},
      ${access.expiresAt}, ${JSON.stringify(access.claims)}, ${access.status.list}, ${access.status.index})`;
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

const CUTOFFS = cutoffColumns("a", TOKEN_CUTOFFS, "a.issued_at");
const byDigest = statementOf(
  `SELECT a.*, ${CUTOFFS} FROM access_tokens a WHERE a.issuer_id = ? AND a.digest = ?`,
);
const byTokenId = statementOf(
  `SELECT a.*, ${CUTOFFS} FROM access_tokens a WHERE a.issuer_id = ? AND a.token_id = ?`,
);

/** A session ends with what its person did. */
function cutBy(row: Row): FoundAccessToken["ended"] {
  const cut = cutoffIn(row, TOKEN_CUTOFFS);
  if (cut === null) return null;
  return { by: cut.by === "session" ? "subject" : cut.by, at: cut.at };
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
