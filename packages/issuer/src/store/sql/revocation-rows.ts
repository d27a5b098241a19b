/** Revocation: what ends, its bits in the status lists, and the points in time that catch what was issued meanwhile. */
import type { JournalEntry } from "../../journal/events.ts";
import type { EndedBy, Grant, RevokedPlace } from "../records.ts";
import type { Revoked, RevocationTarget } from "../store.ts";
import { insertEntry } from "./journal-rows.ts";
import {
  first,
  inRows,
  integer,
  sql,
  text,
  where,
  type Query,
  type Rows,
  type Verb,
} from "./query.ts";

const NOTHING: Revoked = {
  found: false,
  accessTokens: 0,
  families: 0,
  grants: 0,
};

/** Targets with more tokens than this are settled in batches after the commit; introspection knows at once by the point in time. */
const SETTLED_AT_ONCE = 1000;

export function* revoke(
  issuer: string,
  target: RevocationTarget,
  before: number,
  entry: JournalEntry,
): Verb<Revoked> {
  const revoked = yield* revokeTarget(issuer, target, before, entry.at);
  if (revoked.found) yield* insertEntry(issuer, entry);
  return revoked;
}

function* revokeTarget(
  issuer: string,
  target: RevocationTarget,
  before: number,
  now: number,
): Verb<Revoked> {
  switch (target.by) {
    case "token":
      return yield* revokeToken(issuer, target.tokenId, now);
    case "grant":
      return yield* revokeGrantRows(issuer, target.grantId, now);
    case "session":
      return yield* cutOff(issuer, "session", target.sessionId, before, now);
    case "subject":
      return yield* cutOff(issuer, "subject", target.subject, before, now);
    case "client":
      return yield* cutOff(issuer, "client", target.clientId, before, now);
    case "key":
      return yield* cutOff(issuer, "key", target.kid, before, now);
    case "all":
      return yield* cutOff(issuer, "all", "", before, now);
  }
}

/** Everything that was issued until now. */
export const revokeAll = (issuer: string, now: number): Verb<Revoked> =>
  cutOff(issuer, "all", "", now, now);

/** An access token by its id. A refresh token ends with its grant (RFC 7009 section 2.1). */
function* revokeToken(
  issuer: string,
  tokenId: string,
  now: number,
): Verb<Revoked> {
  const accessTokens = yield* endTokens(issuer, [tokenId], "token", now);
  return { ...NOTHING, found: accessTokens > 0, accessTokens };
}

/** Marks tokens as ended, and sets their bits. Returns how many were not ended before. */
export function* endTokens(
  issuer: string,
  tokenIds: readonly string[],
  by: EndedBy,
  now: number,
): Verb<number> {
  let ended = 0;
  for (const tokenId of tokenIds) {
    const tokens =
      yield sql`UPDATE access_tokens SET revoked_at = ${now}, revoked_by = ${by} WHERE issuer_id = ${issuer} AND token_id = ${tokenId} AND revoked_at IS NULL
        RETURNING resource, list, place, expires_at`;
    yield* insertPlaces(issuer, tokens, now);
    ended += tokens.length;
  }
  return ended;
}

