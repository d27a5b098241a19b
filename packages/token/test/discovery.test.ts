/** An issuer's keys by its metadata, over real HTTP. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  discoverKeys,
  exportKey,
  generateKey,
  sign,
  verify,
  type Policy,
} from "@assay/token";
import {
  json,
  loopbackIssuer,
  routes,
  status,
  type Answer,
} from "./loopback-issuer.ts";

const key = await generateKey("ES256", { kid: "k" });
const set = { keys: [exportKey(key, { secret: false })] };
const WANTED = { alg: "ES256", kid: "k" };

/** An issuer with a path, whose routes are made from its own URL. */
async function issuerWith(
  table: (issuer: string, origin: string) => Readonly<Record<string, Answer>>,
  path = "/tenant",
) {
  const server = await loopbackIssuer(status(500));
  const issuer = server.origin + path;
  server.answer = routes(table(issuer, server.origin));
  return {
    server,
    issuer,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
    },
  };
}

const OPENID = "/tenant/.well-known/openid-configuration";
const RFC_8414 = "/.well-known/oauth-authorization-server/tenant";

describe("discovery", () => {
  it("finds the keys by OpenID metadata, fetches each document once, and then answers at once", async () => {
    await using s = await issuerWith((issuer, origin) => ({
      [OPENID]: json({ issuer, jwks_uri: `${origin}/keys` }),
      "/keys": json(set),
    }));
    const keys = discoverKeys(s.issuer);
    await Promise.all(
      Array.from({ length: 100 }, async () => keys.lookup(WANTED)),
    );
    assert.deepEqual(s.server.asked, [OPENID, "/keys"]);
    const policy: Policy = {
      kind: "any",
      issuer: s.issuer,
      audience: null,
      keys,
    };
    assert.ok(!(keys.lookup(WANTED) instanceof Promise));
    const verdict = await verify(await sign({ iss: s.issuer }, key), policy);
    assert.equal(verdict.outcome, "accepted");
  });

  it("falls back to RFC 8414, whose part stands before the path", async () => {
    await using s = await issuerWith((issuer, origin) => ({
      [RFC_8414]: json({ issuer, jwks_uri: `${origin}/keys` }),
      "/keys": json(set),
    }));
    assert.ok("keys" in (await discoverKeys(s.issuer).lookup(WANTED)));
    assert.deepEqual(s.server.asked, [OPENID, RFC_8414, "/keys"]);
  });

  it("takes a slash at the end off the path, and keeps it in the comparison", async () => {
    await using s = await issuerWith(
      (issuer, origin) => ({
        [OPENID]: json({ issuer, jwks_uri: `${origin}/keys` }),
        "/keys": json(set),
      }),
      "/tenant/",
    );
    assert.ok(s.issuer.endsWith("/tenant/"));
    assert.ok("keys" in (await discoverKeys(s.issuer).lookup(WANTED)));
    assert.ok(
      "unavailable" in
        (await discoverKeys(s.issuer.slice(0, -1)).lookup(WANTED)),
    );
  });

  it("is of the issuer that the policy names, whatever iss the token has", async () => {
    await using s = await issuerWith((issuer, origin) => ({
      [OPENID]: json({ issuer, jwks_uri: `${origin}/keys` }),
      "/keys": json(set),
    }));
    await using stranger = await loopbackIssuer(json(set));
    const verdict = await verify(
      await sign({ iss: stranger.origin, exp: 4e9 }, key, {
        header: { jku: `${stranger.origin}/keys` },
      }),
      { issuer: s.issuer, audience: null, keys: discoverKeys(s.issuer) },
    );
    assert.ok(
      verdict.outcome === "rejected" && verdict.reason === "issuer.mismatch",
    );
    assert.deepEqual(stranger.asked, []);
  });

  const wrong: readonly [
    string,
    (issuer: string, origin: string) => unknown,
    RegExp,
  ][] = [
    [
      "another issuer",
      (_, origin) => ({
        issuer: `${origin}/other`,
        jwks_uri: `${origin}/keys`,
      }),
      /the metadata names the issuer ".+\/other"; the policy names ".+\/tenant"$/,
    ],
    [
      "the issuer in other case",
      (issuer, origin) => ({
        issuer: issuer.toUpperCase(),
        jwks_uri: `${origin}/keys`,
      }),
      /names the issuer/,
    ],
    [
      "the issuer with a slash more",
      (issuer, origin) => ({
        issuer: `${issuer}/`,
        jwks_uri: `${origin}/keys`,
      }),
      /names the issuer/,
    ],
    [
      "a template for an issuer",
      (_, origin) => ({
        issuer: `${origin}/{tenantid}`,
        jwks_uri: `${origin}/keys`,
      }),
      /names the issuer/,
    ],
    [
      "no issuer",
      (_, origin) => ({ jwks_uri: `${origin}/keys` }),
      /names the issuer none/,
    ],
    [
      "a list of issuers",
      (issuer, origin) => ({ issuer: [issuer], jwks_uri: `${origin}/keys` }),
      /names the issuer object/,
    ],
    ["no jwks_uri", (issuer) => ({ issuer }), /has no jwks_uri$/],
    [
      "jwks_uri that is no text",
      (issuer) => ({ issuer, jwks_uri: 7 }),
      /has no jwks_uri$/,
    ],
    [
      "jwks_uri over plain http elsewhere",
      (issuer) => ({ issuer, jwks_uri: "http://169.254.169.254/keys" }),
      /jwks_uri is plain http, beyond this machine$/,
    ],
    [
      "jwks_uri of a file",
      (issuer) => ({ issuer, jwks_uri: "file:///etc/passwd" }),
      /jwks_uri is a URL of the scheme file:$/,
    ],
    [
      "jwks_uri with credentials",
      (issuer, origin) => ({
        issuer,
        jwks_uri: origin.replace("//", "//user:pass@"),
      }),
      /jwks_uri is a URL with credentials in it$/,
    ],
    [
      "a relative jwks_uri",
      (issuer) => ({ issuer, jwks_uri: "/keys" }),
      /jwks_uri is not an absolute URL$/,
    ],
  ];
  for (const [name, metadata, problem] of wrong) {
    it(`metadata with ${name} gives no keys`, async () => {
      await using s = await issuerWith((issuer, origin) => ({
        [OPENID]: json(metadata(issuer, origin)),
        "/keys": json(set),
      }));
      const verdict = await verify(await sign({}, key), {
        kind: "any",
        issuer: null,
        audience: null,
        keys: discoverKeys(s.issuer),
      });
      assert.ok(
        verdict.outcome === "undecided" &&
          verdict.reason === "signature.keys_unavailable",
        JSON.stringify(verdict),
      );
      assert.match((verdict.evidence as { problem: string }).problem, problem);
      assert.equal((verdict.evidence as { source: string }).source, s.issuer);
      assert.deepEqual(s.server.asked, [OPENID]);
    });
  }

  it("an issuer elsewhere cannot point to this machine", async () => {
    const issuer = "https://issuer.example";
    const asked: string[] = [];
    const keys = discoverKeys(issuer, {
      fetch: async (url) => {
        asked.push(url);
        return Response.json({ issuer, jwks_uri: "https://localhost:9/keys" });
      },
    });
    assert.deepEqual(await keys.lookup(WANTED), {
      unavailable: `${issuer}/.well-known/openid-configuration: jwks_uri is an address of this machine`,
      source: issuer,
    });
    assert.equal(asked.length, 1);
  });

  it("no metadata at all names both places", async () => {
    await using s = await issuerWith(() => ({}));
    const answer = await discoverKeys(s.issuer).lookup(WANTED);
    assert.ok("unavailable" in answer);
    assert.equal(
      answer.unavailable,
      `${s.server.origin}${OPENID}: HTTP status 404; ${s.server.origin}${RFC_8414}: HTTP status 404`,
    );
  });

  it("follows the issuer when its keys move, and keeps the keys while only the metadata is gone", async () => {
    const time = { now: 1.8e12 };
    await using s = await issuerWith((issuer, origin) => ({
      [OPENID]: json({ issuer, jwks_uri: `${origin}/keys` }),
      "/keys": json(set, { "cache-control": "max-age=86400" }),
    }));
    const keys = discoverKeys(s.issuer, { clock: () => time.now });
    await keys.lookup(WANTED);
    s.server.answer = routes({ "/keys": json(set) });
    time.now += 11 * 60_000;
    assert.ok("keys" in (await keys.lookup(WANTED)));
    s.server.answer = routes({
      [OPENID]: json({
        issuer: s.issuer,
        jwks_uri: `${s.server.origin}/moved`,
      }),
      "/moved": json({ keys: [] }),
    });
    await keys.refresh();
    const moved = await keys.lookup(WANTED);
    assert.deepEqual("keys" in moved ? moved.keys : moved, []);
    assert.deepEqual(s.server.asked, [
      OPENID,
      "/keys",
      OPENID,
      RFC_8414,
      OPENID,
      "/moved",
      "/moved",
    ]);
  });

  for (const issuer of [
    "http://issuer.example",
    "https://user:pass@issuer.example",
    "https://issuer.example/?tenant=1",
    "https://issuer.example/#a",
    "issuer.example",
    "",
  ]) {
    it(`the issuer ${issuer || "of no name"} is misuse`, () =>
      assert.throws(() => discoverKeys(issuer), TypeError));
  }
});
