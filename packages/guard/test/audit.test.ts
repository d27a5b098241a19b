/** What the owner is told: why, who, where, by which key and the cause; never the token; and sparsely when there is a flood. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countWith,
  createGuard,
  logTo,
  type AuditEvent,
  type CountedEvent,
} from "@assay/guard";
import { createTestIssuer, testClock } from "@assay/guard/testing";
import { sign, generateKey } from "@assay/token";
import { bearer, openDoor } from "./door.ts";
import { NASTY_TEXTS } from "./nasty-texts.ts";

test("tells all of a refusal, with its cause", async () => {
  await using door = await openDoor({ scopes: ["read"], clockTolerance: 5 });
  const token = await door.issuer.mint({
    claims: { scope: "write", jti: "token-1" },
  });
  await door.get(
    { ...bearer(token), host: "api.test", "user-agent": "shop/1" },
    "/orders?q=1",
    "POST",
  );
  const { at, handle, fingerprint, cause, ...event } = await door.refusal();
  assert.equal(at, new Date(door.issuer.clock()).toISOString());
  assert.match(handle, /^[\w-]{22}$/);
  assert.match(fingerprint ?? "", /^[\w-]{22}$/);
  assert.match(cause?.code ?? "", /^scope\./);
  assert.deepEqual(event, {
    event: "token.refused",
    status: 403,
    error: "insufficient_scope",
    action: "request_scopes",
    step: "scope",
    reason: "scope.insufficient",
    problem: null,
    evidence: {
      needed: ["read"],
      found: ["write"],
      lacking: ["read"],
      shape: "string",
    },
    who: {
      issuer: "https://issuer.test",
      subject: "user-1",
      client: "client-1",
      tokenId: "token-1",
      proven: true,
    },
    where: {
      method: "POST",
      path: "/orders",
      host: "api.test",
      ip: "127.0.0.1",
      agent: "shop/1",
    },
    key: { alg: "ES256", kid: door.issuer.keys.keys[0]?.kid },
  });
});

test("says of a forged token only what it says of itself", async () => {
  await using door = await openDoor();
  await door.get(bearer(await door.issuer.mint({ flaw: "forged" })));
  assert.equal((await door.refusal()).who?.proven, false);
});

for (const [name, minutes] of [
  ["behind", -10],
  ["ahead", 10],
] as const)
  test(`names the clock when the guard's own is ten minutes ${name}`, async () => {
    const issuer = await createTestIssuer();
    const clock = testClock(issuer.clock() + minutes * 60_000);
    await using door = await openDoor({ clock, maxAge: 300 }, issuer);
    await door.get(bearer(await issuer.mint()));
    const { step, cause } = await door.refusal();
    assert.equal(step, "expiration");
    assert.match(cause?.code ?? "", /time\./);
  });

test("control characters, HTML and a megabyte in kid, iss and sub come to no sink as they are", async () => {
  const lines: string[] = [];
  const issuer = await createTestIssuer();
  const guard = createGuard({
    ...issuer.options,
    audit: (event) =>
      lines.push(
        JSON.stringify(event),
        Object.values(event).map(flat).join(" "),
      ),
  });
  const key = await generateKey("ES256");
  for (const text of NASTY_TEXTS) {
    const token = await sign(
      { iss: text, sub: text, client_id: text, jti: text, scope: text },
      key,
      { header: { kid: text } },
    );
    const answer = await guard.check(
      new Request("https://api.test/a", {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    assert.ok(answer instanceof Response);
    const wire = [...answer.headers].flat().join(" ") + (await answer.text());
    for (const part of [text, "<script", "[2J"])
      assert.ok(!wire.includes(part));
  }
  await guard.close();
  assert.equal(lines.length, NASTY_TEXTS.length * 2);
  for (const line of lines) {
    assert.ok(line.length < 4096, String(line.length));
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  }
});

test("a megabyte of token is refused before anything reads it, and its event is short", async () => {
  const issuer = await createTestIssuer();
  const events: AuditEvent[] = [];
  const guard = createGuard({
    ...issuer.options,
    audit: (event) => events.push(event),
  });
  const answer = await guard.check(
    new Request("https://api.test/", {
      headers: { authorization: `Bearer ${"a".repeat(1_000_000)}` },
    }),
  );
  assert.ok(answer instanceof Response);
  assert.equal(answer.status, 401);
  await guard.close();
  assert.ok(JSON.stringify(events).length < 2048);
});

const flat = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? Object.values(value).map(flat).join(" ")
    : String(value);

test("no part of a token is in any event, whatever is wrong with it", async () => {
  await using door = await openDoor();
  for (const flaw of [
    "signature",
    "payload",
    "forged",
    "unknown_key",
    "none",
    "confused",
    "expired",
    "other_issuer",
    "id_token",
    "cut",
  ] as const) {
    const token = await door.issuer.mint({ flaw });
    await door.get(bearer(token));
    await door.get({ authorization: token });
    await door.get({ authorization: `Token ${token}` });
    await door.get({ authorization: `Bearer ${token} ${token}` });
    await door.guard.close();
    const written = JSON.stringify(door.events.splice(0));
    for (const part of token.split("."))
      assert.ok(part.length < 8 || !written.includes(part), flaw);
  }
});

test("a flood is counted, and told as one event with its reasons", async () => {
  await using door = await openDoor({ auditLimits: { perSecond: 5 } });
  for (let i = 0; i < 40; i++) await door.get(i % 2 === 0 ? {} : bearer("x"));
  await door.guard.close();
  assert.equal(
    door.events.filter(({ event }) => event === "token.refused").length,
    5,
  );
  const counted = door.events.at(-1) as CountedEvent;
  assert.equal(counted.event, "audit.counted");
  assert.equal(counted.count, 35);
  assert.deepEqual(Object.keys(counted.reasons).toSorted(), [
    "format.not_jwt",
    "request.token_missing",
  ]);
  door.events.length = 0;
  door.issuer.clock.turn(1);
  await door.get();
  assert.equal((await door.refusal()).reason, "request.token_missing");
});

test("more than the queue holds is counted, and the answers do not wait", async () => {
  await using door = await openDoor({
    auditLimits: { perSecond: 1000, queue: 4 },
  });
  const token = await door.issuer.mint({ flaw: "forged" });
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => door.get(bearer(token))),
  );
  assert.ok(answers.every(({ status }) => status === 401));
  await door.guard.close();
  const told = door.events.filter(
    ({ event }) => event === "token.refused",
  ).length;
  const counted = door.events.reduce(
    (sum, event) => sum + ("count" in event ? event.count : 0),
    0,
  );
  assert.equal(told + counted, 100);
});

test("a sink that throws or rejects keeps neither a request nor another sink from its due", async () => {
  const seen: AuditEvent[] = [];
  await using door = await openDoor({
    audit: [
      () => {
        throw new Error("full");
      },
      () => Promise.reject(new Error("away")),
      (event) => seen.push(event),
    ],
  });
  assert.equal((await door.get()).status, 401);
  await door.guard.close();
  assert.equal(seen.length, 1);
});

test("writes to a logger of pino's shape, admissions at info and all else at warn", async () => {
  const written: [string, string, object][] = [];
  const logger = {
    info: (event: object, message: string) =>
      written.push(["info", message, event]),
    warn: (event: object, message: string) =>
      written.push(["warn", message, event]),
  };
  await using door = await openDoor({
    audit: logTo(logger),
    auditAdmissions: true,
  });
  const token = await door.issuer.mint();
  await door.get(bearer(token));
  await door.get();
  await door.guard.close();
  assert.deepEqual(
    written.map(([level, message]) => [level, message]),
    [
      ["info", "a token was admitted"],
      ["warn", "a token was refused"],
    ],
  );
  assert.ok(!JSON.stringify(written).includes(token.split(".")[2] ?? ""));
});

test("a cause is asked for only so often, and without one the event still comes", async () => {
  await using door = await openDoor({ diagnosesPerSecond: 1 });
  const token = await door.issuer.mint({ flaw: "expired" });
  for (let i = 0; i < 3; i++) await door.get(bearer(token));
  await door.guard.close();
  const causes = door.events.map((event) =>
    "cause" in event ? event.cause !== null : null,
  );
  assert.deepEqual(causes, [true, false, false]);
});

test("counts for a meter by reason, what was only counted too", async () => {
  const counts = new Map<string, number>();
  const meter = {
    createCounter: (name: string) => ({
      add(value: number, attributes: Readonly<Record<string, string>> = {}) {
        const series = [name, ...Object.values(attributes)].join(" ");
        counts.set(series, (counts.get(series) ?? 0) + value);
      },
    }),
  };
  await using door = await openDoor({
    audit: countWith(meter),
    auditAdmissions: true,
    auditLimits: { perSecond: 3 },
  });
  await door.get(bearer(await door.issuer.mint()));
  for (let i = 0; i < 9; i++) await door.get();
  await door.guard.close();
  assert.deepEqual(Object.fromEntries(counts), {
    "assay.guard.admitted": 1,
    "assay.guard.refused request.token_missing": 9,
  });
});

test("a proof that was kept is an old proof, and no wrong clock", async () => {
  await using door = await openDoor({
    publicUrl: "https://api.test",
    dpop: true,
  });
  const { issuer } = door;
  const key = await issuer.proofKey();
  const token = await issuer.mint({ boundTo: key });
  const dpop = await issuer.prove(key, {
    method: "GET",
    url: "https://api.test/",
    token,
  });
  issuer.clock.turn(400);
  await door.get({ authorization: `DPoP ${token}`, dpop });
  const { reason, cause } = await door.refusal();
  assert.equal(reason, "binding.proof_invalid");
  assert.equal(cause?.code, "binding.proof_stale");
});
