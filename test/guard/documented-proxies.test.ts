/**
 * Traefik and Envoy, asked for as their documentation and source say that they ask, because neither is on npm or in Debian; and what every
 * recipe must hold.
 *
 * - Traefik: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/forwardauth/ and pkg/middlewares/auth/forward.go
 *   of traefik/traefik: GET to the address; all headers of the client but the hop-by-hop ones; X-Forwarded-Method, -Proto, -Host, -Uri
 *   and -For set by Traefik. 2xx lets through with authResponseHeaders set anew; any other answer goes to the client as it is.
 * - Envoy: https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_authz/v3/ext_authz.proto and
 *   source/extensions/filters/common/ext_authz/ext_authz_http_impl.cc of envoyproxy/envoy: the client's method; path_prefix before the
 *   path; Host, Authorization and the allowed headers; Content-Length 0 and no body. 200 lets through, 5xx is an error to it, any other
 *   answer goes to the client.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  serveIssuer,
  text,
  type IssuerServer,
} from "../../packages/guard/test/issuer-server.ts";
import {
  challenges,
  rawRequest,
  type RawAnswer,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";
import { startGuard } from "./guard-process.ts";
import { readRecipe } from "./proxy-site.ts";

interface Client {
  readonly method: string;
  readonly path: string;
  readonly headers: RawHeaders;
}

type Ask = (origin: string, client: Client) => Promise<RawAnswer>;

const HOST = "api.example.com";
const FROM = "203.0.113.9";

/** What the client wrote under names of Traefik's own is written over. */
const traefik: Ask = (origin, { method, path, headers }) =>
  rawRequest(origin, "/auth", {
    "user-agent": "curl/8.9.1",
    "accept-encoding": "gzip",
    ...headers,
    "x-forwarded-for": FROM,
    "x-forwarded-host": HOST,
    "x-forwarded-method": method,
    "x-forwarded-proto": "https",
    "x-forwarded-uri": path,
  });

/** Of the client's headers, those that the recipe allows. */
const envoy: Ask = (origin, { method, path, headers }) => {
  const { authorization, dpop } = headers;
  return rawRequest(
    origin,
    `/check${path}`,
    {
      host: HOST,
      "content-length": "0",
      ...(authorization && { authorization }),
      ...(dpop && { dpop }),
      "x-forwarded-for": `198.51.100.7,${FROM}`,
      "x-envoy-internal": "true",
      "x-envoy-expected-rq-timeout-ms": "10000",
    },
    method,
  );
};

const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});

const options = ({ origin, issuer }: IssuerServer): readonly string[] => [
  ..."--scope /admin/*=admin --issuer".split(" "),
  origin,
  "--audience",
  issuer.audience,
  "--scope",
  "DELETE /*=delete",
];

