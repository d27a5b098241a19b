/** What it costs to settle a revocation of many, in statements and in what they walk through: never in time. */
import assert from "node:assert/strict";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { settleRevocations } from "../../src/store/sql/cutoff-rows.ts";
import type { Query, Rows, Verb } from "../../src/store/sql/query.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Settled, SettlingPlace } from "../../src/store/store.ts";

const ISSUER = "http://one";
const NOW = 1_800_000_000_000;
const MANY = 10_000;
const LIMIT = 1000;
const folder = mkdtempSync(join(tmpdir(), "assay-settling-"));
after(() => rmSync(folder, { recursive: true }));

const CUTOFFS: readonly (readonly [kind: string, name: string])[] = [
  ["session", "s"],
  ["subject", "anna"],
  ["client", "shop"],
  ["key", "k"],
  ["all", ""],
];

/** Rows as issuing leaves them, without the time that it takes; every second one is somebody else's. */
async function filled(kind: string, name: string): Promise<DatabaseSync> {
  const path = join(folder, `${kind}.db`);
  await (await openSqliteStore({ path, issuerId: ISSUER })).close();
  const database = new DatabaseSync(path);
  const series = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${2 * MANY - 1}) `;
  const of = (ours: string): string =>
    `CASE WHEN i % 2 = 0 THEN '${ours}' ELSE 'other' END`;
  database.exec(`BEGIN;
    INSERT INTO access_tokens (issuer_id, token_id, digest, client_id, subject, grant_id, family_id, session_id, resource, scopes, kid, jkt,
      issued_at, expires_at, claims, list, place, revoked_at, revoked_by)
    ${series} SELECT '${ISSUER}', printf('t%08d', i), NULL, ${of("shop")}, ${of("anna")}, NULL, NULL, ${of("s")}, 'r', '[]', ${of("k")}, NULL,
      ${NOW - 1000}, ${NOW + 600_000}, '{}', 'l', i, NULL, NULL FROM n;
    INSERT INTO grants (issuer_id, grant_id, client_id, subject, session_id, scopes, resources, created_at, authenticated_at, revoked_at, expires_at)
    ${series} SELECT '${ISSUER}', printf('g%08d', i), ${of("shop")}, ${of("anna")}, ${of("s")}, '[]', '[]', ${NOW - 1000}, NULL, NULL, ${NOW + 600_000} FROM n;
    INSERT INTO cutoffs (issuer_id, kind, name, before) VALUES ('${ISSUER}', '${kind}', '${name}', ${NOW});
    COMMIT`);
  return database;
}

/** Runs a verb as a driver does, and shows each of its statements. */
function run<Result>(
  database: DatabaseSync,
  prepared: Map<string, StatementSync>,
  verb: Verb<Result>,
  see: (text: string, values: Query["values"]) => void,
): Result {
  for (let step = verb.next(); ;) {
    if (step.done) return step.value;
    const asked = step.value;
    const queries =
      "into" in asked
        ? asked.rows.map((values) => ({ text: asked.into.one, values }))
        : [asked];
    let rows: Rows = [];
    for (const { text, values } of queries) {
      if (text.sqlite === null) continue;
      see(text.sqlite, values);
      const statement =
        prepared.get(text.sqlite) ?? database.prepare(text.sqlite);
      prepared.set(text.sqlite, statement);
      rows = statement.all(...values) as Rows;
    }
    step = verb.next(rows);
  }
}

describe("a revocation of ten thousand", () => {
  for (const [kind, name] of CUTOFFS)
    test(`by ${kind}: each batch goes on where the one before ended, with few statements a row`, async () => {
      const database = await filled(kind, name);
      const rows = kind === "all" ? 4 * MANY : kind === "key" ? MANY : 2 * MANY;
      let [statements, batches, ended] = [0, 0, 0];
      const prepared = new Map<string, StatementSync>();
      const plans = new Set<string>();
      const see = (text: string, values: Query["values"]): void => {
        statements++;
        if (!/^SELECT (grant|token)_id/.test(text)) return;
        const plan = database
          .prepare(`EXPLAIN QUERY PLAN ${text}`)
          .all(...values);
        plans.add(plan.map(({ detail }) => String(detail)).join("; "));
      };
      let from: SettlingPlace | null = null;
      database.exec("BEGIN");
      do {
        const batch: Settled = run(
          database,
          prepared,
          settleRevocations(ISSUER, NOW, LIMIT, from),
          see,
        );
        batches++;
        ended += batch.ended;
        from = batch.next;
      } while (from !== null);
      database.exec("COMMIT");
      assert.equal(ended, rows);
      assert.equal(batches, rows / LIMIT + 1);
      const grants = kind === "key" ? 0 : kind === "all" ? 2 * MANY : MANY;
      // Of a grant its families and tokens too; of a token its place in the lists.
      const most = 3 * grants + 2 * (rows - grants) + 10 * batches;
      assert.ok(statements <= most, `${statements} statements`);
      for (const plan of plans)
        assert.match(
          plan,
          /^SEARCH (grants|access_tokens) USING .*INDEX \w+ \(issuer_id=\?( AND \w+=\?)? AND (grant|token)_id>\?\)$/,
        );
      database.close();
    });
});
