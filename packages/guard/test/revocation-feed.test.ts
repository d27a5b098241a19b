/** The feed of revocations at the HTTP door: what is told is refused at once, and peace counts only while heartbeats come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard, revocationFeed } from "@assay/guard";
import { bearer } from "./door.ts";
import { openFeedDoor } from "./revocation-door.ts";
import { CLIENT, LIST, event, serveFeed, until } from "./revocation-server.ts";

test("a token is admitted until it is revoked, and then refused without a look at any list", async () => {
  await using it = await openFeedDoor();
  await it.door.guard.ready();
  assert.deepEqual(it.door.guard.revocation.status(), {
    by: "feed",
    problem: null,
  });
  assert.equal(await it.ask(7), 200);
  it.feed.revoke(LIST, 7);
  await until(async () => (await it.ask(7)) === 401);
  const { reason, evidence } = await it.door.refusal();
  assert.deepEqual(
    [reason, evidence?.["event"]],
    ["revocation.token", "revoked"],
  );
  assert.equal(await it.ask(8), 200);
  assert.equal(await it.ask(7, "second"), 200);
  assert.deepEqual(it.feed.asked, ["/token"]);
  const [request] = it.feed.requests;
  assert.deepEqual(request, {
    after: null,
    resources: [],
    authorization: "Bearer feed-token",
  });
});

test("a guard that starts knows nothing: its first request waits for the snapshot", async () => {
  const feed = await serveFeed();
  feed.revoke(LIST, 3);
  feed.revoke("second", 70_000);
  await using it = await openFeedDoor({}, feed);
  assert.deepEqual(
    await Promise.all([it.ask(3), it.ask(4), it.ask(70_000, "second")]),
    [401, 200, 401],
  );
  assert.equal(feed.requests.length, 1);
  assert.equal(it.door.guard.revocation.age(), 0);
});

test("after a break it goes on from the last number, with the resources that it knows", async () => {
  await using it = await openFeedDoor();
  it.feed.revoke(LIST, 1);
  await it.door.guard.ready();
  for (const why of ["token_over", "stopping", undefined]) {
    const asked = it.feed.requests.length;
    const idx = 10 + asked;
    it.feed.end(why);
    it.feed.revoke(LIST, idx);
    await it.connectedAfter(asked);
    assert.deepEqual(it.feed.requests.at(-1), {
      after: it.feed.seq - 1,
      resources: it.feed.resources,
      authorization: "Bearer feed-token",
    });
    await until(async () => (await it.ask(idx)) === 401);
  }
  assert.equal(await it.ask(1), 401);
  assert.equal(await it.ask(2), 200);
  assert.deepEqual(
    it.statuses.map(({ by }) => by),
    ["feed"],
  );
});

test("what the client may see has changed: everything is asked for anew", async () => {
  await using it = await openFeedDoor();
  await it.door.guard.ready();
  it.feed.resources = ["https://other.test", it.feed.issuer.audience];
  it.feed.end("access_changed");
  await it.connectedAfter(1);
  assert.deepEqual(
    [it.feed.requests[1]?.after, it.feed.requests[1]?.resources],
    [null, []],
  );
});

test("a resource that may not be seen any more leads to a new start", async () => {
  await using it = await openFeedDoor();
  await it.door.guard.ready();
  it.feed.refuse = (to) => {
    to.writeHead(400, { "content-type": "application/json" });
    to.end('{"error":"invalid_target"}');
  };
  it.feed.end();
  await it.connectedAfter(1);
  it.feed.refuse = null;
  await it.connectedAfter(2);
  assert.deepEqual(
    it.feed.requests.map(({ after }) => after),
    [null, 0, null],
  );
});

test("of a resource that the feed does not tell, the status list decides", async () => {
  await using it = await openFeedDoor();
  const { audience } = it.feed.issuer;
  it.feed.resources = ["https://other.test"];
  it.feed.revoke(LIST, 5);
  await it.door.guard.ready();
  assert.equal(await it.ask(6), 200);
  assert.deepEqual(it.feed.asked, ["/token", `/status-lists/${LIST}`]);
  it.feed.resources = ["https://other.test", audience];
  it.feed.end("access_changed");
  await it.connectedAfter(1);
  await it.live();
  it.feed.publishes = false;
  await until(async () => (await it.ask(6, "third")) === 200);
  assert.equal(
    await it.ask(6, "third", { aud: [audience, "https://third.test"] }),
    503,
  );
});

test("a token under a key that is not published any more is over, and the keys are fetched anew", async () => {
  await using it = await openFeedDoor();
  const { clock } = it.feed;
  const old = await it.feed.mint(1);
  clock.turn(2);
  await it.door.guard.ready();
  assert.equal((await it.door.get(bearer(old))).status, 200);
  it.feed.kids = ["another"];
  await until(async () => (await it.door.get(bearer(old))).status === 401);
  const { reason, evidence } = await it.door.refusal();
  assert.deepEqual(
    [reason, evidence?.["event"]],
    ["revocation.key", "withdrawn"],
  );
  // It may be newer than the heartbeat: nothing can be said yet.
  assert.equal(await it.ask(1), 503);
  await it.feed.issuer.rotate({ drop: true });
  it.feed.kids = null;
  it.feed.etag = '"2"';
  await until(async () => (await it.ask(1)) === 200);
  await until(async () => (await it.door.get(bearer(old))).status === 401);
});

test("tokens of another issuer of the guard are judged by its status lists", async () => {
  await using it = await openFeedDoor();
  await using other = await serveFeed();
  const guard = createGuard({
    issuers: [it.feed.origin, other.origin],
    audience: other.issuer.audience,
    clock: other.clock,
    revocation: revocationFeed({ issuer: it.feed.origin, ...CLIENT }),
  });
  other.revoke(LIST, 1);
  const ask = async (idx: number): Promise<number> => {
    const headers = bearer(await other.mint(idx)) as Record<string, string>;
    const judged = await guard.check(
      new Request("https://api.test/", { headers }),
    );
    return judged instanceof Response ? judged.status : 200;
  };
  assert.deepEqual([await ask(1), await ask(2)], [401, 200]);
  assert.deepEqual(other.asked, [`/status-lists/${LIST}`]);
  await guard.close();
});

test("silence is no peace: past five seconds the status list decides, and says so; the feed decides again when it is back", async () => {
  await using it = await openFeedDoor();
  await it.door.guard.ready();
  it.feed.beats = false;
  it.feed.revoke(LIST, 1);
  // What was on its way has come by then.
  await until(async () => (await it.ask(1)) === 401);
  it.feed.clock.turn(4.9);
  assert.equal(await it.ask(2), 200);
  assert.deepEqual(it.feed.asked, ["/token"]);
  it.feed.clock.turn(0.2);
  const status = it.door.guard.revocation.status();
  assert.equal(status?.by, "status_list");
  assert.match(
    status?.problem ?? "",
    /the last heartbeat of the feed is 5\.1 s old/,
  );
  assert.ok((it.door.guard.revocation.age() ?? 0) > 5);
  assert.equal(await it.ask(2), 200);
  assert.deepEqual(it.feed.asked, ["/token", `/status-lists/${LIST}`]);
  // What was told stays true, whatever a list of another moment says.
  assert.equal(await it.ask(1), 401);
  it.feed.publishes = false;
  assert.equal(await it.ask(2, "second"), 503);
  await it.door.guard.settled();
  const last = it.door.events.at(-1);
  assert.match(
    JSON.stringify(last),
    /the last heartbeat of the feed is .* s old; HTTP status 503/,
  );
  await until(() => it.statuses.length === 2);
  it.feed.beats = true;
  await it.live();
  assert.equal(await it.ask(2, "second"), 200);
  await until(() => it.statuses.length === 3);
  assert.deepEqual(
    it.statuses.map(({ by }) => by),
    ["feed", "status_list", "feed"],
  );
});

test("without status lists the step is undecided, or waived where the operator wants it so", async () => {
  for (const [whenRevocationUnknown, expected] of [
    ["refuse", 503],
    ["admit", 200],
  ] as const) {
    await using feed = await serveFeed();
    const guard = createGuard({
      issuers: feed.origin,
      audience: feed.issuer.audience,
      clock: feed.clock,
      whenRevocationUnknown,
      revocation: revocationFeed({
        issuer: feed.origin,
        ...CLIENT,
        statusLists: false,
        maxAge: 3,
      }),
    });
    await guard.ready();
    feed.beats = false;
    feed.clock.turn(3.1);
    const headers = bearer(await feed.mint(1)) as Record<string, string>;
    const judged = await guard.check(
      new Request("https://api.test/", { headers }),
    );
    assert.equal(judged instanceof Response ? judged.status : 200, expected);
    assert.equal(guard.revocation.status()?.by, "nothing");
    assert.deepEqual(feed.asked, ["/token"]);
    await guard.close();
  }
});

test("a clock that is set back makes nothing young again", async () => {
  let passed = 0;
  await using it = await openFeedDoor({ monotonic: () => passed });
  await it.door.guard.ready();
  it.feed.beats = false;
  passed += 6000;
  it.feed.clock.turn(-3600);
  assert.equal(it.door.guard.revocation.status()?.by, "status_list");
});

test("a connection on which nothing comes is given up, and the next goes on from the last number", async () => {
  await using it = await openFeedDoor();
  it.feed.revoke(LIST, 1);
  await it.door.guard.ready();
  it.feed.beats = false;
  it.feed.revoke(LIST, 2);
  // What was on its way has come by then.
  await until(async () => (await it.ask(2)) === 401);
  await it.connectedAfter(1);
  assert.equal(it.feed.requests[1]?.after, 2);
  await until(() => it.feed.connections.size === 1);
});

test("heartbeats that are old when they come are named: the clocks differ", async () => {
  await using it = await openFeedDoor();
  await it.door.guard.ready();
  it.feed.beats = false;
  const jwt = await it.feed.heartbeat({ iat: it.feed.clock() / 1000 - 600 });
  it.feed.send(event("heartbeat", jwt, it.feed.seq));
  await until(() => it.door.guard.revocation.status()?.by === "status_list");
  assert.match(
    it.door.guard.revocation.status()?.problem ?? "",
    /600 s old when they come: the clocks of issuer and guard differ/,
  );
});

test("a snapshot is taken anew after half a day, so that what is over by itself goes", async () => {
  let passed = 0;
  await using it = await openFeedDoor({ monotonic: () => passed });
  it.feed.revoke(LIST, 1);
  await it.door.guard.ready();
  assert.equal(await it.ask(1), 401);
  it.feed.revoked.clear();
  passed += 13 * 3600 * 1000;
  it.feed.end("token_over");
  await it.connectedAfter(1);
  assert.equal(it.feed.requests[1]?.after, null);
  await until(async () => (await it.ask(1)) === 200);
});

test("close ends the connection, and no other is opened", async () => {
  await using it = await openFeedDoor();
  await it.door.guard.ready();
  await until(() => it.feed.connections.size === 1);
  await it.door.guard.close();
  await until(() => it.feed.connections.size === 0);
  assert.equal(await it.ask(1), 200);
  assert.equal(it.feed.requests.length, 1);
  it.feed.clock.turn(6);
  assert.notEqual(await it.ask(1), 401);
});

test("close also ends what has not begun to answer", async () => {
  await using it = await openFeedDoor();
  it.feed.refuse = () => {};
  const asking = it.ask(1);
  await it.connectedAfter(0);
  await it.door.guard.close();
  assert.equal(await asking, 503);
});

test("options that are wrong are refused when they are written", async () => {
  const issuer = "https://issuer.test";
  assert.throws(() => revocationFeed({ issuer, clientId: "api" }), TypeError);
  assert.throws(
    () =>
      revocationFeed({
        issuer,
        clientId: "api",
        clientSecret: "a",
        authorization: () => "Bearer a",
      }),
    TypeError,
  );
  assert.throws(
    () => revocationFeed({ issuer, ...CLIENT, maxAge: 0 }),
    /maxAge/,
  );
  assert.throws(
    () => revocationFeed({ issuer: "http://issuer.test", ...CLIENT }),
    /expected an https URL/,
  );
  assert.throws(
    () =>
      createGuard({
        issuers: "https://other.test",
        audience: null,
        revocation: revocationFeed({ issuer, ...CLIENT }),
      }),
    /expected one of the guard's issuers/,
  );
});

test("a token of its own may take the place of the client's secret", async () => {
  const { clientId } = CLIENT;
  await using feed = await serveFeed();
  const guard = createGuard({
    issuers: feed.origin,
    audience: feed.issuer.audience,
    clock: feed.clock,
    revocation: revocationFeed({
      issuer: feed.origin,
      clientId,
      authorization: async () => "Bearer mine",
      resources: [feed.issuer.audience],
    }),
  });
  await guard.ready();
  assert.deepEqual(feed.requests, [
    {
      after: null,
      resources: [feed.issuer.audience],
      authorization: "Bearer mine",
    },
  ]);
  assert.deepEqual(feed.asked, []);
  await guard.close();
});