/** Ends a grant, its families and its access tokens. The grant's row is locked first, as in a refresh. */
export function* revokeGrantRows(
  issuer: string,
  grantId: string,
  now: number,
): Verb<Revoked> {
  const grants =
    yield sql`UPDATE grants SET revoked_at = ${now} WHERE issuer_id = ${issuer} AND grant_id = ${grantId} AND revoked_at IS NULL RETURNING grant_id`;
  if (grants.length === 0) return NOTHING;
  const families =
    yield sql`UPDATE refresh_families SET revoked_at = ${now}, successor_sealed = NULL WHERE issuer_id = ${issuer} AND grant_id = ${grantId} AND revoked_at IS NULL RETURNING family_id`;
  const tokens =
    yield sql`UPDATE access_tokens SET revoked_at = ${now}, revoked_by = 'grant' WHERE issuer_id = ${issuer} AND grant_id = ${grantId} AND revoked_at IS NULL
      RETURNING resource, list, place, expires_at`;
  yield* insertPlaces(issuer, tokens, now);
  return {
    found: true,
    grants: 1,
    families: families.length,
    accessTokens: tokens.length,
  };
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

type CutoffKind = "session" | "subject" | "client" | "key" | "all";

/** Sets the point in time, and settles what there is as far as it is not much. A later point replaces an earlier one, never the reverse. */
function* cutOff(
  issuer: string,
  kind: CutoffKind,
  name: string,
  before: number,
  now: number,
): Verb<Revoked> {
  yield sql`INSERT INTO cutoffs (issuer_id, kind, name, before) VALUES (${issuer}, ${kind}, ${name}, ${before})
    ON CONFLICT (issuer_id, kind, name) DO UPDATE SET before = CASE WHEN cutoffs.before > excluded.before THEN cutoffs.before ELSE excluded.before END, settled_at = NULL`;
  const settled = yield* settle(
    issuer,
    { kind, name, before },
    now,
    SETTLED_AT_ONCE,
  );
  return { ...settled, found: true };
}

interface Cutoff {
  readonly kind: CutoffKind;
  readonly name: string;
  readonly before: number;
}

/** One batch of what a point in time ended. */
function* settle(
  issuer: string,
  { kind, name, before }: Cutoff,
  now: number,
  limit: number,
): Verb<Revoked> {
  let families = 0;
  const grants: Rows =
    kind === "key"
      ? []
      : yield grantsUnder(issuer, { kind, name, before }, limit);
  let accessTokens = 0;
  // In one order everywhere: two that lock the same rows must not wait for each other.
  for (const grantId of grants.map((row) => text(row, "grant_id")).toSorted()) {
    const revoked = yield* revokeGrantRows(issuer, grantId, now);
    families += revoked.families;
    accessTokens += revoked.accessTokens;
  }
  const tokens = yield tokensUnder(issuer, { kind, name, before }, now, limit);
  const ended = yield* endTokens(
    issuer,
    tokens.map((row) => text(row, "token_id")),
    revokedBy(kind),
    now,
  );
  return {
    found: grants.length + tokens.length > 0,
    grants: grants.length,
    families,
    accessTokens: accessTokens + ended,
  };
}

const revokedBy = (kind: CutoffKind): EndedBy =>
  kind === "session" ? "subject" : kind;

/** Where a name of each kind stands; a key signs tokens, never grants. */
const COLUMNS = {
  session: "session_id",
  subject: "subject",
  client: "client_id",
  key: "kid",
  all: null,
} as const;

function grantsUnder(
  issuer: string,
  { kind, name, before }: Cutoff,
  limit: number,
): Query {
  const column = COLUMNS[kind];
  return where(
    "SELECT grant_id FROM grants",
    [
      ["issuer_id = ?", issuer],
      column === null ? null : [`${column} = ?`, name],
      ["created_at <= ?", before],
    ],
    "AND revoked_at IS NULL LIMIT ?",
    limit,
  );
}

/** Tokens without a grant, because a grant takes its own along; and all those of a key. */
function tokensUnder(
  issuer: string,
  { kind, name, before }: Cutoff,
  now: number,
  limit: number,
): Query {
  const column = COLUMNS[kind];
  // A sum keeps the planner from walking through all live tokens for the few of one name.
  const end =
    kind === "key" || kind === "all" ? "expires_at" : "expires_at + 0";
  return where(
    "SELECT token_id FROM access_tokens",
    [
      ["issuer_id = ?", issuer],
      column === null ? null : [`${column} = ?`, name],
      ["issued_at <= ?", before],
      [`${end} > ?`, now],
    ],
    `${kind === "key" ? "" : "AND grant_id IS NULL "}AND revoked_at IS NULL LIMIT ?`,
    limit,
  );
}

/** How long after a point in time a token that was begun before it may still be written, in milliseconds. */
const UNDER_WAY = 60_000;

/** Goes on with points in time that are not settled. Returns how many tokens it ended. */
export function* settleRevocations(
  issuer: string,
  now: number,
  limit: number,
): Verb<number> {
  const rows =
    yield sql`SELECT kind, name, before FROM cutoffs WHERE issuer_id = ${issuer} AND settled_at IS NULL AND before <= ${now} ORDER BY before LIMIT 64`;
  let ended = 0;
  for (const row of rows) {
    const cutoff = {
      kind: text(row, "kind") as CutoffKind,
      name: text(row, "name"),
      before: integer(row, "before"),
    };
    const { grants, accessTokens } = yield* settle(issuer, cutoff, now, limit);
    ended += accessTokens;
    if (grants + accessTokens === 0 && now > cutoff.before + UNDER_WAY)
      yield sql`UPDATE cutoffs SET settled_at = ${now} WHERE issuer_id = ${issuer} AND kind = ${cutoff.kind} AND name = ${cutoff.name} AND before = ${cutoff.before}`;
  }
  return ended;
}

function* insertPlaces(issuer: string, tokens: Rows, now: number): Verb<void> {
  // What has ended by itself needs no bit.
  const live = tokens.filter((row) => integer(row, "expires_at") > now);
  yield* inRows(
    "INSERT INTO revoked_places (issuer_id, list, place, resource, at, expires_at)",
    "(?, ?, ?, ?, ?, ?)",
    live.map((row) => [
      issuer,
      text(row, "list"),
      integer(row, "place"),
      text(row, "resource"),
      now,
      integer(row, "expires_at"),
    ]),
    " ON CONFLICT DO NOTHING",
  );
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
