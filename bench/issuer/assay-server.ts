/** Our issuer under load: SQLite with full durability, or PostgreSQL, with so many grants in its database. One process. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createIssuer,
  issuerListener,
  MasterSecret,
  openPostgresStore,
  openSqliteStore,
  type Store,
} from "@assay/issuer";
import { newSecret } from "../../packages/issuer/src/clients/new-secret.ts";
import { keepRequestsYoung } from "../../packages/issuer/src/keep-requests-young.ts";
import {
  issue,
  prepareAccessToken,
} from "../../packages/issuer/src/tokens/access-token.ts";
import {
  makeOpaqueToken,
  makeRefreshToken,
  newTokenId,
} from "../../packages/issuer/src/tokens/opaque-token.ts";
import { aClient, REFRESH } from "../../packages/issuer/test/a-client.ts";
import { aResource } from "../../packages/issuer/test/a-resource.ts";
import {
  authorizationOf,
  CLIENT_ID,
  LIVE,
  RESOURCE,
  type Ready,
} from "./server-message.ts";

// As startServer does.
keepRequestsYoung();
const [database = "sqlite", grants = "1000"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true }));
process.once("SIGTERM", () => process.exit(0));

const path = join(folder, "assay.db");
const store: Store =
  database === "sqlite"
    ? await openSqliteStore({ path, issuerId: "default" })
    : await openPostgresStore({
        url: database,
        issuerId: `bench-${Date.now()}`,
      });

const server = createServer();
await new Promise<void>((resolve) =>
  server.listen(0, "127.0.0.1", () => resolve()),
);
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}`;
const issuer = await createIssuer({
  issuer: url,
  store,
  masterKeys: [new MasterSecret(randomBytes(32))],
});
server.on("request", issuerListener(issuer));
const { context } = issuer;
const who = { subject: null, clientId: CLIENT_ID, ip: null, agent: null };
const entry = async () =>
  context.journal.entry("client.created", { clientId: CLIENT_ID }, who);

const client = aClient({
  clientId: CLIENT_ID,
  name: "Bench",
  grantTypes: ["client_credentials", "refresh_token"],
  scopes: ["read"],
  resources: [RESOURCE],
  refresh: { ...REFRESH, idleSeconds: 86_400, absoluteSeconds: 864_000 },
  introspects: [RESOURCE, `${RESOURCE}/opaque`],
  createdAt: Date.now(),
});
await store.putClient(client, await entry());
const secret = newSecret(client, {
  random: randomBytes,
  now: Date.now(),
  expiresAt: null,
  master: context.master,
});
await store.addSecret(secret.row, Date.now(), await entry());
const jwt = aResource({
  resource: RESOURCE,
  name: "API",
  scopes: ["read"],
  accessTokenSeconds: 3600,
});
const opaque = {
  ...jwt,
  resource: `${RESOURCE}/opaque`,
  format: "opaque" as const,
};
await store.putResource(jwt, await entry());
await store.putResource(opaque, await entry());

/** As a sign-in would have made them, by the store's own verbs. */
async function family(): Promise<string> {
  const now = Date.now();
  const grantId = newTokenId(randomBytes, Date.now());
  const code = makeOpaqueToken("code", randomBytes);
  const familyId = newTokenId(randomBytes, Date.now());
  const refresh = makeRefreshToken(randomBytes, familyId, 1);
  const grant = {
    grantId,
    clientId: CLIENT_ID,
    subject: "somebody",
    sessionId: null,
    scopes: ["read"],
    resources: [RESOURCE],
    createdAt: now,
    authenticatedAt: now,
    revokedAt: null,
  };
  await store.storeCode(
    grant,
    {
      digest: code.digest,
      grantId,
      clientId: CLIENT_ID,
      redirectUri: "x",
      codeChallenge: "x",
      scopes: ["read"],
      resources: [RESOURCE],
      nonce: null,
      dpopJkt: null,
      issuedAt: now,
      expiresAt: now + 60_000,
    },
    await entry(),
  );
  const access = await prepareAccessToken(context, {
    client,
    resource: jwt,
    scopes: ["read"],
    subject: "somebody",
    grant,
    familyId,
    jkt: null,
  });
  await store.redeemCode({
    digest: code.digest,
    clientId: CLIENT_ID,
    redirectUri: null,
    challenge: "x",
    jkt: null,
    now,
    access: access.record,
    refresh: {
      familyId,
      token: {
        digest: refresh.digest,
        tokenId: newTokenId(randomBytes, Date.now()),
      },
      jkt: null,
      origin: { clientId: CLIENT_ID, key: null, network: null, agent: null },
      policy: {
        rotate: true,
        graceSeconds: 10,
        idleSeconds: 86_400,
        expiresAt: now + 864_000_000,
        onReuse: "refuse",
        dryRun: null,
      },
    },
    journal: await context.journal.draft({}, who),
  });
  return refresh.text;
}

async function accessToken(): Promise<string> {
  const access = await prepareAccessToken(context, {
    client,
    resource: opaque,
    scopes: ["read"],
    subject: null,
    grant: null,
    familyId: null,
    jkt: null,
  });
  return issue(context, access, await entry());
}

const all = <T>(make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: LIVE }, make));
await all(family);
const accessTokens = await all(accessToken);
if (database === "sqlite") multiply(Number(grants));

/** Copies what there is under other names, until there are so many grants: each with its family, its tokens and its journal. */
function multiply(wanted: number): void {
  const copy = new DatabaseSync(path);
  copy.exec("PRAGMA busy_timeout = 60000; PRAGMA synchronous = OFF");
  const like: Readonly<Record<string, readonly string[]>> = {
    grants: ["grant_id"],
    refresh_families: ["family_id", "grant_id"],
    refresh_tokens: ["digest", "family_id", "token_id"],
    access_tokens: ["token_id", "digest", "grant_id", "family_id", "list"],
    journal: ["id", "token_id", "grant_id"],
    journal_tokens: ["id", "token_id"],
  };
  const originals = Object.keys(like).map((table) => {
    copy.exec(
      `CREATE TEMP TABLE original_${table} AS SELECT * FROM ${table} ${table === "journal" ? "WHERE grant_id IS NOT NULL" : ""}`,
    );
    return table;
  });
  for (let n = 1; n * LIVE < wanted; n++) {
    copy.exec("BEGIN IMMEDIATE");
    for (const table of originals) {
      const columns = (
        copy.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[]
      ).map(({ name }) => name);
      const selected = columns.map((name) =>
        like[table]?.includes(name)
          ? // In front, so that the copies are spread over the indexes as random names would be.
            `CASE WHEN ${name} IS NULL THEN NULL ELSE substr(${name}, 1, 1) || '${n.toString(36)}.' || substr(${name}, 2) END`
          : name === "sequence"
            ? "NULL"
            : name === "hash"
              ? "NULL"
              : name,
      );
      copy.exec(
        `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${selected.join(", ")} FROM original_${table}`,
      );
    }
    copy.exec("COMMIT");
  }
  copy.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  copy.close();
}

const ready: Ready = {
  port,
  token: `${url}/token`,
  introspection: `${url}/introspect`,
  authorization: authorizationOf(secret.text),
  accessTokens,
};
process.send?.(ready);
process.on("message", (message) => {
  if (message === "memory") process.send?.(process.memoryUsage().rss);
  else void all(family).then((tokens) => process.send?.(tokens));
});
