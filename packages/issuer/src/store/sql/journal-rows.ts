/** The journal's rows. Those of a change of state are written in its transaction; number and hash come later, from the sealer. */
import { chainHash, FIRST_HASH } from "../../journal/chain.ts";
import { furtherId } from "../../journal/entry-id.ts";
import type {
  EventName,
  JournalEntry,
  SealedEntry,
} from "../../journal/events.ts";
import type { EntryDraft, JournalFilter } from "../store.ts";
import {
  first,
  inRows,
  insertOf,
  integer,
  json,
  sql,
  text,
  textOrNull,
  where,
  type Row,
  type Verb,
} from "./query.ts";

export const insertEntry = (issuer: string, entry: JournalEntry): Verb<void> =>
  writeEntries(issuer, [entry]);

const INTO_JOURNAL = insertOf(
  "INSERT INTO journal (issuer_id, id, at, event, client_id, grant_id, token_id, resource, facts, personal_key, personal)",
  "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
);

export function* writeEntries(
  issuer: string,
  entries: readonly JournalEntry[],
): Verb<void> {
  yield {
    into: INTO_JOURNAL,
    rows: entries.map((entry) => [
      issuer,
      entry.id,
      entry.at,
      entry.event,
      entry.clientId ?? null,
      entry.grantId ?? null,
      entry.tokenId ?? null,
      entry.resource ?? null,
      entry.facts === undefined ? null : JSON.stringify(entry.facts),
      entry.personal?.keyId ?? null,
      entry.personal?.cipher ?? null,
    ]),
  };
}

/** Writes the entries of one change from its draft. */
export function* insertDrafted(
  issuer: string,
  draft: EntryDraft,
  entries: readonly (Pick<JournalEntry, "event"> & Partial<JournalEntry>)[],
): Verb<void> {
  yield* writeEntries(
    issuer,
    entries.map((entry, i) => ({
      ...draft,
      ...entry,
      id: furtherId(draft.id, i),
    })),
  );
}

const HEAD = "journal-head";

interface Head {
  readonly sequence: number;
  readonly hash: string;
}

const FIRST_HEAD: Head = { sequence: 0, hash: FIRST_HASH };

/**
 * Threat: two sealers, one of which slept while its lease ran out, write one number twice or set the head back. So the head is locked
 * before the rows are read, lease or not. Without rows nothing is written: an idle server leaves the disk alone.
 */
