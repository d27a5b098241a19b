/**
 * Points in time before which everything of a name is over. Introspection looks at them, so they count at once; the rows that they end are
 * settled in batches. Each batch goes on behind the one before: what was ended already is not walked through again.
 */
import type { RevokedNow, Settled, SettlingPlace } from "../store.ts";
import {
  integer,
  sql,
  text,
  where,
  type Query,
  type Row,
  type Verb,
} from "./query.ts";
import { endTokens, revokeGrantRows } from "./revocation-rows.ts";

/** Rows that are settled with the point in time itself. */
const SETTLED_AT_ONCE = 1000;
/** Points in time that one batch looks at. */
const CUTOFFS = 64;
/** How long after a point in time a token that was begun before it may still be written, in milliseconds. */
const UNDER_WAY = 60_000;

type CutoffKind = "session" | "subject" | "client" | "key" | "all";

interface Cutoff {
  readonly kind: CutoffKind;
  readonly name: string;
  readonly before: number;
}

/** Everything that was issued until now. */
export const revokeAll = (issuer: string, now: number): Verb<RevokedNow> =>
  cutOff(issuer, "all", "", now, now);

/** Sets the point in time, and settles what there is as far as it is not much. A later point replaces an earlier one, never the reverse. */
export function* cutOff(
  issuer: string,
  kind: CutoffKind,
  name: string,
  before: number,
  now: number,
): Verb<RevokedNow> {
  yield sql`INSERT INTO cutoffs (issuer_id, kind, name, before) VALUES (${issuer}, ${kind}, ${name}, ${before})
    ON CONFLICT (issuer_id, kind, name) DO UPDATE SET before = CASE WHEN cutoffs.before > excluded.before THEN cutoffs.before ELSE excluded.before END, settled_at = NULL`;
  const { next, grants, families, accessTokens } = yield* settle(
    issuer,
    beginningOf({ kind, name, before }),
    now,
    SETTLED_AT_ONCE,
  );
  const left = next !== null;
  return { found: true, grants, families, accessTokens, left };
}

/** Goes on from `from` with what points in time ended; null: from the first that is not settled. */
export function* settleRevocations(
  issuer: string,
  now: number,
  limit: number,
  from: SettlingPlace | null,
): Verb<Settled> {
  const cutoffs = yield* unsettled(issuer, now, from);
  let ended = 0;
  for (const cutoff of cutoffs) {
    const place =
      from !== null && isSame(from, cutoff) ? from : beginningOf(cutoff);
    const batch = yield* settle(issuer, place, now, limit - ended);
    ended += batch.grants + batch.tokens;
    if (batch.next) return { ended, next: batch.next };
    // The whole way was gone after the last token of before was written: nothing is left, and nothing comes.
    if (now > cutoff.before + UNDER_WAY)
      yield sql`UPDATE cutoffs SET settled_at = ${now} WHERE issuer_id = ${issuer} AND kind = ${cutoff.kind} AND name = ${cutoff.name} AND before = ${cutoff.before}`;
  }
  const last = cutoffs.at(-1);
  return {
    ended,
    next: last && cutoffs.length === CUTOFFS ? endOf(last) : null,
  };
}

function* unsettled(
  issuer: string,
  now: number,
  from: SettlingPlace | null,
): Verb<readonly Cutoff[]> {
  const { before, kind, name } = from ?? { before: 0, kind: "", name: "" };
  const rows =
    yield sql`SELECT kind, name, before FROM cutoffs WHERE issuer_id = ${issuer} AND settled_at IS NULL AND before <= ${now} AND before >= ${before}
      AND (before > ${before} OR kind > ${kind} OR (kind = ${kind} AND name >= ${name})) ORDER BY before, kind, name LIMIT ${CUTOFFS}`;
  return rows.map((row) => ({
    kind: text(row, "kind") as CutoffKind,
    name: text(row, "name"),
    before: integer(row, "before"),
  }));
}

const isSame = (place: SettlingPlace, cutoff: Cutoff): boolean =>
  place.kind === cutoff.kind &&
  place.name === cutoff.name &&
  place.before === cutoff.before;

const beginningOf = (cutoff: Cutoff): SettlingPlace => ({
  ...cutoff,
  of: cutoff.kind === "key" ? "tokens" : "grants",
  after: "",
});

/** Its tokens are behind it too. */
const endOf = (cutoff: Cutoff): SettlingPlace => ({
  ...cutoff,
  of: "nothing",
  after: "",
});

interface Batch extends Omit<RevokedNow, "found" | "left"> {
  /** Rows of tokens that no grant took along. */
  readonly tokens: number;
  /** Where the next batch goes on; null: this was the last. */
  readonly next: SettlingPlace | null;
}

/** One batch of what a point in time ended: at most `room` rows, grants first. */
function* settle(
  issuer: string,
  place: SettlingPlace,
  now: number,
  room: number,
): Verb<Batch> {
  let batch: Batch = {
    grants: 0,
    families: 0,
    accessTokens: 0,
    tokens: 0,
    next: null,
  };
  if (place.of === "nothing") return batch;
  const by = place.kind === "session" ? "subject" : place.kind;
  if (place.of === "grants") {
    const rows = yield grantsUnder(issuer, place, room);
    // In one order everywhere: two that lock the same rows must not wait for each other.
    for (const row of rows) {
      const ended = yield* revokeGrantRows(
        issuer,
        text(row, "grant_id"),
        now,
        by,
      );
      batch = {
        ...batch,
        grants: batch.grants + ended.grants,
        families: batch.families + ended.families,
        accessTokens: batch.accessTokens + ended.accessTokens,
      };
    }
    if (rows.length === room)
      return { ...batch, next: behind(place, rows.at(-1), "grant_id") };
    room -= rows.length;
    place = { ...place, of: "tokens", after: "" };
  }
  const rows = yield tokensUnder(issuer, place, now, room);
  const tokens = yield* endTokens(
    issuer,
    rows.map((row) => text(row, "token_id")),
    by,
    now,
  );
  return {
    ...batch,
    tokens,
    accessTokens: batch.accessTokens + tokens,
    next: rows.length === room ? behind(place, rows.at(-1), "token_id") : null,
  };
}

const behind = (
  place: SettlingPlace,
  last: Row | undefined,
  column: string,
): SettlingPlace => ({
  ...place,
  after: last ? text(last, column) : place.after,
});

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
  { kind, name, before, after }: SettlingPlace,
  limit: number,
): Query {
  const column = COLUMNS[kind];
  return where(
    "SELECT grant_id FROM grants",
    [
      ["issuer_id = ?", issuer],
      column === null ? null : [`${column} = ?`, name],
      ["grant_id > ?", after],
      ["created_at <= ?", before],
    ],
    "AND revoked_at IS NULL ORDER BY grant_id LIMIT ?",
    limit,
  );
}

/** Tokens without a grant, because a grant takes its own along; and all those of a key. */
function tokensUnder(
  issuer: string,
  { kind, name, before, after }: SettlingPlace,
  now: number,
  limit: number,
): Query {
  const column = COLUMNS[kind];
  return where(
    "SELECT token_id FROM access_tokens",
    [
      ["issuer_id = ?", issuer],
      column === null ? null : [`${column} = ?`, name],
      ["token_id > ?", after],
      ["issued_at <= ?", before],
      // A sum keeps the planner away from the index of ends, whose order is another one.
      ["expires_at + 0 > ?", now],
    ],
    `${kind === "key" ? "" : "AND grant_id IS NULL "}AND revoked_at IS NULL ORDER BY token_id LIMIT ?`,
    limit,
  );
}
