/** Status lists at the HTTP door (draft-ietf-oauth-status-list): what is not known is never "valid". */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  statusLists,
  type GuardOptions,
  type StatusListOptions,
} from "@assay/guard";
import { bearer, openDoor, type Door } from "./door.ts";
import { serveIssuer, text } from "./issuer-server.ts";
import {
  DOUBTFUL_LISTS,
  pack,
  publishLists,
  type ListPublisher,
} from "./list-publisher.ts";

interface Publisher extends ListPublisher, AsyncDisposable {
  readonly door: Door;
  /** Sends a good token with this index. */
  ask(idx: unknown, uri?: string): ReturnType<Door["get"]>;
}

async function publisher(
  options: StatusListOptions = {},
  more: Partial<GuardOptions> = {},
): Promise<Publisher> {
  const server = await serveIssuer();
  const lists = await publishLists(server);
  const door = await openDoor(
    { issuers: server.origin, revocation: statusLists(options), ...more },
    server.issuer,
  );
  return {
    ...lists,
    door,
    ask: async (idx, uri) => door.get(bearer(await lists.mint(idx, uri))),
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const lists = ({ server }: Publisher): number =>
  server.asked.filter((path) => path === "/list").length;

test("admits what is valid, refuses what is invalid or suspended in the same words, and fetches the list once", async () => {
  await using it = await publisher();
  await it.publish();
  assert.equal((await it.ask(0)).status, 200);
  for (const [idx, event] of [
    [1, "invalid"],
    [2, "suspended"],
  ] as const) {
    const answer = await it.ask(idx);
    assert.equal(answer.status, 401);
    assert.equal(
      answer.json()["detail"],
      "The access token is no longer valid.",
    );
    const { reason, evidence } = await it.door.refusal();
    assert.deepEqual(
      [reason, evidence?.["event"]],
      ["revocation.token", event],
    );
  }
  assert.equal(lists(it), 1);
});

for (const [what, prepare, idx] of DOUBTFUL_LISTS)
  test(`leaves the token undecided, never valid: ${what}`, async () => {
    await using it = await publisher();
    await prepare(it);
    const answer = await it.ask(idx ?? 0);
    assert.equal(answer.status, 503);
    assert.ok(answer.headers["retry-after"]);
    const { event, reason } = await it.door.refusal();
    assert.deepEqual(
      [event, reason],
      ["token.undecided", "revocation.unavailable"],
    );
  });

test("goes nowhere that was not named: another origin, plain http, credentials", async () => {
  await using it = await publisher();
  await using other = await serveIssuer();
  for (const uri of [
    `${other.origin}/list`,
    "http://lists.test/list",
    it.server.origin.replace("//", "//user:word@") + "/list",
    "file:///etc/passwd",
  ])
    assert.equal((await it.ask(0, uri)).status, 503, uri);
  assert.deepEqual(other.asked, []);
  await using named = await publisher({ origins: [other.origin] });
  await named.ask(0, `${other.origin}/list`);
  assert.deepEqual(other.asked, ["/list"]);
});

test("looks again after ttl, uses the old list while the server is away, and never past its exp", async () => {
  await using it = await publisher();
  const { clock } = it.server.issuer;
  await it.publish();
  assert.equal((await it.ask(0)).status, 200);
  assert.equal(
    it.door.guard.revocation.age(),
    clock() / 1000 - Math.floor(clock() / 1000),
  );
  clock.turn(61);
  await it.publish({ lst: pack(Uint8Array.of(1)) });
  assert.equal((await it.ask(0)).status, 401);
  clock.turn(61);
  it.server.answers.set("/list", text(503, ""));
  assert.equal((await it.ask(0)).status, 401);
  assert.equal((await it.ask(1)).status, 200);
  const asked = lists(it);
  assert.equal(asked, 3);
  assert.equal((await it.ask(1)).status, 200);
  assert.equal(
    lists(it),
    asked,
    "a server that is away is not asked at each request",
  );
  clock.turn(540);
  assert.equal((await it.ask(1)).status, 503);
});

test("an older list does not take the place of a newer one: what was revoked stays so", async () => {
  await using it = await publisher();
  const { clock } = it.server.issuer;
  const iat = Math.floor(clock() / 1000);
  await it.publish({ lst: pack(Uint8Array.of(1)) });
  assert.equal((await it.ask(0)).status, 401);
  clock.turn(61);
  await it.publish({}, { iat: iat - 30 });
  assert.equal((await it.ask(0)).status, 401);
  assert.equal(lists(it), 2);
  clock.turn(6);
  await it.publish();
  assert.equal((await it.ask(0)).status, 200);
});

test("a hundred requests that need one list bring one fetch", async () => {
  await using it = await publisher();
  await it.publish();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => it.ask(0)),
  );
  assert.ok(answers.every(({ status }) => status === 200));
  assert.equal(lists(it), 1);
});

test("a token that names no list passes, unless one is required", async () => {
  await using it = await publisher();
  assert.equal(
    (await it.door.get(bearer(await it.server.issuer.mint()))).status,
    200,
  );
  await using strict = await publisher({ required: true });
  assert.equal(
    (await strict.door.get(bearer(await strict.server.issuer.mint()))).status,
    503,
  );
});
