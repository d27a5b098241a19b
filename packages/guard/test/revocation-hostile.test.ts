/** A server of the feed that lies, breaks, or is not who it should be: nothing of it is believed, and nothing is lost by it. */
import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { testClock } from "@assay/guard/testing";
import { generateKey } from "@assay/token";
import { bearer } from "./door.ts";
import { FeedFault } from "../src/revocation/feed-fault.ts";
import { pauseAfter } from "../src/revocation/feed-pause.ts";
import { openFeedDoor } from "./revocation-door.ts";
import {
  event,
  LIST,
  serveFeed,
  until,
  type FeedServer,
} from "./revocation-server.ts";

const revoked = (feed: FeedServer, members: object): string =>
  event(
    "revoked",
    JSON.stringify({
      seq: feed.seq + 1,
      resource: feed.issuer.audience,
      list: LIST,
      idx: 2,
      exp: 1,
      ...members,
    }),
    feed.seq + 1,
  );
const beat = async (
  feed: FeedServer,
  ...signing: Parameters<FeedServer["heartbeat"]>
): Promise<string> =>
  event("heartbeat", await feed.heartbeat(...signing), feed.seq);
const part = async (
  feed: FeedServer,
  claims: object,
  id: number | null = feed.seq,
): Promise<string> =>
  event(
    "snapshot",
    await feed.snapshot({ lists: [{ list: LIST, indexes: [2] }], ...claims }),
    id,
  );

/** What it says, and whether the number that is known is of use after it. */
const LIES: readonly [
  string,
  "resumes" | "starts anew",
  (feed: FeedServer) => string | Promise<string>,
][] = [
  [
    "a heartbeat of a stranger",
    "resumes",
    async (feed) => beat(feed, {}, { key: await generateKey("ES256") }),
  ],
  [
    "a snapshot of a stranger",
    "resumes",
    async (feed) =>
      event(
        "snapshot",
        await feed.snapshot({}, { key: await generateKey("ES256") }),
        feed.seq,
      ),
  ],
  [
    "a heartbeat without a signature",
    "resumes",
    async (feed) => {
      const [, claims] = (await feed.heartbeat()).split(".");
      return event("heartbeat", `${btoa('{"alg":"none"}')}.${claims}.`, 9);
    },
  ],
  [
    "another JWT of the issuer as a heartbeat",
    "resumes",
    async (feed) => beat(feed, {}, { header: { typ: "at+jwt" } }),
  ],
  [
    "a heartbeat of another issuer",
    "resumes",
    async (feed) => beat(feed, { iss: "https://other.test" }),
  ],
  [
    "a heartbeat of tomorrow",
    "resumes",
    async (feed) => beat(feed, { iat: feed.clock() / 1000 + 86_400 }),
  ],
  [
    "a heartbeat without kids",
    "resumes",
    async (feed) => beat(feed, { kids: "all" }),
  ],
  [
    "a heartbeat that tells more than was told",
    "starts anew",
    async (feed) => beat(feed, { seq: feed.seq + 1 }),
  ],
  [
    "a heartbeat of a number that was there before",
    "starts anew",
    async (feed) => event("heartbeat", await feed.heartbeat({ seq: 0 }), 0),
  ],
  [
    "a heartbeat without a number",
    "starts anew",
    async (feed) => event("heartbeat", await feed.heartbeat(), null),
  ],
  [
    "a number that is none",
    "resumes",
    async (feed) => event("heartbeat", await feed.heartbeat(), "1e9"),
  ],
  [
    "a revocation whose number was there before",
    "starts anew",
    (feed) =>
      event(
        "revoked",
        JSON.stringify({ seq: feed.seq, list: LIST, idx: 2 }),
        feed.seq,
      ),
  ],
  [
    "a revocation under two numbers",
    "resumes",
    (feed) => revoked(feed, { seq: feed.seq + 2 }),
  ],
  [
    "a place beyond any list",
    "resumes",
    (feed) => revoked(feed, { idx: 2 ** 26 }),
  ],
  ["a place below 0", "resumes", (feed) => revoked(feed, { idx: -1 })],
  ["a list without a name", "resumes", (feed) => revoked(feed, { list: "" })],
  ["what is no JSON", "resumes", () => event("revoked", "{", 9)],
  ["what is no object", "resumes", () => event("revoked", "[]", 9)],
  ["an event that nobody knows", "resumes", () => event("pardoned", "{}", 9)],
  [
    "the snapshot of another client",
    "resumes",
    async (feed) => part(feed, { aud: "another" }),
  ],
  [
    "a snapshot of long ago",
    "resumes",
    async (feed) => part(feed, { iat: feed.clock() / 1000 - 120 }),
  ],
  [
    "a snapshot that begins with its second part",
    "starts anew",
    async (feed) => part(feed, { part: 2 }),
  ],
  [
    "a snapshot whose second part comes twice",
    "starts anew",
    async (feed) =>
      (await part(feed, { last: false }, null)) +
      (await part(feed, { part: 2, last: false }, null)) +
      (await part(feed, { part: 2, last: true })),
  ],
  [
    "a snapshot that ends before its last part",
    "starts anew",
    async (feed) => part(feed, { last: false }),
  ],
  [
    "a snapshot of two numbers",
    "starts anew",
    async (feed) =>
      (await part(feed, { last: false }, null)) +
      (await part(feed, { part: 2, last: true, seq: feed.seq + 1 })),
  ],
  [
    "a heartbeat in the middle of a snapshot",
    "starts anew",
    async (feed) =>
      (await part(feed, { last: false }, null)) + (await beat(feed)),
  ],
  [
    "lists that are no lists",
    "resumes",
    async (feed) => part(feed, { lists: [{ list: LIST, indexes: ["2"] }] }),
  ],
  ["an event without end", "resumes", () => `data: ${"a".repeat(2 ** 20)}`],
  [
    "an event of endless lines",
    "resumes",
    () => `data: ${"a".repeat(1000)}\n`.repeat(1100),
  ],
];

