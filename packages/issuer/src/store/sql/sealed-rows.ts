/** What stands sealed under a master key in rows of its own, for a change of the master key. */
import type { Resealing, SealedRow } from "../records.ts";
import { sql, text, type Query, type Row, type Verb } from "./query.ts";

export function* listSealed(
  issuer: string,
  kind: SealedRow["kind"],
  after: readonly string[],
  limit: number,
): Verb<readonly SealedRow[]> {
  const rows = yield KINDS[kind].list(issuer, after, limit);
  return rows.map((row) => ({
    kind,
    id: KINDS[kind].columns.map((column) => text(row, column)),
    sealed: text(row, KINDS[kind].sealed),
  }));
}

export function* replaceSealed(
  issuer: string,
  changes: readonly Resealing[],
): Verb<number> {
  let replaced = 0;
  for (const { row, sealed } of changes) {
    const rows: readonly Row[] = yield KINDS[row.kind].replace(
      issuer,
      row,
      sealed,
    );
    replaced += rows.length;
  }
  return replaced;
}

interface Kind {
  /** The columns of the row's id, and the one that is sealed. */
  readonly columns: readonly string[];
  readonly sealed: string;
  readonly list: (
    issuer: string,
    after: readonly string[],
    limit: number,
  ) => Query;
  /** Only where the old text still stands: a row that was erased meanwhile stays erased. */
  readonly replace: (issuer: string, old: SealedRow, sealed: string) => Query;
}

const KINDS: Readonly<Record<SealedRow["kind"], Kind>> = {
  personal_key: {
    columns: ["key_id"],
    sealed: "wrapped",
    list: (issuer, [keyId = ""], limit) =>
      sql`SELECT key_id, wrapped FROM personal_keys WHERE issuer_id = ${issuer} AND key_id > ${keyId} AND wrapped IS NOT NULL ORDER BY key_id LIMIT ${limit}`,
    replace: (issuer, { id: [keyId = ""], sealed: old }, sealed) =>
      sql`UPDATE personal_keys SET wrapped = ${sealed} WHERE issuer_id = ${issuer} AND key_id = ${keyId} AND wrapped = ${old} RETURNING key_id`,
  },
  client_secret: {
    columns: ["client_id", "secret_id"],
    sealed: "sealed",
    list: (issuer, [clientId = "", secretId = ""], limit) =>
      sql`SELECT client_id, secret_id, sealed FROM client_secrets WHERE issuer_id = ${issuer} AND (client_id, secret_id) > (${clientId}, ${secretId}) AND sealed IS NOT NULL ORDER BY client_id, secret_id LIMIT ${limit}`,
    replace: (
      issuer,
      { id: [clientId = "", secretId = ""], sealed: old },
      sealed,
    ) =>
      sql`UPDATE client_secrets SET sealed = ${sealed} WHERE issuer_id = ${issuer} AND client_id = ${clientId} AND secret_id = ${secretId} AND sealed = ${old} RETURNING secret_id`,
  },
};
