/**
 * `npm run bench:store`: the issuer's embedded store with full durability, with a thousand and a million grants: reads one after the
 * other, writes one after the other and 64 at a time. Numbers of grants go after it: `npm run bench:store 1000`; `--json` prints rows only.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { nextOf, World } from "../packages/issuer/test/store/world.ts";
import type { NamedRefreshToken } from "../packages/issuer/src/store/records.ts";
import { openSqliteStore } from "../packages/issuer/src/store/sqlite/sqlite-store.ts";
import type {
  Store,
  UseRefreshToken,
} from "../packages/issuer/src/store/store.ts";
import { report, type Row } from "./measure.ts";

const ISSUER = "http://localhost:4455";
const NOW = 1_800_000_000_000;
const AT_ONCE = 64;
const SECONDS = 3;
const rows: Row[] = [];

/** Spread over the index, as digests are. */
const nameOf = (kind: string, i: number): string =>
  createHash("sha256").update(`${kind} ${i}`).digest("base64url");

async function measure(path: string, grants: number): Promise<void> {
  await (await openSqliteStore({ path, issuerId: ISSUER })).close();
  fill(path, grants);
  const store = await openSqliteStore({ path, issuerId: ISSUER });
  const world = new World(store);
  world.now = NOW + 1000;
  await store.putClient(world.client(), world.entry("client.created"));
  await store.addSecret(
    world.secret(),
    world.now,
    world.entry("client.secret_rotated"),
  );
  const row = (name: string, value: number, unit: string): void => {
    const of = `${name}, ${grants} grants`;
    rows.push({ bench: "store", case: of, system: "assay", value, unit });
  };
  row("file", statSync(path).size / 2 ** 20, "MiB");
  const any = (): number => Math.floor(Math.random() * grants);

  for (const [name, read] of Object.entries(reads(store, any))) {
    const before = process.threadCpuUsage();
    const { each, runs } = await oneAfterTheOther(read);
    const { user, system } = process.threadCpuUsage(before);
    row(name, each, "us");
    row(`${name}, processor`, (user + system) / runs, "us");
  }

  const issue = async (): Promise<unknown> =>
    store.issueAccessToken(world.access(), world.entry("token.issued"));
  row("issueAccessToken", (await oneAfterTheOther(issue)).each, "us");
  row(
    `issueAccessToken, ${AT_ONCE} at a time`,
    await atOnce(issue),
    "operations/s",
  );
  let next = 0;
  const refresh = async (): Promise<unknown> => {
    const i = next++ % grants;
    return store.useRefreshToken(usedBy(world, i));
  };
  row("useRefreshToken", (await oneAfterTheOther(refresh)).each, "us");
  row(
    `useRefreshToken, ${AT_ONCE} at a time`,
    await atOnce(refresh),
    "operations/s",
  );
  const began = performance.now();
  let sealed = 0;
  for (;;) {
    const { entries } = await store.seal(1000);
    if (entries === 0) break;
    sealed += entries;
  }
  row("seal", (sealed / (performance.now() - began)) * 1000, "entries/s");
  row("memory", process.memoryUsage.rss() / 2 ** 20, "MiB");
  await store.close();
}

const firstOf = (i: number): NamedRefreshToken => ({
  familyId: nameOf("family", i),
  generation: 1,
  digest: nameOf("refresh", i),
});

/** Newest token of a family that was refreshed. */
const newest = new Map<number, NamedRefreshToken>();
function usedBy(world: World, i: number): UseRefreshToken {
  const input = world.use(newest.get(i) ?? firstOf(i), {
    access: world.access({
      grantId: nameOf("grant", i),
      familyId: nameOf("family", i),
    }),
  });
  newest.set(i, nextOf(input));
  return input;
}

const reads = (
  store: Store,
  any: () => number,
): Record<string, () => Promise<unknown>> => ({
  "findAccessToken by id": async () =>
    store.findAccessToken({ tokenId: nameOf("access", any()).slice(0, 22) }),
  "findAccessToken by digest": async () =>
    store.findAccessToken({ digest: nameOf("digest", any()) }),
  findRefreshToken: async () => store.findRefreshToken(firstOf(any())),
  findClient: async () => store.findClient("shop"),
});

