/**
 * A refresh token is found by its family and its number in it, which its text names (tokens/opaque-token.ts): no index of digests, into which
 * each rotation would write at another place. What changes with each use stands with the newest token, so that the family's row stays as it
 * is. A token from before is found by its digest: `unnamed` is 1.
 */
export const REFRESH_TOKENS: readonly string[] = [
  `DROP INDEX refresh_tokens_by_family`,
  `ALTER TABLE refresh_tokens RENAME TO refresh_tokens_before`,
  `CREATE TABLE refresh_tokens (
    issuer_id TEXT NOT NULL, family_id TEXT NOT NULL, generation BIGINT NOT NULL, digest TEXT NOT NULL, token_id TEXT NOT NULL,
    issued_at BIGINT NOT NULL, used_at BIGINT NOT NULL, superseded_at BIGINT, used_by TEXT, reused BIGINT NOT NULL,
    repeats BIGINT NOT NULL, repeated_generation BIGINT, sealed TEXT, unnamed BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, family_id, generation))`,
  `INSERT INTO refresh_tokens (issuer_id, family_id, generation, digest, token_id, issued_at, used_at, superseded_at, used_by, reused,
      repeats, repeated_generation, sealed, unnamed)
    SELECT t.issuer_id, t.family_id, t.generation, t.digest, t.token_id, t.issued_at,
      COALESCE(f.last_used_at, t.issued_at), t.superseded_at, t.used_by, t.reused, COALESCE(f.repeats, 0), f.repeated_generation, f.successor_sealed, 1
    FROM refresh_tokens_before t LEFT JOIN refresh_families f
      ON f.issuer_id = t.issuer_id AND f.family_id = t.family_id AND f.generation = t.generation`,
  `DROP TABLE refresh_tokens_before`,
  `CREATE UNIQUE INDEX refresh_tokens_unnamed ON refresh_tokens (issuer_id, digest) WHERE unnamed = 1`,
  `ALTER TABLE refresh_families DROP COLUMN generation`,
  `ALTER TABLE refresh_families DROP COLUMN last_used_at`,
  `ALTER TABLE refresh_families DROP COLUMN repeats`,
  `ALTER TABLE refresh_families DROP COLUMN repeated_generation`,
  `ALTER TABLE refresh_families DROP COLUMN successor_sealed`,
];
