/** Fetched key sets over real HTTP: what goes wrong at an issuer, and what it may cost us. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createVerifier, exportKey, generateKey, remoteKeySet, sign, verify, verifySync, type Jwk, type KeySet, type KeySourceEvent, type KeysUnavailable, type Policy, type RemoteKeySetOptions } from "@assay/token";
import { json, loopbackIssuer, status, type Answer } from "./loopback-issuer.ts";

const first = await generateKey("ES256", { kid: "first" });
const second = await generateKey("ES256", { kid: "second" });
const publicJwk = (key: typeof first): Jwk => exportKey(key, { secret: false });
const both = { keys: [publicJwk(first), publicJwk(second)] };

const START = 1_800_000_000_000;
const MINUTE = 60_000;

/** A source whose clock the test moves. */
async function source(answer: Answer, options: RemoteKeySetOptions = {}) {
  const issuer = await loopbackIssuer(answer);
  const time = { now: START };
  const events: KeySourceEvent[] = [];
  const keys = remoteKeySet(`${issuer.origin}/jwks?appid=x`, { clock: () => time.now, onEvent: (event) => events.push(event), ...options });
  const ask = (kid: string | null = "first") => keys.lookup({ alg: "ES256", kid });
  return { issuer, time, events, keys, ask, async [Symbol.asyncDispose]() { await issuer[Symbol.asyncDispose](); } };
}

const kids = (set: KeySet | KeysUnavailable): readonly (string | null)[] => {
  assert.ok("keys" in set, JSON.stringify(set));
  return set.keys.map(({ kid }) => kid);
};
/** Lets a fetch in the background come to its end. */
const settled = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition(), "it did not happen");
};