for (const [what, then, lie] of LIES)
  test(`${what}: not believed, and the guard ${then}`, async () => {
    await using it = await openFeedDoor({ statusLists: false });
    it.feed.revoke(LIST, 1);
    await it.door.guard.ready();
    it.feed.beats = false;
    it.feed.send(await lie(it.feed));
    await it.connectedAfter(1);
    assert.equal(
      it.feed.requests[1]?.after,
      then === "resumes" ? it.feed.seq : null,
    );
    it.feed.beats = true;
    it.feed.revoke(LIST, 3);
    await until(async () => (await it.ask(3)) === 401);
    assert.deepEqual([await it.ask(1), await it.ask(2)], [401, 200]);
  });

const page = (status: number, headers: Record<string, string>, body = "") => ({
  answer: (to: ServerResponse): void => {
    to.writeHead(status, headers);
    to.end(body);
  },
});

test("what is no feed is no peace: the token is undecided until there is one", async () => {
  await using other = await serveFeed();
  const answers = {
    "a refusal": page(401, {}),
    "a fault": page(500, {}),
    "too many feeds": page(429, { "retry-after": "0" }),
    "a login page": page(200, { "content-type": "text/html" }, "<html>"),
    "nothing at all": page(204, {}),
    "another place": page(302, { location: `${other.origin}/revocations` }),
  };
  for (const [what, { answer }] of Object.entries(answers)) {
    await using it = await openFeedDoor({ statusLists: false });
    it.feed.refuse = answer;
    assert.equal(await it.ask(1), 503, what);
    assert.equal((await it.door.refusal()).reason, "revocation.unavailable");
    it.feed.refuse = null;
    await until(async () => (await it.ask(1)) === 200);
  }
  assert.deepEqual(other.requests, []);
});

test("clocks that differ by ten minutes are named, and nothing is called revoked", async () => {
  for (const seconds of [600, -600]) {
    await using it = await openFeedDoor({ statusLists: false });
    it.feed.beats = false;
    it.feed.begin = async (to) => {
      const iat = it.feed.clock() / 1000 + seconds;
      to.write(event("snapshot", await it.feed.snapshot({ iat }), 0));
    };
    assert.equal(await it.ask(1), 503);
    const { reason, evidence } = await it.door.refusal();
    assert.equal(reason, "revocation.unavailable");
    assert.match(
      String(evidence?.["problem"]),
      /the clocks of issuer and guard differ/,
    );
  }
});

test("a heartbeat of before, sent again, brings no withdrawn key back", async () => {
  await using it = await openFeedDoor({ statusLists: false });
  const iat = Math.floor(it.feed.clock() / 1000) - 10;
  await it.door.guard.ready();
  const old = await it.feed.heartbeat();
  assert.equal(await it.ask(1, LIST, { iat }), 200);
  it.feed.clock.turn(1);
  it.feed.kids = [];
  await until(async () => (await it.ask(1, LIST, { iat })) === 401);
  it.feed.beats = false;
  it.feed.send(event("heartbeat", old, it.feed.seq));
  it.feed.end("stopping");
  await it.connectedAfter(1);
  assert.equal(await it.ask(1, LIST, { iat }), 401);
});

