/** A guard tells a real issuer over a line that fails: no event is written twice, and none is lost without a word. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tellIssuer, type AuditEvent, type GuardFetch } from "@assay/guard";
import {
  API,
  runIssuer,
  type RunningIssuer,
} from "../interop/running-issuer.ts";

const counted = (count: number): AuditEvent => ({
  event: "audit.counted",
  at: "2026-11-26T09:00:00.000Z",
  since: "2026-11-26T08:59:00.000Z",
  count,
  reasons: {},
});

async function journalOf({
  issuer,
}: RunningIssuer): Promise<readonly string[]> {
  const { store } = issuer.context;
  while ((await store.seal(1000)).entries > 0);
  const entries = await store.readJournal({ origin: "guards", limit: 1000 });
  return entries.map(({ event, facts }) =>
    event === "guard.gap"
      ? `${facts?.["count"]} missing from ${facts?.["from"]}`
      : String(facts?.["count"]),
  );
}

test("answers that are lost, an issuer that is away, and a queue that is full", async () => {
  const running = await runIssuer();
  const clientSecret = await running.addClient({
    clientId: "api",
    introspects: [API],
  });
  let line: "good" | "answer lost" | "away" = "good";
  const fetching: GuardFetch = async (url, init) => {
    if (line === "away") throw new TypeError("fetch failed");
    const response = await fetch(url, init);
    if (line === "good") return response;
    await response.body?.cancel();
    throw new TypeError("terminated");
  };
  const sink = tellIssuer({
    endpoint: `${running.url}/guard-events`,
    clientId: "api",
    clientSecret,
    resource: API,
    queue: 5,
    // Only what the test asks for is sent.
    gatherFor: 3_600_000,
    longestWait: 3_600_000,
    fetch: fetching,
  });
  sink(counted(1));
  sink(counted(2));
  line = "answer lost";
  await sink.settled();
  assert.equal(sink.waiting(), 2, "it cannot know that they were written");
  assert.deepEqual(await journalOf(running), ["1", "2"]);
  line = "good";
  sink(counted(3));
  await sink.settled();
  assert.deepEqual(await journalOf(running), ["1", "2", "3"]);

  line = "away";
  for (let i = 4; i <= 12; i++) sink(counted(i));
  await sink.settled();
  assert.deepEqual([sink.waiting(), sink.dropped()], [5, 4]);
  line = "good";
  await sink.settled();
  sink(counted(13));
  await sink.settled();
  assert.deepEqual(await journalOf(running), [
    ..."1 2 3 4 5 6 7 8".split(" "),
    "4 missing from 9",
    "13",
  ]);
  await running.close();
});
