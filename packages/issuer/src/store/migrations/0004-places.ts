/**
 * Places in status lists are known to the process that gives them (revocation/status-places.ts): no index of all of them, no list that is
 * open for all. A list goes when its last token has gone.
 */
export const PLACES: readonly string[] = [
  `ALTER TABLE status_lists ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0`,
  `UPDATE status_lists SET expires_at = COALESCE((SELECT MAX(a.expires_at) FROM access_tokens a
    WHERE a.issuer_id = status_lists.issuer_id AND a.list = status_lists.list), opened_at)`,
  `DROP INDEX access_tokens_by_place`,
  `DROP INDEX status_lists_open`,
  `ALTER TABLE status_lists DROP COLUMN closed_at`,
];
