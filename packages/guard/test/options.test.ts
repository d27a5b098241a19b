/** Mistakes in the options are found when the guard is made: each of them would waive a check in silence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard, type Guard } from "@assay/guard";
import { expressGuard } from "@assay/guard/express";
import { fastifyGuard } from "@assay/guard/fastify";
import { fetchGuard, honoGuard } from "@assay/guard/fetch";
import { koaGuard } from "@assay/guard/koa";
import { createTestIssuer } from "@assay/guard/testing";

const WRONG: readonly [string, Record<string, unknown>][] = [
  ["no audience", { audience: undefined }],
  ["an empty list of audiences", { audience: [] }],
  ["a misspelt name", { scope: ["read"] }],
  ["a scope as text", { scopes: "read" }],
  ["an empty scope", { scopes: [""] }],
  ["an age that is no number", { maxAuthenticationAge: "60" }],
  ["a tolerance that is no number", { clockTolerance: "60" }],
  ["the algorithm none", { algorithms: ["none"] }],
  ["a misspelt name in a route", { routes: [{ path: "/", scope: ["read"] }] }],
  ["a route's scope as text", { routes: [{ path: "/", scopes: "read" }] }],
  ["DPoP without the public URL", { dpop: true }],
  ["a public URL that is none", { dpop: true, publicUrl: "api.test" }],
  [
    "a public URL with a query",
    { dpop: true, publicUrl: "https://api.test/?a" },
  ],
  [
    "both bindings required",
    {
      dpop: { required: true },
      certificate: { required: true },
      publicUrl: "https://api.test",
    },
  ],
  [
    "a short secret for nonces",
    { dpop: { nonces: { secret: "short" } }, publicUrl: "https://api.test" },
  ],
];

for (const [what, wrong] of WRONG)
  test(`refuses ${what}`, async () => {
    const issuer = await createTestIssuer();
    createGuard(issuer.options);
    assert.throws(
      () => createGuard({ ...issuer.options, ...wrong }),
      TypeError,
    );
  });

test("audience null is said out loud, and then any audience will do", async () => {
  const issuer = await createTestIssuer();
  const guard = createGuard({ ...issuer.options, audience: null });
  const token = await issuer.mint({ flaw: "other_audience" });
  const judged = await guard.check(
    new Request("https://api.test/", {
      headers: { authorization: `bearer  ${token}` },
    }),
  );
  assert.ok(!(judged instanceof Response));
  assert.equal(judged.token.trusted, true);
});

test("an adapter finds mistakes in the demands of its route", () => {
  const guard = {} as Guard;
  const wrong = { scopes: "read" } as never;
  const handler = (): Response => new Response();
  for (const make of [
    () => expressGuard(guard, wrong),
    () => fastifyGuard(guard, wrong),
    () => koaGuard(guard, wrong),
    () => fetchGuard(guard, handler, wrong),
    () => honoGuard(guard, wrong),
    () => expressGuard(guard, { scope: ["read"] } as never),
  ])
    assert.throws(make, TypeError);
});

test("a handler behind the guard reads the body, also where headers were taken away", async () => {
  const issuer = await createTestIssuer();
  const guard = createGuard({ ...issuer.options, proxies: ["192.0.2.1"] });
  const handler = fetchGuard(guard, async (request, { token }) =>
    Response.json([
      await request.text(),
      request.method,
      request.headers.get("remote_user"),
      token.claims.sub,
    ]),
  );
  const authorization = `Bearer ${await issuer.mint()}`;
  const headers = { authorization, remote_user: "root" };
  const answer = await handler(
    new Request("https://api.test/", {
      method: "POST",
      body: "hello",
      headers,
    }),
  );
  assert.deepEqual(await answer.json(), ["hello", "POST", null, "user-1"]);
});