async function oneAfterTheOther(
  run: () => Promise<unknown>,
): Promise<{ readonly each: number; readonly runs: number }> {
  let runs = 0;
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1000) {
    await run();
    runs++;
  }
  return { each: ((performance.now() - began) * 1000) / runs, runs };
}

async function atOnce(run: () => Promise<unknown>): Promise<number> {
  let n = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (performance.now() - began < SECONDS * 1000) {
      await run();
      n++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return (n * 1000) / (performance.now() - began);
}

/** A grant, a family with its first token, an access token and their rows in the journal, so many times. */
function fill(path: string, grants: number): void {
  const database = new DatabaseSync(path);
  database.exec(
    "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN",
  );
  const insert = (table: string, columns: readonly string[]) => {
    const statement = database.prepare(
      `INSERT INTO ${table} (issuer_id, ${columns.join(", ")}) VALUES ('${ISSUER}', ${columns.map(() => "?").join(", ")})`,
    );
    return (...values: readonly (string | number | null)[]): void =>
      void statement.run(...values);
  };
  const grant = insert("grants", [
    "grant_id",
    "client_id",
    "subject",
    "scopes",
    "resources",
    "created_at",
    "authenticated_at",
    "expires_at",
  ]);
  const family = insert("refresh_families", [
    "family_id",
    "grant_id",
    "client_id",
    "origin",
    "policy",
    "expires_at",
  ]);
  const refresh = insert("refresh_tokens", [
    "family_id",
    "generation",
    "digest",
    "token_id",
    "issued_at",
    "used_at",
    "reused",
    "repeats",
    "unnamed",
  ]);
  const access = insert("access_tokens", [
    "token_id",
    "digest",
    "client_id",
    "subject",
    "grant_id",
    "family_id",
    "resource",
    "scopes",
    "issued_at",
    "expires_at",
    "claims",
    "list",
    "place",
  ]);
  const journal = insert("journal", [
    "id",
    "sequence",
    "at",
    "event",
    "client_id",
    "grant_id",
    "token_id",
    "hash",
  ]);
  const end = NOW + 30 * 86_400_000;
  const policy = JSON.stringify({
    rotate: true,
    graceSeconds: 10,
    idleSeconds: 86_400,
    expiresAt: end,
    onReuse: "refuse",
    dryRun: null,
  });
  const origin = JSON.stringify({
    clientId: "shop",
    key: null,
    network: nameOf("network", 1),
    agent: nameOf("agent", 1),
  });
  for (let i = 0; i < grants; i++) {
    const grantId = nameOf("grant", i);
    const familyId = nameOf("family", i);
    const tokenId = nameOf("access", i).slice(0, 22);
    grant(
      grantId,
      "shop",
      `subject-${i}`,
      '["read","write"]',
      '["https://api.example"]',
      NOW,
      NOW,
      end,
    );
    family(familyId, grantId, "shop", origin, policy, end);
    refresh(
      familyId,
      1,
      nameOf("refresh", i),
      nameOf("refresh id", i).slice(0, 22),
      NOW,
      NOW,
      0,
      0,
      0,
    );
    access(
      tokenId,
      nameOf("digest", i),
      "shop",
      `subject-${i}`,
      grantId,
      familyId,
      "https://api.example",
      '["read"]',
      NOW,
      NOW + 600_000,
      '{"role":"buyer"}',
      `list-${i >> 16}`,
      (i * 40_503) % 2 ** 20,
    );
    journal(
      NOW.toString(16).padStart(12, "0") + i.toString(16).padStart(20, "0"),
      i + 1,
      NOW,
      "token.issued",
      "shop",
      grantId,
      tokenId,
      nameOf("hash", i),
    );
  }
  database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  database
    .prepare(
      "INSERT INTO server_values (issuer_id, name, value) VALUES (?, 'journal-head', ?)",
    )
    .run(
      ISSUER,
      JSON.stringify({ sequence: grants, hash: nameOf("hash", grants - 1) }),
    );
  database.close();
}

const sizes = process.argv
  .slice(2)
  .filter((given) => given !== "--json")
  .map(Number);
for (const grants of sizes.length > 0 ? sizes : [1000, 1_000_000]) {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  try {
    await measure(join(folder, "assay.db"), grants);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
report(rows);
