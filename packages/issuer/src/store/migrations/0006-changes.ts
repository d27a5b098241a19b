/**
 * A change of state is one row of the journal, whatever it is to tell: `further` holds what its further entries do not share with the first, as
 * JSON, `sequence` is the number of its last entry, `hash` the hashes of all. Rows that speak of a token in a further entry are found by
 * `journal_tokens`.
 */
export const CHANGES: readonly string[] = [
  `ALTER TABLE journal ADD COLUMN further TEXT`,
  `CREATE TABLE journal_tokens (
    issuer_id TEXT NOT NULL, token_id TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (issuer_id, token_id, id)) WITHOUT ROWID`,
];
