/** The journal's rows. Those of a change of state are written in its transaction; number and hash come later, from the sealer. */
import { chainHash, FIRST_HASH, HASH_LENGTH } from "../../journal/chain.ts";
import { ENTRIES_OF_A_CHANGE, furtherId } from "../../journal/entry-id.ts";
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
  type Query,
  type Row,
  type Verb,
} from "./query.ts";

export const insertEntry = (issuer: string, entry: JournalEntry): Verb<void> =>
  writeEntries(issuer, [entry]);

/** What an entry does not share with the first of its change. */
export type Part = Pick<JournalEntry, "event"> &
  Partial<Pick<JournalEntry, "tokenId" | "facts">>;

/** Writes the entries of one change from its draft, as one row. Throws TypeError for more than ENTRIES_OF_A_CHANGE. */
export function* insertDrafted(
  issuer: string,
  draft: EntryDraft,
  about: Partial<Pick<JournalEntry, "clientId" | "grantId">>,
  [part, ...further]: readonly [Part, ...(readonly Part[])],
): Verb<void> {
  // There must be a name for the last of them.
  furtherId(draft.id, further.length);
  yield* insertRows(issuer, [
    { entry: { ...draft, ...about, ...part }, further },
  ]);
}

export const writeEntries = (
  issuer: string,
  entries: readonly JournalEntry[],
): Verb<void> =>
  insertRows(
    issuer,
    entries.map((entry) => ({ entry, further: [] })),
  );

/** A change: its first entry, and what the others have of their own. */
interface Change {
  readonly entry: JournalEntry;
  readonly further: readonly Part[];
}

const INTO_JOURNAL = insertOf(
  "INSERT INTO journal (issuer_id, id, at, event, client_id, grant_id, token_id, resource, facts, personal_key, personal, further, hash)",
  "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
);
const INTO_TOKENS = insertOf(
  "INSERT INTO journal_tokens (issuer_id, token_id, id)",
  "(?, ?, ?)",
  " ON CONFLICT DO NOTHING",
);

function* insertRows(issuer: string, changes: readonly Change[]): Verb<void> {
  yield {
    into: INTO_JOURNAL,
    rows: changes.map(({ entry, further }) => [
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
      further.length === 0 ? null : JSON.stringify(further),
      roomForHashes(1 + further.length),
    ]),
  };
  yield {
    into: INTO_TOKENS,
    rows: changes.flatMap(({ entry, further }) =>
      further.flatMap(({ tokenId }) =>
        tokenId === undefined ? [] : [[issuer, tokenId, entry.id]],
      ),
    ),
  };
}

/** The hashes take their room at once: rows that grew when they are sealed would not fit in their pages, and each page would be split. */
const roomForHashes = (entries: number): string =>
  "-".repeat(entries * (HASH_LENGTH + 1) - 1);

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
    yield sql`SELECT id, at, event, client_id, grant_id, token_id, resource, facts, personal_key, personal, further FROM journal
      WHERE issuer_id = ${issuer} AND sequence IS NULL ORDER BY id LIMIT ${limit}`;
  const { sequence: before } = head;
  const places: [id: string, sequence: number, hashes: string][] = [];
  for (const row of rows) {
    const hashes: string[] = [];
    for (const entry of entriesOf(row)) {
      const sequence = head.sequence + 1;
      const hash = chainHash(head.hash, { ...entry, sequence });
      head = { sequence, hash };
      hashes.push(hash);
    }
    places.push([text(row, "id"), head.sequence, hashes.join(" ")]);
  }
  yield* inRows(
    "UPDATE journal SET sequence = v.column2, hash = v.column3 FROM (",
    "(?, CAST(? AS BIGINT), ?)",
    places,
    ") AS v WHERE issuer_id = ? AND id = v.column1",
    issuer,
  );
  yield sql`UPDATE server_values SET value = ${JSON.stringify(head)} WHERE issuer_id = ${issuer} AND name = ${HEAD}`;
  return { entries: head.sequence - before, newest: head.sequence };
}

const ORIGINS = {
  issuer: "event NOT LIKE ?",
  guards: "event LIKE ?",
} as const;

/** The plus is for the planner, as below. */
const OF_TOKEN = `id IN (SELECT id FROM journal WHERE issuer_id = ? AND token_id = ? AND +sequence > 0
  UNION ALL SELECT id FROM journal_tokens WHERE issuer_id = ? AND token_id = ?)`;

/** A row that a filter by event or token has found may have entries beside those that are meant, and none before or after a number. */
export function* readJournal(
  issuer: string,
  filter: JournalFilter,
): Verb<readonly SealedEntry[]> {
  const forwards = filter.newestFirst !== true;
  // Newest first, `after` is where the page before ended.
  const after = filter.after ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER);
  const isMeant = ({ sequence, event, tokenId }: SealedEntry): boolean =>
    (forwards ? sequence > after : sequence < after) &&
    (filter.event === undefined || event === filter.event) &&
    (filter.tokenId === undefined || tokenId === filter.tokenId);
  const found: SealedEntry[] = [];
  // The number of a row is that of its last entry.
  let from = forwards ? after : after + ENTRIES_OF_A_CHANGE;
  for (;;) {
    const rows = yield rowsOf(issuer, filter, from);
    for (const row of rows) {
      const entries = sealedOf(row);
      found.push(
        ...(forwards ? entries : entries.toReversed()).filter(isMeant),
      );
    }
    const last = rows.at(-1);
    if (!last || rows.length < filter.limit || found.length >= filter.limit)
      return found.slice(0, filter.limit);
    from = integer(last, "sequence");
  }
}

