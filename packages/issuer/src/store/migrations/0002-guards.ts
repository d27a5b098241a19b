/** What guards tell of: how far each life of a guard's process was heard. */
export const GUARDS: readonly string[] = [
  `CREATE TABLE guard_boots (
    issuer_id TEXT NOT NULL, client_id TEXT NOT NULL, boot TEXT NOT NULL, next BIGINT NOT NULL, heard_at BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, client_id, boot))`,
  `CREATE INDEX guard_boots_by_time ON guard_boots (issuer_id, heard_at)`,
];