for (const [form, ask] of [
  ["traefik", traefik],
  ["envoy", envoy],
] as const) {
  test(`${form}: lets through with who it is, and answers anybody else as the client is to see it`, async () => {
    await using issuer = await serveIssuer();
    await using it = await startGuard([
      ...options(issuer),
      "--upstream-form",
      form,
    ]);
    const token = bearer(await issuer.issuer.mint());
    const forged = {
      "x-auth-subject": "root",
      "x-auth-scope": "admin",
      "x-original-uri": "/",
      "x-original-method": "GET",
    };
    const client = { method: "GET", path: "/orders?a=1", headers: token };
    const good = await ask(it.origin, {
      ...client,
      headers: { ...token, ...forged },
    });
    assert.equal(good.status, 200);
    const said = ["subject", "client", "scope", "issuer"].map(
      (name) => good.headers[`x-auth-${name}`],
    );
    assert.deepEqual(said, ["user-1", "client-1", "", issuer.origin]);

    const missing = await ask(it.origin, { ...client, headers: forged });
    assert.equal(missing.status, 401);
    assert.deepEqual(challenges(missing), ["Bearer"]);
    for (const [change, status] of [
      [{ path: "/admin/x" }, 403],
      [{ path: "/ADMIN" }, 403],
      [{ method: "DELETE" }, 403],
      [{ path: "/orders/../admin" }, 400],
      [{ path: "/orders%2f..%2fadmin" }, 400],
      [{ path: "/orders/%2e%2e/admin" }, 400],
      [{ path: "//admin" }, 400],
      [{ path: "/orders\\..\\admin" }, 400],
    ] as const)
      assert.equal(
        (await ask(it.origin, { ...client, ...change })).status,
        status,
        JSON.stringify(change),
      );
    const refused = (await it.events(2)).at(0);
    assert.equal(refused?.msg, "a token was refused");
    const where = refused?.["where"] as
      { ip: string; path: string } | undefined;
    assert.deepEqual([where?.ip, where?.path], [FROM, "/orders"]);
  });

  test(`${form}: a proof names what the client called, and an outage is 503 with Retry-After`, async () => {
    await using issuer = await serveIssuer();
    await using it = await startGuard([
      ...options(issuer),
      ...`--upstream-form ${form} --dpop offered --dpop-nonces --public-url https://${HOST}`.split(
        " ",
      ),
    ]);
    const key = await issuer.issuer.proofKey();
    const token = await issuer.issuer.mint({ boundTo: key });
    const proof = { method: "PUT", url: `https://${HOST}/orders`, token };
    const send = async (nonce?: string): Promise<RawAnswer> =>
      ask(it.origin, {
        method: "PUT",
        path: "/orders?a=1",
        headers: {
          authorization: `DPoP ${token}`,
          dpop: await issuer.issuer.prove(key, {
            ...proof,
            ...(nonce !== undefined && { nonce }),
          }),
        },
      });
    const first = await send();
    assert.equal(first.status, 401);
    assert.match(challenges(first).join(), /error="use_dpop_nonce"/);
    const nonce = String(first.headers["dpop-nonce"]);
    const second = await send(nonce);
    assert.equal(second.status, 200);
    // The next one, where its minute began meanwhile.
    assert.match(String(second.headers["dpop-nonce"]), /^[\w-]{24}$/);

    issuer.answers.set("/jwks", text(500, ""));
    const unknown = await ask(it.origin, {
      method: "GET",
      path: "/",
      headers: bearer(await issuer.issuer.mint({ flaw: "unknown_key" })),
    });
    assert.deepEqual(
      [unknown.status, unknown.headers["retry-after"]],
      [503, "5"],
    );
  });
}

test("envoy: what is not under the prefix is judged as no path, and nobody is let through by it", async () => {
  await using issuer = await serveIssuer();
  await using it = await startGuard([
    ...options(issuer),
    "--upstream-form",
    "envoy",
  ]);
  const token = bearer(await issuer.issuer.mint());
  for (const path of ["/orders", "/checkorders", "/check", "/", "/health"])
    assert.equal((await rawRequest(it.origin, path, token)).status, 400, path);
});

/** The headers that the guard writes, as it writes them. */
const IDENTITY = [
  "X-Auth-Subject",
  "X-Auth-Client",
  "X-Auth-Scope",
  "X-Auth-Issuer",
];

for (const recipe of ["nginx.conf", "Caddyfile", "traefik.yml", "envoy.yaml"])
  test(`${recipe} hands on every header of identity, and takes the client's own away first`, () => {
    const lines = readRecipe(recipe)
      .split("\n")
      .filter((line) => !line.trimStart().startsWith("#"));
    for (const name of IDENTITY) {
      const exact = new RegExp(`(?<!\\w-?)${name}(?![\\w-])`, "i");
      const told = lines.filter((line) => exact.test(line));
      // nginx takes away by setting anew, and drops names with underscores by itself.
      const times = recipe === "nginx.conf" ? 1 : 2;
      assert.equal(told.length, times, `${recipe}: ${name}`);
      const drops = /DROP_HEADER|proxy_set_header/.test(lines.join("\n"));
      const underscored = name.replaceAll("-", "_");
      assert.ok(
        drops || lines.some((line) => line.includes(underscored)),
        `${recipe}: ${underscored}`,
      );
    }
  });