function rowsOf(issuer: string, filter: JournalFilter, from: number): Query {
  const { event, clientId, grantId, tokenId, personalKeyId } = filter;
  const forwards = filter.newestFirst !== true;
  const order = forwards ? "ASC" : "DESC";
  // A plus keeps the planner from walking through all numbers where an index names the few rows of one token, grant or person.
  const few = tokenId ?? grantId ?? personalKeyId;
  const sequence = few === undefined ? "sequence" : "+sequence";
  return where(
    "SELECT * FROM journal",
    [
      ["issuer_id = ?", issuer],
      [`${sequence} ${forwards ? ">" : "<"} ?`, from],
      event === undefined
        ? null
        : ["(event = ? OR further LIKE ?)", event, `%"${event}"%`],
      filter.origin === undefined ? null : [ORIGINS[filter.origin], "guard.%"],
      clientId === undefined ? null : ["client_id = ?", clientId],
      grantId === undefined ? null : ["grant_id = ?", grantId],
      tokenId === undefined
        ? null
        : [OF_TOKEN, issuer, tokenId, issuer, tokenId],
      personalKeyId === undefined ? null : ["personal_key = ?", personalKeyId],
      filter.from === undefined ? null : ["at >= ?", filter.from],
      filter.until === undefined ? null : ["at < ?", filter.until],
    ],
    `ORDER BY ${sequence} ${order} LIMIT ?`,
    filter.limit,
  );
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
  // Threat: two servers that trim at once, of which the slower sets the anchor back: the chain would look as if its front had been removed.
  yield sql`UPDATE server_values SET value = value WHERE issuer_id = ${issuer} AND name = ${HEAD}`;
  const rows =
    yield sql`SELECT sequence, hash, at, personal_key FROM journal WHERE issuer_id = ${issuer} AND sequence IS NOT NULL ORDER BY sequence LIMIT ${limit}`;
  // Up to the first row that is young enough: a row behind it stays, whatever its clock said.
  const young = rows.findIndex((row) => integer(row, "at") >= before);
  const old = young === -1 ? rows : rows.slice(0, young);
  const last = old.at(-1);
  if (!last) return 0;
  const anchor = {
    sequence: integer(last, "sequence"),
    hash: text(last, "hash").slice(-HASH_LENGTH),
  };
  yield sql`INSERT INTO server_values (issuer_id, name, value) VALUES (${issuer}, ${ANCHOR}, ${JSON.stringify(anchor)})
    ON CONFLICT (issuer_id, name) DO UPDATE SET value = excluded.value`;
  const gone =
    yield sql`DELETE FROM journal WHERE issuer_id = ${issuer} AND sequence <= ${anchor.sequence} RETURNING *`;
  let entries = 0;
  for (const row of gone) {
    const [, ...further] = entriesOf(row);
    entries += 1 + further.length;
    for (const { tokenId } of further)
      if (tokenId !== undefined)
        yield sql`DELETE FROM journal_tokens WHERE issuer_id = ${issuer} AND token_id = ${tokenId} AND id = ${text(row, "id")}`;
  }
  // A row that has no number yet is of today: its key was asked for.
  for (const key of new Set(old.map((row) => textOrNull(row, "personal_key"))))
    if (key !== null)
      yield sql`DELETE FROM personal_keys WHERE issuer_id = ${issuer} AND key_id = ${key} AND used_at < ${before}
        AND NOT EXISTS (SELECT 1 FROM journal WHERE issuer_id = ${issuer} AND personal_key = ${key} AND +sequence > 0)`;
  return entries;
}

/** The entries of a row, in their order. */
function entriesOf(row: Row): readonly JournalEntry[] {
  const entry = entryOf(row);
  // Before schema version 6 there is no such column: a backup may be of then.
  if ((row["further"] ?? null) === null) return [entry];
  const { facts: _, ...shared } = entry;
  return [
    entry,
    ...json<readonly Part[]>(row, "further").map((part, i) => ({
      ...shared,
      tokenId: undefined,
      ...part,
      id: furtherId(entry.id, i + 1),
    })),
  ];
}

function sealedOf(row: Row): readonly SealedEntry[] {
  const entries = entriesOf(row);
  const hashes = text(row, "hash").split(" ");
  const before = integer(row, "sequence") - entries.length;
  return entries.map((entry, i) => ({
    ...entry,
    sequence: before + 1 + i,
    hash: hashes[i] ?? "",
  }));
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
