/** A status list is renewed ahead: while the old one is good, no request waits for the new one. */
import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { createGuard, statusLists, type Guard } from "@assay/guard";
import { bearer } from "./door.ts";
import {
  LIST,
  serveFeed,
  until,
  type FeedServer,
} from "./revocation-server.ts";

interface Listed extends AsyncDisposable {
  readonly feed: FeedServer;
  readonly guard: Guard;
  ask(idx: number): Promise<number>;
}

async function listed(): Promise<Listed> {
  const feed = await serveFeed();
  const guard = createGuard({
    issuers: feed.origin,
    audience: feed.issuer.audience,
    clock: feed.clock,
    revocation: statusLists(),
  });
  return {
    feed,
    guard,
    async ask(idx) {
      const headers = bearer(await feed.mint(idx)) as Record<string, string>;
      const judged = await guard.check(
        new Request("https://api.test/", { headers }),
      );
      return judged instanceof Response ? judged.status : 200;
    },
    async [Symbol.asyncDispose]() {
      await guard.close();
      await feed[Symbol.asyncDispose]();
    },
  };
}

test("a hundred requests near the end of ttl bring one fetch, and none of them waits for it", async () => {
  await using it = await listed();
  assert.equal(await it.ask(1), 200);
  it.feed.clock.turn(7.9);
  assert.equal(await it.ask(1), 200);
  assert.equal(it.feed.asked.length, 1);
  const held: ServerResponse[] = [];
  it.feed.list = (to) => held.push(to);
  it.feed.clock.turn(0.2);
  // The list is ten seconds old at most, and its server does not answer.
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => it.ask(1)),
  );
  assert.ok(answers.every((status) => status === 200));
  await until(() => held.length > 0);
  assert.equal(it.feed.asked.length, 2);
  held[0]?.destroy();
});

test("what the renewal brings counts as soon as it is there", async () => {
  await using it = await listed();
  assert.equal(await it.ask(1), 200);
  it.feed.revoke(LIST, 1);
  it.feed.clock.turn(8.1);
  await until(async () => (await it.ask(1)) === 401);
  assert.equal(it.feed.asked.length, 2);
});

test("past ttl a request waits for the new list: a revoked token passes no longer than the issuer said", async () => {
  await using it = await listed();
  assert.equal(await it.ask(1), 200);
  it.feed.revoke(LIST, 1);
  it.feed.clock.turn(10.1);
  assert.equal(await it.ask(1), 401);
});

test("a renewal that fails is tried again after a while, and the old list is good to its own end", async () => {
  await using it = await listed();
  assert.equal(await it.ask(1), 200);
  it.feed.publishes = false;
  it.feed.clock.turn(8.1);
  assert.equal(await it.ask(1), 200);
  await until(() => it.feed.asked.length === 2);
  it.feed.clock.turn(2);
  assert.equal(await it.ask(1), 200);
  it.feed.clock.turn(49.8);
  assert.equal(await it.ask(1), 200);
  it.feed.clock.turn(0.2);
  assert.equal(await it.ask(1), 503);
});

test("close ends a fetch that nobody answers", async () => {
  await using it = await listed();
  it.feed.list = () => {};
  const asking = it.ask(1);
  await until(() => it.feed.asked.length === 1);
  await it.guard.close();
  assert.equal(await asking, 503);
});
