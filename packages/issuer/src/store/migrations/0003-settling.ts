/** Indexes in the order in which a revocation of many goes through them, so that each batch begins where the one before ended. */
export const SETTLING: readonly string[] = [
  `DROP INDEX grants_by_subject`,
  `CREATE INDEX grants_by_subject ON grants (issuer_id, subject, grant_id)`,
  `DROP INDEX grants_by_client`,
  `CREATE INDEX grants_by_client ON grants (issuer_id, client_id, grant_id) WHERE revoked_at IS NULL`,
  `DROP INDEX grants_by_session`,
  `CREATE INDEX grants_by_session ON grants (issuer_id, session_id, grant_id) WHERE session_id IS NOT NULL`,
  `DROP INDEX access_tokens_by_client`,
  `CREATE INDEX access_tokens_by_client ON access_tokens (issuer_id, client_id, token_id) WHERE grant_id IS NULL AND revoked_at IS NULL`,
  `DROP INDEX access_tokens_by_subject`,
  `CREATE INDEX access_tokens_by_subject ON access_tokens (issuer_id, subject, token_id)
    WHERE grant_id IS NULL AND revoked_at IS NULL AND subject IS NOT NULL`,
  `DROP INDEX access_tokens_by_session`,
  `CREATE INDEX access_tokens_by_session ON access_tokens (issuer_id, session_id, token_id)
    WHERE grant_id IS NULL AND revoked_at IS NULL AND session_id IS NOT NULL`,
];
