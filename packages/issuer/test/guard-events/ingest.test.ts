/** Who may tell the issuer what a guard saw, in which form, and how much. At the HTTP door of a whole issuer. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  API,
  ISSUER,
  OTHER,
  apiClient,
  json,
  openRevocationBed,
  type RevocationBed,
} from "../revocation/revocation-bed.ts";
import {
  refused,
  send,
  taken,
  told,
  type Sending,
  type Told,
} from "./telling.ts";

let bed: RevocationBed;
beforeEach(async () => {
  bed = await openRevocationBed();
});
afterEach(async () => bed.close());

describe("who may tell", () => {
  it("is a client with a secret, of the resources that it introspects", async () => {
    const nobody = await bed.fetch("/guard-events", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    assert.equal(nobody.status, 401);
    const wrong = await send(
      bed,
      [refused(1)],
      {},
      {
        headers: { authorization: `Basic ${btoa("api:wrong")}` },
      },
    );
    assert.equal(wrong.status, 401);
    for (const resource of [OTHER, ISSUER, "https://nobody.example"]) {
      const other = await send(bed, [refused(1)], { resource });
      assert.equal(other.status, 400);
      assert.equal((await json(other))["error"], "invalid_target");
    }
    const app = await send(bed, [refused(1)], {}, { clientId: "app" });
    assert.equal((await json(app))["error"], "invalid_target");
    assert.deepEqual(await told(bed), []);
    assert.equal(await taken(bed, [refused(1)]), 2);
  });

  it("is not a client without a secret, nor one that is disabled", async () => {
    await bed.put({ ...apiClient("public", [API]), authentication: "none" });
    const answer = await bed.fetch("/guard-events?client_id=public", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    assert.equal(answer.status, 401);
    await bed.put({ ...apiClient("api", [API]), disabledAt: 1 });
    assert.equal((await send(bed, [refused(1)])).status, 401);
  });
});

describe("the form of a batch", () => {
  const expectations: readonly (readonly [string, Told, RegExp])[] = [
    ["an event of the issuer's own", { event: "grant.revoked" }, /event/],
    [
      "an unknown member",
      { token: "x" },
      /events\/0\/token: expected no member of this name/,
    ],
    [
      "no time",
      { at: "yesterday" },
      /events\/0\/at: expected a time of ISO 8601/,
    ],
    [
      "a time of a thousand digits",
      { at: `2026-11-26T09:00:00.${"0".repeat(1000)}Z` },
      /events\/0\/at: expected a time of ISO 8601/,
    ],
    [
      "an unknown reason",
      { reason: "expiration.bored" },
      /a reason of the catalogue/,
    ],
    [
      "an unknown cause",
      { cause: { code: "x.y", confidence: "likely", facts: {} } },
      /a cause of the catalogue/,
    ],
    [
      "a whole token as fingerprint",
      { fingerprint: `ey${"a".repeat(400)}` },
      /22 characters/,
    ],
    [
      "a long text",
      {
        where: {
          method: "GET",
          path: "/".repeat(600),
          host: null,
          ip: null,
          agent: null,
        },
      },
      /at most 512 characters/,
    ],
    [
      "a text that a terminal obeys",
      { key: { alg: "ES256", kid: "\u001b[2J" } },
      /key\/kid: expected a text without control characters/,
    ],
    [
      "evidence that a terminal obeys",
      { evidence: { a: ["\u009b31m"] } },
      /evidence/,
    ],
    [
      "a member of evidence that a terminal obeys",
      { evidence: { "\u202egnp": 1 } },
      /evidence/,
    ],
    [
      "evidence without end",
      {
        evidence: {
          a: "x".repeat(1000),
          b: "x".repeat(1000),
          c: "x".repeat(1000),
          d: "x".repeat(1000),
          e: "x".repeat(1000),
        },
      },
      /at most 4096 characters/,
    ],
    [
      "evidence as deep as it goes",
      { evidence: { a: [[[["x"]]]] } },
      /evidence/,
    ],
    ["a number that is none", { sequence: 0 }, /at least 1/],
  ];
  for (const [what, more, expected] of expectations)
    it(`is not ${what}, and the refusal says what was expected`, async () => {
      const answer = await send(bed, [refused(1, more)]);
      const body = await json(answer);
      assert.equal(answer.status, 400);
      assert.equal(body["error"], "invalid_request");
      assert.match(String(body["error_description"]), expected);
      assert.deepEqual(await told(bed), []);
    });

  it("is one JSON object of at most 256 KiB, with a hundred events by rising numbers", async () => {
    const bad: readonly (readonly [Sending, RegExp])[] = [
      [{ body: "[" }, /one JSON object/],
      [{ body: "null" }, /expected an object/],
      [{ body: "[".repeat(100_000) }, /one JSON object/],
      [{ body: " ".repeat(300_000) }, /longer than 262144 bytes/],
      [{ headers: { "content-type": "text/plain" } }, /application\/json/],
    ];
    for (const [sending, expected] of bad) {
      const answer = await send(bed, [refused(1)], {}, sending);
      assert.equal(answer.status, 400);
      assert.match(String((await json(answer))["error_description"]), expected);
    }
    for (const [events, more, expected] of [
      [[refused(2), refused(2)], {}, /numbers that rise/],
      [[refused(2)], { next: 2 }, /numbers that rise/],
      [
        Array.from({ length: 101 }, (_, i) => refused(i + 1)),
        {},
        /at most 100/,
      ],
      [[refused(1)], { boot: "short" }, /22 characters/],
    ] as const) {
      const answer = await send(bed, events, more);
      assert.equal(answer.status, 400);
      assert.match(String((await json(answer))["error_description"]), expected);
    }
    assert.deepEqual(await told(bed), []);
  });
});

it("takes what a client has made up within what a guard makes of it: a method and a member of 120 characters", async () => {
  const long = `${"A".repeat(120)}…`;
  const where = { method: long, path: "/", host: null, ip: null, agent: null };
  const event = refused(1, { where, evidence: { [long]: long } });
  assert.equal(await taken(bed, [event]), 2);
});

it("counts a batch without events as one: gaps alone do not fill the journal either", async () => {
  const now = Date.now();
  const still = await openRevocationBed(null, { clock: () => now });
  try {
    for (let first = 1; first < 2000; first += 100)
      await taken(
        still,
        Array.from({ length: 100 }, (_, i) => refused(first + i)),
      );
    const gap = await send(still, [], {
      boot: "boot-of-another-one-00",
      next: 9,
    });
    assert.equal(gap.status, 429);
    assert.ok(
      (await told(still)).every(({ event }) => event === "guard.refused"),
    );
  } finally {
    await still.close();
  }
});

it("names no reason of a count that is no code", async () => {
  const at = "2026-11-26T09:00:00.000Z";
  const counted = {
    sequence: 1,
    event: "audit.counted",
    at,
    since: at,
    count: 1,
  };
  const answer = await send(bed, [{ ...counted, reasons: { "\u001b[2J": 1 } }]);
  assert.equal(answer.status, 400);
  const reasons = { "expiration.expired": 1, ambiguous_path: 1 };
  assert.equal(await taken(bed, [{ ...counted, reasons }]), 2);
});

it("a flood is taken in part, and what is left over is asked for later", async () => {
  const before = Date.now();
  let next = 1;
  let rounds = 0;
  let answer: Response;
  do {
    const events = Array.from({ length: 100 }, (_, i) => refused(next + i));
    answer = await send(bed, events);
    if (answer.status === 200) next = Number((await json(answer))["next"]);
  } while (answer.status === 200 && ++rounds < 200);
  assert.equal(answer.status, 429);
  assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
  // The clock runs: a slow machine may write some more.
  const most = 2000 + (Date.now() - before) / 10 + 100;
  assert.ok(next > 1900 && next <= most, String(next));
  bed.ahead += 10_000;
  assert.equal((await send(bed, [refused(next)])).status, 200);
  assert.ok((await told(bed)).every(({ event }) => event === "guard.refused"));
});