describe("a fetched key set", () => {
  it("is fetched once for 1,000 that ask at once, and answers at once while it is fresh", async () => {
    await using s = await source(json(both));
    const answers = await Promise.all(Array.from({ length: 1000 }, () => s.ask()));
    assert.equal(s.issuer.asked.length, 1);
    assert.equal(new Set(answers).size, 1);
    assert.ok(!(s.ask() instanceof Promise));
    const token = await sign({ sub: "someone" }, first);
    const policy: Policy = { kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now };
    assert.equal(verifySync(token, policy).outcome, "accepted");
    assert.equal(s.issuer.asked.length, 1);
    assert.deepEqual(s.events, [{ type: "fetched", source: `${s.issuer.origin}/jwks`, lifetime: 10 * MINUTE }]);
  });

  const lifetimes: readonly [string, Record<string, string>, number][] = [
    ["says nothing", {}, 10],
    ["gives max-age", { "cache-control": "public, max-age=3600" }, 60],
    ["has spent part of max-age in a cache", { "cache-control": "max-age=3600", age: "1800" }, 30],
    ["forbids caching", { "cache-control": "no-store" }, 5],
    ["is out of date from the start", { "cache-control": "max-age=0" }, 5],
    ["lives for a year", { "cache-control": "max-age=31536000, immutable" }, 24 * 60],
    ["has a max-age that is no number", { "cache-control": "max-age=soon" }, 10],
  ];
  for (const [name, headers, minutes] of lifetimes) {
    it(`lives ${minutes} minutes when the answer ${name}`, async () => {
      await using s = await source(json(both, headers));
      await s.ask();
      s.time.now += minutes * MINUTE * 0.79;
      assert.ok(!(s.ask() instanceof Promise));
      assert.equal(s.issuer.asked.length, 1);
      s.time.now = START + minutes * MINUTE;
      assert.ok(s.ask() instanceof Promise);
    });
  }

  it("is renewed ahead of time, and nobody waits for it", async () => {
    await using s = await source(json({ keys: [publicJwk(first)] }));
    await s.ask();
    s.issuer.answer = json(both);
    s.time.now += 9 * MINUTE;
    const before = s.ask();
    assert.ok(!(before instanceof Promise));
    assert.deepEqual(kids(before), ["first"]);
    await settled(() => s.events.length === 2);
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
    assert.equal(s.issuer.asked.length, 2);
  });

  it("finds a new key after a rotation, by one more fetch for all who present it", async () => {
    await using s = await source(json({ keys: [publicJwk(first)] }));
    await s.ask();
    s.issuer.answer = json(both);
    const answers = await Promise.all(Array.from({ length: 1000 }, () => s.ask("second")));
    for (const answer of answers) assert.deepEqual(kids(answer), ["first", "second"]);
    assert.equal(s.issuer.asked.length, 2);
  });

  it("is fetched once in a cool-down, however many unknown kids come", async () => {
    await using s = await source(json(both));
    await s.ask();
    const token = async (kid: string) => sign({ sub: "someone" }, first, { header: { kid } });
    const verifier = createVerifier({ kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now });
    for (let i = 0; i < 1000; i++) {
      const verdict = await verifier.verify(await token(`made up ${i}`));
      assert.equal(verdict.outcome === "accepted" ? null : verdict.reason, "signature.key_not_found");
    }
    assert.equal(s.issuer.asked.length, 2);
    assert.equal(s.events.filter(({ type }) => type === "cooled_down").length, 999);
    s.time.now += 29_999;
    await s.ask("another");
    assert.equal(s.issuer.asked.length, 2);
    s.time.now += 1;
    await s.ask("another");
    assert.equal(s.issuer.asked.length, 3);
  });

  it("does not fetch for kids when its only key has none", async () => {
    const { kid: _, ...nameless } = publicJwk(first);
    await using s = await source(json({ keys: [nameless] }));
    await s.ask("whatever");
    assert.ok(!(s.ask("whatever else") instanceof Promise));
    assert.equal(s.issuer.asked.length, 1);
  });

  it("keeps a key that stays as the same object, and drops one that has gone together with its tokens", async () => {
    await using s = await source(json(both));
    const [kept, gone] = ((await s.ask()) as KeySet).keys;
    const verifier = createVerifier({ kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now }, { cacheBytes: 100_000 });
    const [ofKept, ofGone] = [await sign({ n: 1 }, first), await sign({ n: 2 }, second)];
    assert.equal(verifier.verifySync(ofKept).outcome, "accepted");
    assert.equal(verifier.verifySync(ofGone).outcome, "accepted");
    const reordered = Object.fromEntries(Object.entries(publicJwk(first)).reverse());
    s.issuer.answer = json({ keys: [reordered, reordered] });
    const next = (await s.keys.refresh()) as KeySet;
    assert.equal(next.keys.length, 1);
    assert.equal(next.keys[0], kept);
    assert.ok(!next.keys.includes(gone as NonNullable<typeof gone>));
    assert.equal(verifier.verifySync(ofKept).outcome, "accepted");
    const verdict = await verifier.verify(ofGone);
    assert.equal(verdict.outcome === "accepted" ? null : verdict.reason, "signature.key_not_found");
  });

  it("serves what it has while the issuer is down, for a while and not for ever", async () => {
    await using s = await source(json(both), { maxStale: 60 * MINUTE });
    await s.ask();
    s.issuer.answer = status(503);
    s.time.now += 10 * MINUTE;
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
    // The outage is known now: nobody waits, and it is tried again in the background only after a pause.
    assert.ok(!(s.ask() instanceof Promise));
    assert.equal(s.issuer.asked.length, 2);
    assert.deepEqual(s.events.map(({ type }) => type), ["fetched", "failed", "stale_served", "stale_served"]);
    s.time.now += 59 * MINUTE;
    assert.ok(!(s.ask() instanceof Promise));
    await settled(() => s.events.filter(({ type }) => type === "failed").length === 2);
    s.time.now += 2 * MINUTE;
    assert.deepEqual(await s.ask(), { unavailable: "HTTP status 503", source: `${s.issuer.origin}/jwks` });
    s.issuer.answer = json(both);
    s.time.now += 1 * MINUTE;
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
  });

  it("leaves an unknown kid undecided while the issuer is down, since it may be its new key", async () => {
    await using s = await source(json({ keys: [publicJwk(first)] }));
    await s.ask();
    s.issuer.answer = status(500);
    const policy: Policy = { kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now };
    for (let i = 0; i < 3; i++) {
      const verdict = await verify(await sign({}, second), policy);
      assert.deepEqual([verdict.outcome, verdict.outcome === "accepted" ? null : verdict.reason], ["undecided", "signature.keys_unavailable"]);
    }
    assert.equal(s.issuer.asked.length, 2);
    assert.equal((await verify(await sign({}, first), policy)).outcome, "accepted");
  });

  it("pauses longer after each failure, and asks once for all who wait", async () => {
    await using s = await source(status(500));
    const attempts = async (): Promise<number> => {
      await Promise.all(Array.from({ length: 100 }, () => s.ask()));
      return s.issuer.asked.length;
    };
    const seen: number[] = [];
    for (const pause of [0, 999, 1, 1999, 1, 3999, 1, 100 * MINUTE, 29_999, 1]) {
      s.time.now += pause;
      seen.push(await attempts());
    }
    assert.deepEqual(seen, [1, 1, 2, 2, 3, 3, 4, 5, 6, 6]);
  });

  it("drops what a listener throws", async () => {
    await using s = await source(json(both), { onEvent: () => { throw new Error("broken counter"); } });
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
  });
});