export function* sealEntries(
  issuer: string,
  limit: number,
): Verb<{ readonly entries: number; readonly newest: number }> {
  const waiting = yield* first(
    sql`SELECT id FROM journal WHERE issuer_id = ${issuer} AND sequence IS NULL LIMIT 1`,
  );
  if (!waiting) {
    const stored = yield* first(
      sql`SELECT value FROM server_values WHERE issuer_id = ${issuer} AND name = ${HEAD}`,
    );
    return {
      entries: 0,
      newest: stored === null ? 0 : json<Head>(stored, "value").sequence,
    };
  }
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${HEAD}, ${JSON.stringify(FIRST_HEAD)}) ON CONFLICT DO NOTHING`;
  const locked = yield* first(
    sql`UPDATE server_values SET value = value WHERE issuer_id = ${issuer} AND name = ${HEAD} RETURNING value`,
  );
  let head = locked === null ? FIRST_HEAD : json<Head>(locked, "value");
  const rows =
    yield sql`SELECT * FROM journal WHERE issuer_id = ${issuer} AND sequence IS NULL ORDER BY id LIMIT ${limit}`;
  const places: [id: string, sequence: number, hash: string][] = [];
  for (const row of rows) {
    const entry = entryOf(row);
    const sequence = head.sequence + 1;
    const hash = chainHash(head.hash, { ...entry, sequence });
    head = { sequence, hash };
    places.push([entry.id, sequence, hash]);
  }
  yield* inRows(
    "UPDATE journal SET sequence = v.column2, hash = v.column3 FROM (",
    "(?, CAST(? AS BIGINT), ?)",
    places,
    ") AS v WHERE issuer_id = ? AND id = v.column1",
    issuer,
  );
  yield sql`UPDATE server_values SET value = ${JSON.stringify(head)} WHERE issuer_id = ${issuer} AND name = ${HEAD}`;
  return { entries: rows.length, newest: head.sequence };
}

const ORIGINS = {
  issuer: "event NOT LIKE ?",
  guards: "event LIKE ?",
} as const;

export function* readJournal(
  issuer: string,
  filter: JournalFilter,
): Verb<readonly SealedEntry[]> {
  const { after, event, clientId, grantId, tokenId, personalKeyId } = filter;
  const order = filter.newestFirst === true ? "DESC" : "ASC";
  // A plus keeps the planner from walking through all numbers where an index names the few rows of one token, grant or person.
  const few = tokenId ?? grantId ?? personalKeyId;
  const sequence = few === undefined ? "sequence" : "+sequence";
  const rows = yield where(
    "SELECT * FROM journal",
    [
      ["issuer_id = ?", issuer],
      // Newest first, `after` is where the page before ended.
      [
        `${sequence} ${order === "ASC" ? ">" : "<"} ?`,
        after ?? (order === "ASC" ? 0 : Number.MAX_SAFE_INTEGER),
      ],
      event === undefined ? null : ["event = ?", event],
      filter.origin === undefined ? null : [ORIGINS[filter.origin], "guard.%"],
      clientId === undefined ? null : ["client_id = ?", clientId],
      grantId === undefined ? null : ["grant_id = ?", grantId],
      tokenId === undefined ? null : ["token_id = ?", tokenId],
      personalKeyId === undefined ? null : ["personal_key = ?", personalKeyId],
      filter.from === undefined ? null : ["at >= ?", filter.from],
      filter.until === undefined ? null : ["at < ?", filter.until],
    ],
    `ORDER BY ${sequence} ${order} LIMIT ?`,
    filter.limit,
  );
  return rows.map((row) => ({
    ...entryOf(row),
    sequence: integer(row, "sequence"),
    hash: text(row, "hash"),
  }));
}

const ANCHOR = "journal-anchor";

/**
 * The front of the chain goes; the hash before the first row that stays is kept, so that the rest can be checked. A person's key goes with
 * the last row that it opens, unless it was asked for since `before`.
 */
export function* trimJournal(
  issuer: string,
  before: number,
  limit: number,
): Verb<number> {
  const rows =
    yield sql`SELECT sequence, hash, at, personal_key FROM journal WHERE issuer_id = ${issuer} AND sequence IS NOT NULL ORDER BY sequence LIMIT ${limit}`;
  // Up to the first row that is young enough: a row behind it stays, whatever its clock said.
  const young = rows.findIndex((row) => integer(row, "at") >= before);
  const old = young === -1 ? rows : rows.slice(0, young);
  const last = old.at(-1);
  if (!last) return 0;
  const anchor = {
    sequence: integer(last, "sequence"),
    hash: text(last, "hash"),
  };
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${ANCHOR}, ${JSON.stringify(anchor)})
    ON CONFLICT (issuer_id, name) DO UPDATE SET value = excluded.value`;
  yield sql`DELETE FROM journal WHERE issuer_id = ${issuer} AND sequence <= ${anchor.sequence}`;
  for (const key of new Set(old.map((row) => textOrNull(row, "personal_key"))))
    if (key !== null)
      yield sql`DELETE FROM personal_keys WHERE issuer_id = ${issuer} AND key_id = ${key} AND used_at < ${before}
        AND NOT EXISTS (SELECT 1 FROM journal WHERE issuer_id = ${issuer} AND personal_key = ${key})`;
  return old.length;
}

function entryOf(row: Row): JournalEntry {
  const personalKey = textOrNull(row, "personal_key");
  const optional = (column: string): string | undefined =>
    textOrNull(row, column) ?? undefined;
  return {
    id: text(row, "id"),
    at: integer(row, "at"),
    event: text(row, "event") as EventName,
    clientId: optional("client_id"),
    grantId: optional("grant_id"),
    tokenId: optional("token_id"),
    resource: optional("resource"),
    ...(row["facts"] !== null && { facts: json(row, "facts") }),
    personal:
      personalKey === null
        ? null
        : { keyId: personalKey, cipher: text(row, "personal") },
  };
}
