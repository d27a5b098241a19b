/** The first schema. Times are milliseconds, digests base64url, lists and objects JSON. */
export const FIRST: readonly string[] = [
  `CREATE TABLE server_values (
    issuer_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (issuer_id, name))`,
  `CREATE TABLE clients (
    issuer_id TEXT NOT NULL, client_id TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (issuer_id, client_id))`,
  `CREATE TABLE client_secrets (
    issuer_id TEXT NOT NULL, client_id TEXT NOT NULL, secret_id TEXT NOT NULL, digest TEXT NOT NULL, sealed TEXT,
    created_at BIGINT NOT NULL, expires_at BIGINT, last_used_at BIGINT,
    PRIMARY KEY (issuer_id, client_id, secret_id))`,
  `CREATE TABLE resources (
    issuer_id TEXT NOT NULL, resource TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (issuer_id, resource))`,
  `CREATE TABLE exchange_rules (
    issuer_id TEXT NOT NULL, rule_id TEXT NOT NULL, client_id TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (issuer_id, rule_id))`,
  `CREATE TABLE grants (
    issuer_id TEXT NOT NULL, grant_id TEXT NOT NULL, client_id TEXT NOT NULL, subject TEXT, session_id TEXT,
    scopes TEXT NOT NULL, resources TEXT NOT NULL, created_at BIGINT NOT NULL, authenticated_at BIGINT, revoked_at BIGINT,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, grant_id))`,
  `CREATE INDEX grants_by_subject ON grants (issuer_id, subject)`,
  // For a revocation, which looks for those that live.
  `CREATE INDEX grants_by_client ON grants (issuer_id, client_id) WHERE revoked_at IS NULL`,
  `CREATE INDEX grants_by_session ON grants (issuer_id, session_id) WHERE session_id IS NOT NULL`,
  `CREATE INDEX grants_by_end ON grants (issuer_id, expires_at)`,
  `CREATE TABLE codes (
    issuer_id TEXT NOT NULL, digest TEXT NOT NULL, grant_id TEXT NOT NULL, client_id TEXT NOT NULL, data TEXT NOT NULL,
    expires_at BIGINT NOT NULL, redeemed_at BIGINT, dead_at BIGINT,
    PRIMARY KEY (issuer_id, digest))`,
  `CREATE INDEX codes_by_end ON codes (issuer_id, expires_at)`,
  `CREATE TABLE refresh_families (
    issuer_id TEXT NOT NULL, family_id TEXT NOT NULL, grant_id TEXT NOT NULL, client_id TEXT NOT NULL, jkt TEXT,
    origin TEXT, policy TEXT NOT NULL, generation BIGINT NOT NULL, last_used_at BIGINT NOT NULL, repeats BIGINT NOT NULL,
    repeated_generation BIGINT, revoked_at BIGINT, successor_sealed TEXT, expires_at BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, family_id))`,
  `CREATE INDEX refresh_families_by_grant ON refresh_families (issuer_id, grant_id)`,
  `CREATE INDEX refresh_families_by_end ON refresh_families (issuer_id, expires_at)`,
  `CREATE TABLE refresh_tokens (
    issuer_id TEXT NOT NULL, digest TEXT NOT NULL, family_id TEXT NOT NULL, generation BIGINT NOT NULL, token_id TEXT NOT NULL,
    issued_at BIGINT NOT NULL, superseded_at BIGINT, used_by TEXT, reused BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, digest))`,
  `CREATE UNIQUE INDEX refresh_tokens_by_family ON refresh_tokens (issuer_id, family_id, generation)`,
  `CREATE TABLE access_tokens (
    issuer_id TEXT NOT NULL, token_id TEXT NOT NULL, digest TEXT, client_id TEXT NOT NULL, subject TEXT, grant_id TEXT,
    family_id TEXT, session_id TEXT, resource TEXT NOT NULL, scopes TEXT NOT NULL, kid TEXT, jkt TEXT,
    issued_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, claims TEXT NOT NULL,
    list TEXT NOT NULL, place BIGINT NOT NULL, revoked_at BIGINT, revoked_by TEXT,
    PRIMARY KEY (issuer_id, token_id))`,
  `CREATE UNIQUE INDEX access_tokens_by_place ON access_tokens (issuer_id, list, place)`,
  `CREATE UNIQUE INDEX access_tokens_by_digest ON access_tokens (issuer_id, digest) WHERE digest IS NOT NULL`,
  `CREATE INDEX access_tokens_by_grant ON access_tokens (issuer_id, grant_id) WHERE grant_id IS NOT NULL`,
  // Those of a grant are found by it.
  `CREATE INDEX access_tokens_by_client ON access_tokens (issuer_id, client_id) WHERE grant_id IS NULL`,
  `CREATE INDEX access_tokens_by_subject ON access_tokens (issuer_id, subject) WHERE grant_id IS NULL AND subject IS NOT NULL`,
  `CREATE INDEX access_tokens_by_session ON access_tokens (issuer_id, session_id) WHERE grant_id IS NULL AND session_id IS NOT NULL`,
  `CREATE INDEX access_tokens_by_end ON access_tokens (issuer_id, expires_at)`,
  `CREATE TABLE status_lists (
    issuer_id TEXT NOT NULL, list TEXT NOT NULL, resource TEXT NOT NULL, opened_at BIGINT NOT NULL, closed_at BIGINT,
    PRIMARY KEY (issuer_id, list))`,
  `CREATE UNIQUE INDEX status_lists_open ON status_lists (issuer_id, resource) WHERE closed_at IS NULL`,
  // What is known to be over: the feed and the lists read it. Numbered by the sealer.
  `CREATE TABLE revoked_places (
    issuer_id TEXT NOT NULL, list TEXT NOT NULL, place BIGINT NOT NULL, resource TEXT NOT NULL, at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL, sequence BIGINT,
    PRIMARY KEY (issuer_id, list, place))`,
  `CREATE UNIQUE INDEX revoked_places_by_sequence ON revoked_places (issuer_id, sequence) WHERE sequence IS NOT NULL`,
  `CREATE INDEX revoked_places_unsealed ON revoked_places (issuer_id, at) WHERE sequence IS NULL`,
  `CREATE INDEX revoked_places_by_end ON revoked_places (issuer_id, expires_at)`,
  // Points in time before which everything of a name is over.
  `CREATE TABLE cutoffs (
    issuer_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, before BIGINT NOT NULL, settled_at BIGINT,
    PRIMARY KEY (issuer_id, kind, name))`,
  `CREATE INDEX cutoffs_settled ON cutoffs (issuer_id, settled_at) WHERE settled_at IS NOT NULL`,
  `CREATE INDEX cutoffs_unsettled ON cutoffs (issuer_id, before) WHERE settled_at IS NULL`,
  `CREATE TABLE signing_keys (
    issuer_id TEXT NOT NULL, kid TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (issuer_id, kid))`,
  `CREATE TABLE once (
    issuer_id TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, jti TEXT NOT NULL, until BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, kind, owner, jti))`,
  `CREATE INDEX once_by_end ON once (issuer_id, until)`,
  `CREATE TABLE handles (
    issuer_id TEXT NOT NULL, digest TEXT NOT NULL, client_id TEXT, at BIGINT NOT NULL, expires_at BIGINT NOT NULL, sealed TEXT NOT NULL,
    PRIMARY KEY (issuer_id, digest))`,
  `CREATE INDEX handles_by_end ON handles (issuer_id, expires_at)`,
  `CREATE TABLE leases (
    issuer_id TEXT NOT NULL, name TEXT NOT NULL, holder TEXT NOT NULL, until BIGINT NOT NULL,
    PRIMARY KEY (issuer_id, name))`,
  `CREATE TABLE personal_keys (
    issuer_id TEXT NOT NULL, key_id TEXT NOT NULL, wrapped TEXT, created_at BIGINT NOT NULL, used_at BIGINT NOT NULL,
    erased_at BIGINT,
    PRIMARY KEY (issuer_id, key_id))`,
  // The id begins with the time, so that rows stand in the order of their making; the sealer gives the number.
  `CREATE TABLE journal (
    issuer_id TEXT NOT NULL, id TEXT NOT NULL, sequence BIGINT, at BIGINT NOT NULL, event TEXT NOT NULL, client_id TEXT, grant_id TEXT,
    token_id TEXT, resource TEXT, facts TEXT, personal_key TEXT, personal TEXT, hash TEXT,
    PRIMARY KEY (issuer_id, id))`,
  `CREATE INDEX journal_unsealed ON journal (issuer_id, id) WHERE sequence IS NULL`,
  `CREATE UNIQUE INDEX journal_by_sequence ON journal (issuer_id, sequence) WHERE sequence IS NOT NULL`,
  // Of sealed rows alone: nothing else is looked for, and the sealer fills them in larger pieces.
  `CREATE INDEX journal_by_token ON journal (issuer_id, token_id) WHERE sequence IS NOT NULL AND token_id IS NOT NULL`,
  `CREATE INDEX journal_by_grant ON journal (issuer_id, grant_id) WHERE sequence IS NOT NULL AND grant_id IS NOT NULL`,
  `CREATE INDEX journal_by_person ON journal (issuer_id, personal_key) WHERE sequence IS NOT NULL AND personal_key IS NOT NULL`,
];