const elsewhere = await loopbackIssuer(json(both));

const faults: readonly [string, Answer, RegExp][] = [
  ["500", status(500, { "content-type": "application/json" }, JSON.stringify(both)), /^HTTP status 500$/],
  ["404", status(404), /^HTTP status 404$/],
  ["204", status(204), /^HTTP status 204$/],
  ["an HTML page with status 200", status(200, { "content-type": "text/html; charset=utf-8" }, "<html>Sign in</html>"), /^content type text\/html$/],
  ["a JWK Set that says it is HTML", status(200, { "content-type": "text/html" }, JSON.stringify(both)), /^content type text\/html$/],
  ["no content type", status(200, {}, JSON.stringify(both)), /^an answer without a content type$/],
  ["no JSON", json("keys: []"), /^no JSON object: not_json$/],
  ["an array", json([]), /^no JSON object: not_object$/],
  ["half of it", json(JSON.stringify(both).slice(0, -10)), /^no JSON object: not_json$/],
  ["nothing", json(""), /^no JSON object: empty$/],
  ["bytes that are no UTF-8", (_, response) => response.writeHead(200, { "content-type": "application/json" }).end(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), /^an answer that is not UTF-8$/],
  ["a member twice", json(`{"keys":[],"keys":[${JSON.stringify(publicJwk(first))}]}`), /duplicate_member/],
  ["JSON nested without end", json(`{"keys":${"[".repeat(1e5)}${"]".repeat(1e5)}}`), /^JSON nested deeper than 64$/],
  ["an error document", json({ error: "unavailable" }), /^no JWK Set: "keys" is missing$/],
  ["keys that are no array", json({ keys: { first } }), /^no JWK Set: "keys" is no array$/],
  ["1,000 keys", json({ keys: Array.from({ length: 1000 }, () => ({ kty: "EC" })) }), /^a JWK Set of 1000 keys; at most 256 are read$/],
  ["10 MB", json({ keys: [], more: "x".repeat(10e6) }), /^an answer of more than 262144 bytes$/],
  ["10 MB without a length", (_, response) => { response.writeHead(200, { "content-type": "application/json" }); for (let i = 0; i < 160; i++) response.write("x".repeat(65536)); response.end(); }, /^an answer of more than 262144 bytes$/],
  ["less than its length", (_, response) => { response.writeHead(200, { "content-type": "application/json", "content-length": "999" }); response.write("{}", () => response.destroy()); }, /^no connection/],
  ["a broken connection", (request) => request.socket.destroy(), /^no connection: UND_ERR_SOCKET$|^no connection: ECONNRESET$/],
  ["a redirect to another origin", status(302, { location: `${elsewhere.origin}/jwks` }), /^a redirect to another origin, http:\/\/127\.0\.0\.1:\d+$/],
  ["a redirect to another origin of the same look", (request, response) => response.writeHead(307, { location: `//${request.headers.host}@${new URL(elsewhere.origin).host}/` }).end(), /^a redirect to another origin/],
  ["a redirect to a file", status(301, { location: "file:///etc/passwd" }), /^a redirect to another origin/],
  ["a redirect with credentials", (request, response) => response.writeHead(302, { location: `http://user:pass@${request.headers.host}/jwks` }).end(), /^a URL with credentials in it$/],
  ["a redirect to nowhere", status(302), /^a redirect without a usable target$/],
  ["a redirect in a circle", status(302, { location: "/jwks" }), /^more than 2 redirects$/],
  ["a redirect without a target, 300", status(300, { location: "/jwks" }), /^HTTP status 300$/],
  ["headers that never come", () => {}, /^no complete answer within 200 ms$/],
  ["a body that trickles", (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
  }, /^no complete answer within 200 ms$/],
];

