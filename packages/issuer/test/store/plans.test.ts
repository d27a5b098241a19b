/** What is asked often finds its few rows by an index that names them, and walks through nothing that grows. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { MIGRATIONS } from "../../src/store/migrations/migrations.ts";
import { readJournal, trimJournal } from "../../src/store/sql/journal-rows.ts";
import type { Rows, Verb } from "../../src/store/sql/query.ts";
import {
  findRefreshToken,
  useRefreshToken,
} from "../../src/store/sql/refresh-rows.ts";
import type { JournalFilter } from "../../src/store/store.ts";
import { openTemporaryStore } from "../temporary-store.ts";
import { World } from "./world.ts";

const database = new DatabaseSync(":memory:");
after(() => database.close());
for (const { statements } of MIGRATIONS)
  for (const statement of statements) database.exec(statement);

/** The plans of what a verb asks, as long as each answer is `rows`. */
function plansOf(verb: Verb<unknown>, rows: Rows, most = 20): string {
  const plans: string[] = [];
  for (
    let step = verb.next([]);
    step.done !== true && plans.length < most;
    step = verb.next(rows)
  ) {
    if ("into" in step.value || step.value.text.sqlite === null) continue;
    const { text, values } = step.value;
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${text.sqlite}`)
      .all(...values);
    plans.push(plan.map(({ detail }) => String(detail)).join("; "));
  }
  return plans.join("\n");
}

describe("the plan", () => {
  for (const [filter, index] of [
    [{ tokenId: "t" }, /INDEX journal_by_token .*journal_tokens USING PRIMARY/],
    [{ grantId: "g" }, /INDEX journal_by_grant /],
    [{ personalKeyId: "p" }, /INDEX journal_by_person /],
    [
      { tokenId: "t", grantId: "g", event: "token.issued" },
      /INDEX journal_by_grant /,
    ],
  ] satisfies (readonly [Omit<JournalFilter, "limit">, RegExp])[])
    test(`of the journal by ${Object.keys(filter).join(", ")}`, () => {
      for (const newestFirst of [false, true]) {
        const plan = plansOf(
          readJournal("i", { ...filter, newestFirst, limit: 9 }),
          [],
        );
        assert.match(plan, index);
        assert.doesNotMatch(plan, /SCAN|journal_by_sequence/);
      }
    });

  test("of what goes with the front of the journal", () => {
    const row = {
      id: "1",
      sequence: 1,
      hash: "h",
      at: 1,
      event: "token.issued",
      client_id: null,
      grant_id: null,
      token_id: null,
      resource: null,
      facts: null,
      personal_key: "p",
      personal: "c",
      further: '[{"event":"token.issued","tokenId":"t"}]',
    };
    const plan = plansOf(trimJournal("i", 2, 9), [row]);
    assert.match(plan, /INDEX journal_by_person /);
    assert.match(plan, /journal_tokens USING PRIMARY KEY/);
    assert.doesNotMatch(plan, /SCAN/);
  });

  test("of a refresh token, by what its text names and by the digest of an old one", async () => {
    const place = await openTemporaryStore();
    const world = new World(place.store);
    for (const [name, index] of [
      [
        { familyId: "f", generation: 1, digest: "d" },
        /autoindex_refresh_tokens_1 \(issuer_id=\? AND family_id=\? AND generation=\?\)/,
      ],
      [
        { digest: "d" },
        /refresh_tokens_unnamed \(issuer_id=\? AND digest=\?\)/,
      ],
    ] as const)
      for (const verb of [
        findRefreshToken("i", name),
        useRefreshToken("i", world.use(name)),
      ]) {
        const plan = plansOf(verb, []);
        assert.match(plan, index);
        assert.doesNotMatch(plan, /SCAN/);
      }
    await place.close();
  });
});
