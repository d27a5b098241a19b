/** Forward authentication, as each kind of proxy asks: what it says counts, what its client says does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard, type GuardOptions } from "@assay/guard";
import {
  forwardAuth,
  type ForwardAuthOptions,
} from "@assay/guard/forward-auth";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import { bearer } from "./door.ts";
import { listen } from "./listen.ts";
import { rawRequest, type RawAnswer, type RawHeaders } from "./raw-request.ts";

interface Asking extends AsyncDisposable {
  readonly issuer: TestIssuer;
  ask(headers: RawHeaders, path?: string, method?: string): Promise<RawAnswer>;
}

async function asking(
  options: ForwardAuthOptions,
  more: Partial<GuardOptions> = {},
): Promise<Asking> {
  const issuer = await createTestIssuer();
  const guard = createGuard({
    ...issuer.options,
    proxies: ["127.0.0.1"],
    routes: [
      { path: "/admin/*", scopes: ["admin"] },
      { path: "/*", method: "DELETE", scopes: ["delete"] },
    ],
    ...more,
  });
  const server = await listen(forwardAuth(guard, options));
  return {
    issuer,
    ask: (headers, path = "/", method = "GET") =>
      rawRequest(server.origin, path, headers, method),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const x = (method: string, uri: string): RawHeaders => ({
  "x-forwarded-method": method,
  "x-forwarded-uri": uri,
});
const original = (method: string, uri: string): RawHeaders => ({
  "x-original-method": method,
  "x-original-uri": uri,
});

for (const [proxy, said] of [
  ["nginx", original],
  ["traefik", x],
  ["caddy", x],
] as const)
  test(`${proxy}: judges the request that was asked about, and hands on who it is`, async () => {
    await using it = await asking({ proxy });
    const token = await it.issuer.mint({
      claims: { scope: "read", sub: "Zoë 100%" },
    });
    const good = await it.ask({
      ...bearer(token),
      ...said("GET", "/orders?x=1"),
    });
    assert.equal(good.status, 200);
    assert.equal(good.body, "");
    const {
      "x-auth-subject": subject,
      "x-auth-client": client,
      "x-auth-scope": scope,
      "x-auth-issuer": issuer,
    } = good.headers;
    assert.deepEqual(
      [subject, client, scope, issuer],
      ["Zo%C3%AB 100%25", "client-1", "read", "https://issuer.test"],
    );
    assert.equal(
      (await it.ask({ ...bearer(token), ...said("GET", "/admin/x") })).status,
      403,
    );
    assert.equal(
      (await it.ask({ ...bearer(token), ...said("DELETE", "/orders") })).status,
      403,
    );
    assert.equal((await it.ask(said("GET", "/orders"))).status, 401);
  });

test("envoy: the method is the request's own, the path follows the prefix", async () => {
  await using it = await asking({ proxy: "envoy", pathPrefix: "/check" });
  const token = await it.issuer.mint();
  assert.equal((await it.ask(bearer(token), "/check/orders")).status, 200);
  assert.equal((await it.ask(bearer(token), "/check/admin")).status, 403);
  assert.equal(
    (await it.ask(bearer(token), "/check/orders", "DELETE")).status,
    403,
  );
  assert.equal((await it.ask(bearer(token), "/orders")).status, 400);
});

test("identity headers are there even where the token has nothing to say, so that the client's own are overwritten", async () => {
  await using it = await asking({ proxy: "traefik" });
  const token = await it.issuer.mint({ claims: { client_id: undefined } });
  const { headers } = await it.ask({
    ...bearer(token),
    ...x("GET", "/"),
    "x-auth-client": "root",
  });
  assert.deepEqual(
    [headers["x-auth-client"], headers["x-auth-scope"]],
    ["", ""],
  );
});

test("no name becomes another's on its way: blanks at its ends are escaped", async () => {
  await using it = await asking({ proxy: "traefik" });
  for (const [sub, seen] of [
    [" anna", "%20anna"],
    ["anna ", "anna%20"],
    ["an na", "an na"],
    ["  ", "%20%20"],
    ["\tanna", "%09anna"],
  ] as const) {
    const token = await it.issuer.mint({ claims: { sub } });
    const { headers } = await it.ask({ ...bearer(token), ...x("GET", "/") });
    assert.equal(headers["x-auth-subject"], seen);
  }
});

test("what another kind of proxy would say does not count, and what is said twice or not at all is refused", async () => {
  await using it = await asking({ proxy: "traefik" });
  const token = bearer(await it.issuer.mint());
  assert.equal(
    (
      await it.ask({
        ...token,
        ...x("GET", "/admin"),
        ...original("GET", "/orders"),
      })
    ).status,
    403,
  );
  assert.equal(
    (await it.ask({ ...token, ...original("GET", "/orders") })).status,
    400,
  );
  assert.equal(
    (
      await it.ask({
        ...token,
        "x-forwarded-method": "GET",
        "x-forwarded-uri": ["/orders", "/admin"],
      })
    ).status,
    400,
  );
  assert.equal(
    (await it.ask({ ...token, ...x("GET", "/orders/../admin") })).status,
    400,
  );
  // Without a method no row fits that names one.
  const uri = { "x-forwarded-uri": "/orders" };
  assert.equal((await it.ask({ ...token, ...uri })).status, 400);
  const twice = { "x-forwarded-method": ["GET", "DELETE"], ...uri };
  assert.equal((await it.ask({ ...token, ...twice })).status, 400);
  for (const method of ["delete", "Delete"])
    assert.equal(
      (await it.ask({ ...token, ...x(method, "/orders") })).status,
      403,
      method,
    );
});

test("only a named proxy may ask", async () => {
  await using it = await asking({ proxy: "nginx" }, { proxies: ["192.0.2.1"] });
  const answer = await it.ask({
    ...bearer(await it.issuer.mint()),
    ...original("GET", "/"),
  });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers["x-auth-subject"], undefined);
});

test("a proof names the URL that the client called", async () => {
  await using it = await asking(
    { proxy: "caddy" },
    { dpop: true, publicUrl: ["https://one.test", "https://two.test"] },
  );
  const key = await it.issuer.proofKey();
  const token = await it.issuer.mint({ boundTo: key });
  const ask = async (url: string): Promise<number> => {
    const dpop = await it.issuer.prove(key, { method: "PUT", url, token });
    return (
      await it.ask({
        authorization: `DPoP ${token}`,
        dpop,
        ...x("PUT", "/a?b"),
        "x-forwarded-host": "two.test",
      })
    ).status;
  };
  assert.equal(await ask("https://two.test/a"), 200);
  assert.equal(await ask("https://one.test/a"), 401);
});

test("nginx is given 401 or 403 alone, with the true status beside", async () => {
  await using it = await asking(
    { proxy: "nginx" },
    {
      issuers: "https://issuer.test",
      remote: { fetch: () => Promise.reject(new Error("down")) },
    },
  );
  const away = await it.ask({
    ...bearer(await it.issuer.mint()),
    ...original("GET", "/"),
  });
  assert.deepEqual(
    [away.status, away.headers["assay-status"], away.headers["retry-after"]],
    [403, "503", "5"],
  );
  const crooked = await it.ask({ ...bearer("a"), ...original("GET", "//") });
  assert.deepEqual(
    [crooked.status, crooked.headers["assay-status"]],
    [403, "400"],
  );
  const missing = await it.ask(original("GET", "/"));
  assert.deepEqual(
    [missing.status, missing.headers["assay-status"]],
    [401, "401"],
  );
});

test("more than may be judged at one time is answered 503 at once, and nobody is kept out for good", async () => {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<never>();
  await using it = await asking(
    { proxy: "nginx", maxUnderway: 1 },
    {
      issuers: "https://issuer.test",
      remote: {
        fetch: () => {
          asked.resolve();
          return held.promise;
        },
      },
    },
  );
  const token = bearer(await it.issuer.mint());
  const slow = it.ask({ ...token, ...original("GET", "/") });
  await asked.promise;
  const busy = await it.ask({ ...token, ...original("GET", "/") });
  assert.deepEqual(
    [busy.status, busy.headers["assay-status"], busy.headers["retry-after"]],
    [403, "503", "1"],
  );
  held.reject(new Error("down"));
  assert.equal((await slow).headers["assay-status"], "503");
  assert.equal((await it.ask(original("GET", "/"))).status, 401);
});
