/** What an issuer's address may do to a guard: go away, lead elsewhere, dawdle, and be asked for a thousand keys (RFC 8725 section 3.10). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { generateKey, keySetOf, exportKey, sign } from "@assay/token";
import type { GuardOptions } from "@assay/guard";
import { bearer, openDoor, type Door } from "./door.ts";
import { OUTAGES } from "./issuer-outages.ts";
import { serveIssuer, text, type IssuerServer } from "./issuer-server.ts";

/** By default a machine that is slow does not look like an outage. */
const discovering = (server: IssuerServer, timeout = 60_000): Promise<Door> =>
  openDoor({ issuers: server.origin, remote: { timeout } }, server.issuer);

test("finds the keys by the issuer's name, and fetches them once", async () => {
  await using server = await serveIssuer();
  await using door = await discovering(server);
  for (let i = 0; i < 3; i++)
    assert.equal(
      (await door.get(bearer(await server.issuer.mint()))).status,
      200,
    );
  assert.deepEqual(server.asked, [
    "/.well-known/openid-configuration",
    "/jwks",
  ]);
});

test("has the keys before the first request, where it is told to", async () => {
  await using server = await serveIssuer();
  await using door = await discovering(server);
  await door.guard.ready();
  assert.deepEqual(server.asked, [
    "/.well-known/openid-configuration",
    "/jwks",
  ]);
  server.answers.set("/jwks", text(500, ""));
  assert.equal(
    (await door.get(bearer(await server.issuer.mint()))).status,
    200,
  );
});

test("goes on through a rotation without one refusal", async () => {
  await using server = await serveIssuer();
  await using door = await discovering(server);
  const before = await server.issuer.mint();
  assert.equal((await door.get(bearer(before))).status, 200);
  await server.issuer.rotate();
  assert.equal(
    (await door.get(bearer(await server.issuer.mint()))).status,
    200,
  );
  assert.equal((await door.get(bearer(before))).status, 200);
});

for (const [what, breakIt] of OUTAGES)
  test(`answers 503 and calls no token bad: ${what}`, async () => {
    await using server = await serveIssuer();
    breakIt(server);
    await using door = await discovering(server, 300);
    for (const flaw of [undefined, "forged"] as const) {
      const answer = await door.get(
        bearer(await server.issuer.mint(flaw && { flaw })),
      );
      assert.equal(answer.status, 503);
      assert.equal(answer.headers["retry-after"], "5");
      const event = await door.refusal();
      assert.equal(event.event, "token.undecided");
      assert.equal(event.reason, "signature.keys_unavailable");
    }
  });

test("ten minutes without an issuer: its tokens still pass, none is called invalid, and an unknown key is undecided", async () => {
  await using server = await serveIssuer();
  await using door = await discovering(server);
  const { issuer } = server;
  const token = await issuer.mint({
    claims: { exp: Math.floor(issuer.clock() / 1000) + 3600 },
  });
  assert.equal((await door.get(bearer(token))).status, 200);
  server.answers.set("/jwks", text(503, ""));
  server.answers.set("/.well-known/openid-configuration", text(503, ""));
  const unknown = await issuer.mint({ flaw: "unknown_key" });
  for (let minute = 0; minute < 10; minute++) {
    issuer.clock.turn(60);
    assert.equal((await door.get(bearer(token))).status, 200);
    assert.equal((await door.get(bearer(unknown))).status, 503);
  }
});

test("a thousand unknown keys bring one more fetch, and keep nobody out", async () => {
  await using server = await serveIssuer();
  await using door = await discovering(server);
  const good = await server.issuer.mint();
  assert.equal((await door.get(bearer(good))).status, 200);
  const stranger = await generateKey("ES256");
  const flood: string[] = [];
  for (let i = 0; i < 1000; i++)
    flood.push(
      await sign({ iss: server.origin }, stranger, {
        header: { kid: `made-up-${i}` },
      }),
    );
  for (const token of flood)
    assert.equal((await door.get(bearer(token))).status, 401);
  assert.equal(server.asked.filter((path) => path === "/jwks").length, 2);
  assert.equal((await door.get(bearer(good))).status, 200);
  assert.equal(
    (await door.get(bearer(await server.issuer.mint()))).status,
    200,
  );
});

test("an address that is not https is refused when the guard is made", async () => {
  const { createGuard } = await import("@assay/guard");
  for (const issuers of [
    "http://issuer.example",
    { issuer: "a", jwksUri: "http://issuer.example/jwks" },
  ])
    assert.throws(() => createGuard({ issuers, audience: null }), TypeError);
});

test("takes keys in hand in whatever form they are, and says what it cannot take", async () => {
  const { createGuard } = await import("@assay/guard");
  const key = await generateKey("ES256");
  const jwk = exportKey(key, { secret: false });
  const token = await sign({ iss: "a", exp: Date.now() / 1000 + 60 }, key);
  for (const keys of [
    jwk,
    { keys: [jwk] },
    JSON.stringify(jwk),
    keySetOf(key),
  ]) {
    const guard = createGuard({
      issuers: { issuer: "a", keys },
      audience: null,
    });
    const judged = await guard.check(
      new Request("https://api.test/", {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    assert.ok(!(judged instanceof Response));
  }
  const wrong: readonly GuardOptions["issuers"][] = [
    [],
    { issuer: "" },
    ["https://a.test", "https://a.test"],
    { issuer: "a", keys: "no key" },
    { issuer: "a", keys: jwk, jwksUri: "https://a.test" },
  ];
  for (const issuers of wrong)
    assert.throws(() => createGuard({ issuers, audience: null }), TypeError);
});