test("a token that names no key is undecided: nobody can say whether its key was withdrawn", async () => {
  // One key of the algorithm: without a kid it is clear which is meant, and not whether it is still published.
  const feed = await serveFeed(testClock(), "RS256");
  await using it = await openFeedDoor({ statusLists: false }, feed);
  await it.door.guard.ready();
  const uri = `${it.feed.origin}/status-lists/${LIST}`;
  const token = await it.feed.issuer.mint({
    header: { kid: undefined },
    claims: { status: { status_list: { idx: 1, uri } } },
  });
  assert.equal((await it.door.get(bearer(token))).status, 503);
  const { reason, evidence } = await it.door.refusal();
  assert.equal(reason, "revocation.unavailable");
  assert.match(String(evidence?.["problem"]), /key is not among/);
  assert.equal(await it.ask(1), 200);
});

test("wrong credentials are told, with what the client needs, and the secret is not", async () => {
  await using it = await openFeedDoor({
    statusLists: false,
    clientSecret: "not this one",
  });
  await it.door.guard.ready();
  assert.deepEqual(it.door.guard.revocation.status(), {
    by: "nothing",
    problem: `the feed cannot be read: no token for the feed: HTTP status 401; the client needs the grant client_credentials, the resource ${it.feed.origin}/revocations and the scope revocations:read`,
  });
  assert.deepEqual(it.feed.requests, []);
});

test("a stream that says nothing that can be believed leaves every token undecided", async () => {
  await using it = await openFeedDoor({ statusLists: false });
  it.feed.beats = false;
  it.feed.begin = async (to) => {
    to.write(
      event("snapshot", await it.feed.snapshot({ aud: "another" }), 0) +
        event("heartbeat", await it.feed.heartbeat(), 0),
    );
  };
  assert.equal(await it.ask(1), 503);
  it.feed.begin = async (to) => {
    to.write(event("heartbeat", await it.feed.heartbeat(), 0));
  };
  await it.connectedAfter(2);
  assert.equal(await it.ask(1), 503);
});

test("a server that starts anew with smaller numbers is read from the start", async () => {
  await using it = await openFeedDoor({ statusLists: false });
  it.feed.seq = 50;
  it.feed.revoke(LIST, 1);
  await it.door.guard.ready();
  assert.equal(await it.ask(1), 401);
  const restart = (idx: number): void => {
    it.feed.end("stopping");
    it.feed.revoked.clear();
    it.feed.seq = 0;
    it.feed.revoke(LIST, idx);
  };
  // It knows that 51 is not of its history, and sends a snapshot.
  restart(2);
  await until(async () => (await it.ask(2)) === 401);
  assert.equal(it.feed.requests[1]?.after, 51);
  assert.equal(await it.ask(1), 200);
  // It does not, and goes on as if nothing had been.
  it.feed.seq = 9;
  it.feed.revoke(LIST, 3);
  await until(async () => (await it.ask(3)) === 401);
  it.feed.begin = async () => {};
  const asked = it.feed.requests.length;
  restart(4);
  await it.connectedAfter(asked);
  assert.equal(it.feed.requests.at(-1)?.after, 10);
  it.feed.begin = null;
  await until(async () => (await it.ask(4)) === 401);
  assert.equal(it.feed.requests.at(-1)?.after, null);
});

test("a guard has room for so much and no more: beyond it the feed does not decide, and what was told stays true", async () => {
  await using it = await openFeedDoor({ statusLists: false, maxBytes: 4000 });
  it.feed.revoke(LIST, 1);
  await it.door.guard.ready();
  for (let list = 0; list < 20; list++) it.feed.revoke(`list ${list}`, 1);
  await it.connectedAfter(1);
  assert.equal(it.feed.requests[1]?.after, null);
  it.feed.clock.turn(6);
  await until(() =>
    /more revocations than 4000 bytes hold/.test(
      it.door.guard.revocation.status()?.problem ?? "",
    ),
  );
  assert.equal(await it.ask(1), 401);
  assert.equal(await it.ask(2), 503);
});

test("the pause before the next connection grows, is spread, and heeds what the server asks for", () => {
  const broken = new FeedFault("the connection broke");
  const refused = new FeedFault("HTTP status 401", { isRefusal: true });
  const busy = new FeedFault("HTTP status 429", { retryAfter: 20 });
  const endless = new FeedFault("HTTP status 503", { retryAfter: 999_999 });
  const pauses = (fault: FeedFault, failures: number): readonly number[] => [
    pauseAfter(fault, failures, 0),
    pauseAfter(fault, failures, 1),
  ];
  assert.deepEqual(pauses(broken, 0), [125, 250]);
  assert.deepEqual(pauses(broken, 3), [1000, 2000]);
  assert.deepEqual(pauses(broken, 1000), [2500, 5000]);
  assert.deepEqual(pauses(refused, 1000), [30_000, 60_000]);
  assert.deepEqual(pauses(busy, 0), [20_000, 25_000]);
  assert.deepEqual(pauses(endless, 0), [60_000, 75_000]);
});
