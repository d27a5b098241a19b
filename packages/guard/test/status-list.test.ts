/** Status lists at the HTTP door (draft-ietf-oauth-status-list): what is not known is never "valid". */
import assert from "node:assert/strict";
import { deflateSync, gzipSync } from "node:zlib";
import { test } from "node:test";
import {
  statusLists,
  type GuardOptions,
  type StatusListOptions,
} from "@assay/guard";
import { sign, type Key } from "@assay/token";
import { generateKey, exportKey } from "@assay/token";
import { bearer, openDoor, type Door } from "./door.ts";
import { serveIssuer, text, type IssuerServer } from "./issuer-server.ts";

const TYPE = { "content-type": "application/statuslist+jwt" };

interface Publisher extends AsyncDisposable {
  readonly server: IssuerServer;
  readonly door: Door;
  readonly key: Key;
  /** Publishes a list; `claims` and `list` go before what is usual. */
  publish(list?: object, claims?: object, header?: object): Promise<void>;
  /** Sends a good token with this index. */
  ask(idx: unknown, uri?: string): ReturnType<Door["get"]>;
}

const pack = (bytes: Uint8Array): string =>
  deflateSync(bytes).toString("base64url");

async function publisher(
  options: StatusListOptions = {},
  more: Partial<GuardOptions> = {},
): Promise<Publisher> {
  const server = await serveIssuer();
  const key = await generateKey("ES256");
  server.answers.set(
    "/jwks",
    text(
      200,
      JSON.stringify({
        keys: [...server.issuer.jwks.keys, exportKey(key, { secret: false })],
      }),
      { "content-type": "application/json" },
    ),
  );
  const door = await openDoor(
    { issuers: server.origin, revocation: statusLists(options), ...more },
    server.issuer,
  );
  const usual = `${server.origin}/list`;
  return {
    server,
    door,
    key,
    async publish(list = {}, claims = {}, header = {}) {
      const now = Math.floor(server.issuer.clock() / 1000);
      const jwt = await sign(
        {
          sub: usual,
          iat: now,
          exp: now + 600,
          ttl: 60,
          // Index 0: valid, 1: invalid, 2: suspended, 3: of a meaning that nobody knows.
          status_list: {
            bits: 2,
            lst: pack(Uint8Array.of(0b11_10_01_00)),
            ...list,
          },
          ...claims,
        },
        key,
        { header: { typ: "statuslist+jwt", ...header } },
      );
      server.answers.set("/list", text(200, jwt, TYPE));
    },
    ask: async (idx, uri = usual) =>
      door.get(
        bearer(
          await server.issuer.mint({
            claims: { status: { status_list: { idx, uri } } },
          }),
        ),
      ),
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

const LATER = 4_000_000_000;
const DOUBTS: readonly [string, (it: Publisher) => Promise<void>, unknown?][] =
  [
    [
      "a list for another uri",
      (it) => it.publish({}, { sub: "https://other.test/list" }),
    ],
    ["an index beyond the list", (it) => it.publish(), 4],
    ["an index below 0", (it) => it.publish(), -1],
    ["an index that is no number", (it) => it.publish(), "0"],
    ["a status that nobody knows", (it) => it.publish(), 3],
    ["three bits a status", (it) => it.publish({ bits: 3 })],
    ["a list that is not packed", (it) => it.publish({ lst: "AAAA" })],
    [
      "a list that is gzip",
      (it) =>
        it.publish({ lst: gzipSync(Uint8Array.of(0)).toString("base64url") }),
    ],
    [
      "a bomb",
      (it) => it.publish({ lst: pack(new Uint8Array(32 * 1024 * 1024)) }),
    ],
    [
      "an expired list",
      (it) => it.publish({}, { exp: 1_000_000_000, iat: 999_999_000 }),
    ],
    ["a list without iat", (it) => it.publish({}, { iat: undefined })],
    ["a list of tomorrow", (it) => it.publish({}, { nbf: LATER })],
    ["another kind of token", (it) => it.publish({}, {}, { typ: "at+jwt" })],
    [
      "a list of a stranger",
      async (it) => {
        const stranger = await generateKey("ES256");
        const jwt = await sign(
          {
            sub: `${it.server.origin}/list`,
            iat: 1,
            status_list: { bits: 1, lst: pack(Uint8Array.of(0)) },
          },
          stranger,
          { header: { typ: "statuslist+jwt" } },
        );
        it.server.answers.set("/list", text(200, jwt, TYPE));
      },
    ],
    ["no list", async () => {}],
    [
      "a server that fails",
      async (it) => {
        it.server.answers.set("/list", text(500, ""));
      },
    ],
    [
      "a way to somewhere else",
      async (it) => {
        it.server.answers.set(
          "/list",
          text(302, "", { location: `${it.server.origin}/other` }),
        );
      },
    ],
  ];

for (const [what, prepare, idx] of DOUBTS)
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
