/** The journal's rows. Those of a change of state are written in its transaction; number and hash come later, from the sealer. */
import { chainHash, FIRST_HASH } from "../../journal/chain.ts";
import type {
  EventName,
  JournalEntry,
  SealedEntry,
} from "../../journal/events.ts";
import type { EntryDraft, JournalFilter } from "../store.ts";
import {
  first,
  integer,
  json,
  sql,
  text,
  textOrNull,
  where,
  type Row,
  type Verb,
} from "./query.ts";

export function* insertEntry(issuer: string, entry: JournalEntry): Verb<void> {
  const { id, at, event, clientId, grantId, tokenId, resource, facts } = entry;
  const { personal } = entry;
  yield sql`INSERT INTO journal (issuer_id, id, at, event, client_id, grant_id, token_id, resource, facts, personal_key, personal)
    VALUES (${issuer}, ${id}, ${at}, ${event}, ${clientId ?? null}, ${grantId ?? null}, ${tokenId ?? null}, ${resource ?? null},
      ${facts === undefined ? null : JSON.stringify(facts)}, ${personal?.keyId ?? null}, ${personal?.cipher ?? null})`;
}

export function* writeEntries(
  issuer: string,
  entries: readonly JournalEntry[],
): Verb<void> {
  for (const entry of entries) yield* insertEntry(issuer, entry);
}

/** Writes the entries of one transaction from its draft: the first under the draft's own id, each further one under the next of `moreIds`. */
export function* insertDrafted(
  issuer: string,
  { moreIds, ...draft }: EntryDraft,
  entries: readonly (Pick<JournalEntry, "event"> & Partial<JournalEntry>)[],
): Verb<void> {
  for (const [i, entry] of entries.entries()) {
    const id = i === 0 ? draft.id : moreIds[i - 1];
    if (id === undefined)
      throw new TypeError(
        `expected ${entries.length - 1} more ids for the journal, found ${moreIds.length}`,
      );
    yield* insertEntry(issuer, { ...draft, ...entry, id });
  }
}

const HEAD = "journal-head";

interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** For the holder of the lease alone: two sealers would give one number twice, which the unique index refuses. */
export function* sealEntries(
  issuer: string,
  limit: number,
): Verb<{ readonly entries: number; readonly newest: number }> {
  const rows =
    yield sql`SELECT * FROM journal WHERE issuer_id = ${issuer} AND sequence IS NULL ORDER BY id LIMIT ${limit}`;
  const stored = yield* first(
    sql`SELECT value FROM server_values WHERE issuer_id = ${issuer} AND name = ${HEAD}`,
  );
  let head: Head =
    stored === null
      ? { sequence: 0, hash: FIRST_HASH }
      : json<Head>(stored, "value");
  if (rows.length === 0) return { entries: 0, newest: head.sequence };
  for (const row of rows) {
    const entry = entryOf(row);
    const sequence = head.sequence + 1;
    const hash = chainHash(head.hash, { ...entry, sequence });
    yield sql`UPDATE journal SET sequence = ${sequence}, hash = ${hash} WHERE issuer_id = ${issuer} AND id = ${entry.id}`;
    head = { sequence, hash };
  }
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${HEAD}, ${JSON.stringify(head)})
    ON CONFLICT (issuer_id, name) DO UPDATE SET value = excluded.value`;
  return { entries: rows.length, newest: head.sequence };
}

export function* readJournal(
  issuer: string,
  filter: JournalFilter,
): Verb<readonly SealedEntry[]> {
  const { after, event, clientId, grantId, tokenId, personalKeyId } = filter;
  const order = filter.newestFirst === true ? "DESC" : "ASC";
  const rows = yield where(
    "SELECT * FROM journal",
    [
      ["issuer_id = ?", issuer],
      // Newest first, `after` is where the page before ended.
      [
        order === "ASC" ? "sequence > ?" : "sequence < ?",
        after ?? (order === "ASC" ? 0 : Number.MAX_SAFE_INTEGER),
      ],
      event === undefined ? null : ["event = ?", event],
      clientId === undefined ? null : ["client_id = ?", clientId],
      grantId === undefined ? null : ["grant_id = ?", grantId],
      tokenId === undefined ? null : ["token_id = ?", tokenId],
      personalKeyId === undefined ? null : ["personal_key = ?", personalKeyId],
      filter.from === undefined ? null : ["at >= ?", filter.from],
      filter.until === undefined ? null : ["at < ?", filter.until],
    ],
    `ORDER BY sequence ${order} LIMIT ?`,
    filter.limit,
  );
  return rows.map((row) => ({
    ...entryOf(row),
    sequence: integer(row, "sequence"),
    hash: text(row, "hash"),
  }));
}

const ANCHOR = "journal-anchor";

/** The front of the chain goes; the hash before the first row that stays is kept, so that the rest can be checked. */
export function* trimJournal(
  issuer: string,
  before: number,
  limit: number,
): Verb<number> {
  const rows =
    yield sql`SELECT sequence, hash, at FROM journal WHERE issuer_id = ${issuer} AND sequence IS NOT NULL ORDER BY sequence LIMIT ${limit}`;
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
