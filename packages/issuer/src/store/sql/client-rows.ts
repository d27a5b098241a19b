/** Clients, their secrets, resources, and the rules of exchange. */
import type { Client, ClientSecret } from "../../clients/client.ts";
import type { JournalEntry } from "../../journal/events.ts";
import type { ExchangeRule, Resource } from "../../resources/resource.ts";
import type { ClientWithSecrets } from "../store.ts";
import { insertEntry } from "./journal-rows.ts";
import {
  first,
  integer,
  integerOrNull,
  json,
  sql,
  text,
  textOrNull,
  type Row,
  type Verb,
} from "./query.ts";

export function* findClient(
  issuer: string,
  clientId: string,
): Verb<ClientWithSecrets | null> {
  const row = yield* first(
    sql`SELECT data FROM clients WHERE issuer_id = ${issuer} AND client_id = ${clientId}`,
  );
  if (!row) return null;
  const secrets =
    yield sql`SELECT * FROM client_secrets WHERE issuer_id = ${issuer} AND client_id = ${clientId} ORDER BY created_at DESC, secret_id`;
  return {
    client: json<Client>(row, "data"),
    secrets: secrets.map((one) => secretOf(one)),
  };
}

export function* listClients(issuer: string): Verb<readonly Client[]> {
  const rows =
    yield sql`SELECT data FROM clients WHERE issuer_id = ${issuer} ORDER BY client_id`;
  return rows.map((row) => json<Client>(row, "data"));
}

export function* putClient(
  issuer: string,
  client: Client,
  entry: JournalEntry,
): Verb<void> {
  yield sql`INSERT INTO clients (issuer_id, client_id, data) VALUES (${issuer}, ${client.clientId}, ${JSON.stringify(client)})
    ON CONFLICT (issuer_id, client_id) DO UPDATE SET data = excluded.data`;
  yield* insertEntry(issuer, entry);
}

/** The row's text is what JSON.stringify made of the same object, so that equal texts are equal clients. */
export function* replaceClient(
  issuer: string,
  before: Client | null,
  client: Client,
  entry: JournalEntry,
): Verb<boolean> {
  const rows =
    before === null
      ? yield sql`INSERT INTO clients (issuer_id, client_id, data) VALUES (${issuer}, ${client.clientId}, ${JSON.stringify(client)}) ON CONFLICT DO NOTHING RETURNING client_id`
      : yield sql`UPDATE clients SET data = ${JSON.stringify(client)} WHERE issuer_id = ${issuer} AND client_id = ${client.clientId} AND data = ${JSON.stringify(before)} RETURNING client_id`;
  if (rows.length === 0) return false;
  yield* insertEntry(issuer, entry);
  return true;
}

/** Locks the client, so that two at once cannot both be the second. */
export function* addSecret(
  issuer: string,
  secret: ClientSecret,
  now: number,
  entry: JournalEntry,
): Verb<"added" | "too_many"> {
  const { clientId, secretId, digest, sealed, createdAt, expiresAt } = secret;
  yield sql`UPDATE clients SET data = data WHERE issuer_id = ${issuer} AND client_id = ${clientId}`;
  const live = yield* first(
    sql`SELECT count(*) AS n FROM client_secrets WHERE issuer_id = ${issuer} AND client_id = ${clientId} AND (expires_at IS NULL OR expires_at > ${now})`,
  );
  if (live !== null && integer(live, "n") >= 2) return "too_many";
  yield sql`INSERT INTO client_secrets (issuer_id, client_id, secret_id, digest, sealed, created_at, expires_at)
    VALUES (${issuer}, ${clientId}, ${secretId}, ${digest}, ${sealed}, ${createdAt}, ${expiresAt})`;
  yield* insertEntry(issuer, entry);
  return "added";
}

export function* endSecret(
  issuer: string,
  clientId: string,
  secretId: string,
  expiresAt: number,
  entry: JournalEntry,
): Verb<boolean> {
  const rows =
    yield sql`UPDATE client_secrets SET expires_at = ${expiresAt} WHERE issuer_id = ${issuer} AND client_id = ${clientId} AND secret_id = ${secretId} RETURNING secret_id`;
  if (rows.length === 0) return false;
  yield* insertEntry(issuer, entry);
  return true;
}