describe("an issuer that answers with trouble leaves tokens undecided", () => {
  for (const [name, answer, problem] of faults) {
    it(name, async () => {
      await using s = await source(answer, { timeout: name.includes("never") || name.includes("trickles") ? 200 : 5000 });
      const verdict = await verify(await sign({}, first), { kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now });
      assert.equal(verdict.outcome, "undecided");
      assert.ok(verdict.outcome === "undecided" && verdict.reason === "signature.keys_unavailable", JSON.stringify(verdict));
      assert.match((verdict.evidence as { problem: string }).problem, problem);
      assert.equal((verdict.evidence as { source: string }).source, `${s.issuer.origin}/jwks`);
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
    const answer = await remoteKeySet(`${issuer.origin}/`).lookup({ alg: "ES256", kid: null });
    assert.deepEqual(answer, { unavailable: "no connection: ECONNREFUSED", source: `${issuer.origin}/` });
  });

  it("a fetch that heeds no signal, or throws", async () => {
    const deaf = remoteKeySet("https://issuer.example/jwks", { timeout: 50, fetch: () => new Promise<never>(() => {}) });
    assert.deepEqual(await deaf.lookup({ alg: "ES256", kid: null }), { unavailable: "no complete answer within 50 ms", source: "https://issuer.example/jwks" });
    const broken = remoteKeySet("https://issuer.example/jwks", { fetch: () => { throw new Error("secret"); } });
    assert.deepEqual(await broken.lookup({ alg: "ES256", kid: null }), { unavailable: "no connection", source: "https://issuer.example/jwks" });
  });

  it("but two redirects within the origin, and text/plain, are followed and read", async () => {
    await using s = await source((request, response) => {
      const next = { "/jwks?appid=x": "/a", "/a": "b" }[request.url ?? ""];
      if (next) response.writeHead(308, { location: next }).end();
      else response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(JSON.stringify(both));
    });
    assert.deepEqual(kids(await s.ask()), ["first", "second"]);
    assert.deepEqual(s.issuer.asked, ["/jwks?appid=x", "/a", "/b"]);
  });
});

describe("the members of a fetched set", () => {
  it("private and secret ones are refused by name, unknown ones ignored, and the others are good", async () => {
    const secret = exportKey(second, { secret: true });
    const members = [secret, { kty: "oct", kid: "hmac", k: "c2VjcmV0" }, { kty: "PQC", kid: "later" }, 7, null, publicJwk(first)];
    await using s = await source(json({ keys: members }));
    const set = (await s.ask()) as KeySet;
    assert.deepEqual(
      set.keys.map(({ kid, problem }) => [kid, problem && problem.problem]),
      [["second", "private"], ["hmac", "private"], ["later", "unsupported"], [null, "member"], [null, "member"], ["first", null]],
    );
    assert.equal(set.keys[0]?.problem?.detail, "a published set holds public keys only; keys[0] has the member d");
    assert.ok(set.keys.every((key) => key.reveal()["d"] === undefined && key.reveal()["k"] === undefined));
    const policy: Policy = { kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now };
    assert.equal((await verify(await sign({}, first), policy)).outcome, "accepted");
    const verdict = await verify(await sign({}, second), policy);
    assert.ok(verdict.outcome === "rejected" && verdict.reason === "signature.key_unsuitable");
    assert.equal((verdict.evidence as { problem: string }).problem, "private");
  });

  it("an empty set says that the issuer has no keys: that is no outage", async () => {
    await using s = await source(json({ keys: [] }));
    const verdict = await verify(await sign({}, first), { kind: "any", issuer: null, audience: null, keys: s.keys, clock: () => s.time.now });
    assert.ok(verdict.outcome === "rejected" && verdict.reason === "signature.key_not_found", JSON.stringify(verdict));
  });
});

describe("the URL of a key set", () => {
  for (const url of ["http://issuer.example/jwks", "https://user:pass@issuer.example/jwks", "file:///etc/keys", "data:application/json,{}", "/jwks", "", "http://127.0.0.1.example/jwks", "http://localhost.example/jwks", "http://169.254.169.254/"]) {
    it(`${url || "the empty one"} is refused at once`, () => assert.throws(() => remoteKeySet(url), TypeError));
  }
  for (const url of ["https://issuer.example/jwks", "http://localhost:1/jwks", "http://[::1]:1/", "http://127.8.9.1/", "http://keys.localhost/"]) {
    it(`${url} is taken`, () => assert.ok(remoteKeySet(url)));
  }
  it("plain http is taken where the operator allows it, and a wrong option is misuse", () => {
    assert.ok(remoteKeySet("http://issuer.example/jwks", { allowInsecure: true }));
    assert.throws(() => remoteKeySet("https://issuer.example/jwks", { coolDown: -1 }), /coolDown is a number of at least 0; found -1/);
    assert.throws(() => remoteKeySet("https://issuer.example/jwks", { minAge: 10, maxAge: 5 }), /minAge is at most maxAge, 5; found 10/);
  });
});
