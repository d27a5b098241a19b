/** What can be wrong with the answer of an issuer, over real HTTP: each leaves tokens undecided, and costs a bounded time. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  exportKey,
  remoteKeySet,
  sign,
  verify,
  type KeySet,
  type Policy,
} from "@assay/token";
import {
  both,
  fetchedSource,
  first,
  kids,
  publicJwk,
  second,
} from "./fetched-source.ts";
import {
  json,
  loopbackIssuer,
  status,
  type Answer,
} from "./loopback-issuer.ts";

const elsewhere = await loopbackIssuer(json(both));

const faults: readonly [string, Answer, RegExp][] = [
  [
    "500",
    status(500, { "content-type": "application/json" }, JSON.stringify(both)),
    /^HTTP status 500$/,
  ],
  ["404", status(404), /^HTTP status 404$/],
  ["204", status(204), /^HTTP status 204$/],
  [
    "an HTML page with status 200",
    status(
      200,
      { "content-type": "text/html; charset=utf-8" },
      "<html>Sign in</html>",
    ),
    /^content type text\/html$/,
  ],
  [
    "a JWK Set that says it is HTML",
    status(200, { "content-type": "text/html" }, JSON.stringify(both)),
    /^content type text\/html$/,
  ],
  [
    "no content type",
    status(200, {}, JSON.stringify(both)),
    /^an answer without a content type$/,
  ],
  ["no JSON", json("keys: []"), /^no JSON object: not_json$/],
  ["an array", json([]), /^no JSON object: not_object$/],
  [
    "half of it",
    json(JSON.stringify(both).slice(0, -10)),
    /^no JSON object: not_json$/,
  ],
  ["nothing", json(""), /^no JSON object: empty$/],
  [
    "bytes that are no UTF-8",
    (_, response) =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    /^an answer that is not UTF-8$/,
  ],
  [
    "a member twice",
    json(`{"keys":[],"keys":[${JSON.stringify(publicJwk(first))}]}`),
    /duplicate_member/,
  ],
  [
    "JSON nested without end",
    json(`{"keys":${"[".repeat(1e5)}${"]".repeat(1e5)}}`),
    /^JSON nested deeper than 64$/,
  ],
  [
    "an error document",
    json({ error: "unavailable" }),
    /^no JWK Set: "keys" is missing$/,
  ],
  [
    "keys that are no array",
    json({ keys: { first } }),
    /^no JWK Set: "keys" is no array$/,
  ],
  [
    "1,000 keys",
    json({ keys: Array.from({ length: 1000 }, () => ({ kty: "EC" })) }),
    /^a JWK Set of 1000 keys; at most 256 are read$/,
  ],
  [
    "10 MB",
    json({ keys: [], more: "x".repeat(10e6) }),
    /^an answer of more than 262144 bytes$/,
  ],
  [
    "10 MB without a length",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      for (let i = 0; i < 160; i++) response.write("x".repeat(65536));
      response.end();
    },
    /^an answer of more than 262144 bytes$/,
  ],
  [
    "less than its length",
    (_, response) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": "999",
      });
      response.write("{}", () => response.destroy());
    },
    /^no connection/,
  ],
  [
    "a broken connection",
    (request) => request.socket.destroy(),
    /^no connection: UND_ERR_SOCKET$|^no connection: ECONNRESET$/,
  ],
  [
    "a redirect to another origin",
    status(302, { location: `${elsewhere.origin}/jwks` }),
    /^a redirect to another origin, http:\/\/127\.0\.0\.1:\d+$/,
  ],
  [
    "a redirect to another origin of the same look",
    (request, response) =>
      response
        .writeHead(307, {
          location: `//${request.headers.host}@${new URL(elsewhere.origin).host}/`,
        })
        .end(),
    /^a redirect to another origin/,
  ],
  [
    "a redirect to a file",
    status(301, { location: "file:///etc/passwd" }),
    /^a redirect to another origin/,
  ],
  [
    "a redirect with credentials",
    (request, response) =>
      response
        .writeHead(302, {
          location: `http://user:pass@${request.headers.host}/jwks`,
        })
        .end(),
    /^a URL with credentials in it$/,
  ],
  [
    "a redirect to nowhere",
    status(302),
    /^a redirect without a usable target$/,
  ],
  [
    "a redirect in a circle",
    status(302, { location: "/jwks" }),
    /^more than 2 redirects$/,
  ],
  [
    "a redirect without a target, 300",
    status(300, { location: "/jwks" }),
    /^HTTP status 300$/,
  ],
  ["headers that never come", () => {}, /^no complete answer within 200 ms$/],
  [
    "a body that trickles",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    },
    /^no complete answer within 200 ms$/,
  ],
];

describe("an issuer that answers with trouble leaves tokens undecided", () => {
  for (const [name, answer, problem] of faults) {
    it(name, async () => {
      await using s = await fetchedSource(answer, {
        timeout:
          name.includes("never") || name.includes("trickles") ? 200 : 5000,
      });
      const verdict = await verify(await sign({}, first), {
        kind: "any",
        issuer: null,
        audience: null,
        keys: s.keys,
        clock: () => s.time.now,
      });
      assert.equal(verdict.outcome, "undecided");
      assert.ok(
        verdict.outcome === "undecided" &&
          verdict.reason === "signature.keys_unavailable",
        JSON.stringify(verdict),
      );
      assert.match((verdict.evidence as { problem: string }).problem, problem);
      assert.equal(
        (verdict.evidence as { source: string }).source,
        `${s.issuer.origin}/jwks`,
      );
      assert.ok(s.issuer.asked.length <= 3);
    });
  }

  it("and what lies at another origin was never asked", async () => {
    assert.deepEqual(elsewhere.asked, []);
    await elsewhere[Symbol.asyncDispose]();
  });

  it("nothing listens", async () => {
    const issuer = await loopbackIssuer(json(both));
    await issuer[Symbol.asyncDispose]();
    const answer = await remoteKeySet(`${issuer.origin}/`).lookup({
      alg: "ES256",
      kid: null,
    });
    assert.deepEqual(answer, {
      unavailable: "no connection: ECONNREFUSED",
      source: `${issuer.origin}/`,
    });
  });

  it("a fetch that heeds no signal, or throws", async () => {
    const deaf = remoteKeySet("https://issuer.example/jwks", {
      timeout: 50,
      fetch: () => new Promise<never>(() => {}),
    });
    assert.deepEqual(await deaf.lookup({ alg: "ES256", kid: null }), {
      unavailable: "no complete answer within 50 ms",
      source: "https://issuer.example/jwks",
    });
    const broken = remoteKeySet("https://issuer.example/jwks", {
      fetch: () => {
        throw new Error("secret");
      },
    });
    assert.deepEqual(await broken.lookup({ alg: "ES256", kid: null }), {
      unavailable: "no connection",
      source: "https://issuer.example/jwks",
    });
  });

  it("but two redirects within the origin, and text/plain, are followed and read", async () => {
    await using s = await fetchedSource((request, response) => {
      const next = { "/jwks?appid=x": "/a", "/a": "b" }[request.url ?? ""];
      if (next) response.writeHead(308, { location: next }).end();
      else
        response
          .writeHead(200, { "content-type": "text/plain; charset=utf-8" })
          .end(JSON.stringify(both));
    });
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
    assert.deepEqual(s.issuer.asked, ["/jwks?appid=x", "/a", "/b"]);
  });
});

describe("the members of a fetched set", () => {
  it("private and secret ones are refused by name, unknown ones ignored, and the others are good", async () => {
    const secret = exportKey(second, { secret: true });
    const members = [
      secret,
      { kty: "oct", kid: "hmac", k: "c2VjcmV0" },
      { kty: "PQC", kid: "later" },
      7,
      null,
      publicJwk(first),
    ];
    await using s = await fetchedSource(json({ keys: members }));
    const set = (await s.ask()) as KeySet;
    assert.deepEqual(
      set.keys.map(({ kid, problem }) => [kid, problem && problem.problem]),
      [
        ["second", "private"],
        ["hmac", "private"],
        ["later", "unsupported"],
        [null, "member"],
        [null, "member"],
        ["first", null],
      ],
    );
    assert.equal(
      set.keys[0]?.problem?.detail,
      "a published set holds public keys only; keys[0] has the member d",
    );
    assert.ok(
      set.keys.every(
        (key) =>
          key.reveal()["d"] === undefined && key.reveal()["k"] === undefined,
      ),
    );
    const policy: Policy = {
      kind: "any",
      issuer: null,
      audience: null,
      keys: s.keys,
      clock: () => s.time.now,
    };
    assert.equal(
      (await verify(await sign({}, first), policy)).outcome,
      "accepted",
    );
    const verdict = await verify(await sign({}, second), policy);
    assert.ok(
      verdict.outcome === "rejected" &&
        verdict.reason === "signature.key_unsuitable",
    );
    assert.equal((verdict.evidence as { problem: string }).problem, "private");
  });

  it("an empty set says that the issuer has no keys: that is no outage", async () => {
    await using s = await fetchedSource(json({ keys: [] }));
    const verdict = await verify(await sign({}, first), {
      kind: "any",
      issuer: null,
      audience: null,
      keys: s.keys,
      clock: () => s.time.now,
    });
    assert.ok(
      verdict.outcome === "rejected" &&
        verdict.reason === "signature.key_not_found",
      JSON.stringify(verdict),
    );
  });
});

describe("the URL of a key set", () => {
  for (const url of [
    "http://issuer.example/jwks",
    "https://user:pass@issuer.example/jwks",
    "file:///etc/keys",
    "data:application/json,{}",
    "/jwks",
    "",
    "http://127.0.0.1.example/jwks",
    "http://localhost.example/jwks",
    "http://169.254.169.254/",
  ]) {
    it(`${url || "the empty one"} is refused at once`, () =>
      assert.throws(() => remoteKeySet(url), TypeError));
  }
  for (const url of [
    "https://issuer.example/jwks",
    "http://localhost:1/jwks",
    "http://[::1]:1/",
    "http://127.8.9.1/",
    "http://keys.localhost/",
  ]) {
    it(`${url} is taken`, () => assert.ok(remoteKeySet(url)));
  }
  it("plain http is taken where the operator allows it, and a wrong option is misuse", () => {
    assert.ok(
      remoteKeySet("http://issuer.example/jwks", { allowInsecure: true }),
    );
    assert.throws(
      () => remoteKeySet("https://issuer.example/jwks", { coolDown: -1 }),
      /coolDown is a number of at least 0; found -1/,
    );
    assert.throws(
      () =>
        remoteKeySet("https://issuer.example/jwks", { minAge: 10, maxAge: 5 }),
      /minAge is at most maxAge, 5; found 10/,
    );
  });
});