export function* noteSecretUsed(
  issuer: string,
  clientId: string,
  secretId: string,
  at: number,
): Verb<void> {
  yield sql`UPDATE client_secrets SET last_used_at = ${at} WHERE issuer_id = ${issuer} AND client_id = ${clientId} AND secret_id = ${secretId} AND (last_used_at IS NULL OR last_used_at < ${at})`;
}

export function* findResource(
  issuer: string,
  resource: string,
): Verb<Resource | null> {
  const row = yield* first(
    sql`SELECT data FROM resources WHERE issuer_id = ${issuer} AND resource = ${resource}`,
  );
  return row && json<Resource>(row, "data");
}

export function* listResources(issuer: string): Verb<readonly Resource[]> {
  const rows =
    yield sql`SELECT data FROM resources WHERE issuer_id = ${issuer} ORDER BY resource`;
  return rows.map((row) => json<Resource>(row, "data"));
}

export function* putResource(
  issuer: string,
  resource: Resource,
  entry: JournalEntry,
): Verb<void> {
  yield sql`INSERT INTO resources (issuer_id, resource, data) VALUES (${issuer}, ${resource.resource}, ${JSON.stringify(resource)})
    ON CONFLICT (issuer_id, resource) DO UPDATE SET data = excluded.data`;
  yield* insertEntry(issuer, entry);
}

export function* replaceResource(
  issuer: string,
  before: Resource | null,
  resource: Resource,
  entry: JournalEntry,
): Verb<boolean> {
  const rows =
    before === null
      ? yield sql`INSERT INTO resources (issuer_id, resource, data) VALUES (${issuer}, ${resource.resource}, ${JSON.stringify(resource)}) ON CONFLICT DO NOTHING RETURNING resource`
      : yield sql`UPDATE resources SET data = ${JSON.stringify(resource)} WHERE issuer_id = ${issuer} AND resource = ${resource.resource} AND data = ${JSON.stringify(before)} RETURNING resource`;
  if (rows.length === 0) return false;
  yield* insertEntry(issuer, entry);
  return true;
}

export function* listExchangeRules(
  issuer: string,
  clientId: string | null,
): Verb<readonly ExchangeRule[]> {
  const rows =
    clientId === null
      ? yield sql`SELECT data FROM exchange_rules WHERE issuer_id = ${issuer} ORDER BY rule_id`
      : yield sql`SELECT data FROM exchange_rules WHERE issuer_id = ${issuer} AND client_id = ${clientId} ORDER BY rule_id`;
  return rows.map((row) => json<ExchangeRule>(row, "data"));
}

export function* putExchangeRule(
  issuer: string,
  rule: ExchangeRule,
  entry: JournalEntry,
): Verb<void> {
  yield sql`INSERT INTO exchange_rules (issuer_id, rule_id, client_id, data) VALUES (${issuer}, ${rule.ruleId}, ${rule.clientId}, ${JSON.stringify(rule)})
    ON CONFLICT (issuer_id, rule_id) DO UPDATE SET client_id = excluded.client_id, data = excluded.data`;
  yield* insertEntry(issuer, entry);
}

export function* deleteExchangeRule(
  issuer: string,
  ruleId: string,
  entry: JournalEntry,
): Verb<boolean> {
  const rows =
    yield sql`DELETE FROM exchange_rules WHERE issuer_id = ${issuer} AND rule_id = ${ruleId} RETURNING rule_id`;
  if (rows.length === 0) return false;
  yield* insertEntry(issuer, entry);
  return true;
}

const secretOf = (row: Row): ClientSecret => ({
  secretId: text(row, "secret_id"),
  clientId: text(row, "client_id"),
  digest: text(row, "digest"),
  sealed: textOrNull(row, "sealed"),
  createdAt: integer(row, "created_at"),
  expiresAt: integerOrNull(row, "expires_at"),
  lastUsedAt: integerOrNull(row, "last_used_at"),
});
