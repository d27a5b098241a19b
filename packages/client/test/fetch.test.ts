/** fetch with the token: whom it is sent to, what is sent again, and what is said instead. */
import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { after, before, beforeEach, describe, it } from "node:test";
import {
  createTokenSource,
  SignInRequired,
  StepUpRequired,
  type TokenSource,
} from "../src/index.ts";
import { listen, openBed, type Bed, type Way } from "./bed.ts";

let bed: Bed;
let api: Way;
let elsewhere: Way;
let secret = "";
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let source: TokenSource;
const bodies: string[] = [];

const ok = (_: IncomingMessage, response: ServerResponse): void =>
  void response.end("fine");
const challenge =
  (status: number, text: string) =>
  (_: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(status, { "www-authenticate": text }).end();
/** These answers one after the other, then `ok`. */
function inTurn(...answers: (typeof answer)[]): void {
  answer = (request, response) => (answers.shift() ?? ok)(request, response);
}
const collect =
  (way: "api" | "elsewhere") =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        bodies.push(Buffer.concat(chunks).toString());
        if (way === "api") answer(request, response);
        else ok(request, response);
      });
  };

before(async () => {
  bed = await openBed();
  secret = await bed.running.addClient({ clientId: "service" });
  api = await listen(collect("api"));
  elsewhere = await listen(collect("elsewhere"));
});
after(async () => {
  api.close();
  elsewhere.close();
  await bed.close();
});
beforeEach(() => {
  answer = ok;
  for (const list of [
    api.requests,
    elsewhere.requests,
    bed.way.requests,
    bodies,
  ])
    list.length = 0;
  source = bed.source({
    grant: { type: "client_credentials" },
    clientId: "service",
    authentication: { method: "client_secret_basic", secret },
    metadata: bed.metadata,
    origins: [api.url],
  });
});
const sent = (way: Way): (string | undefined)[] =>
  way.requests.map(({ headers }) => headers.authorization);

describe("whom the token is sent to", () => {
  it("the origins that are named", async () => {
    await source.fetch(`${api.url}/a`);
    assert.equal(sent(api)[0], `Bearer ${(await source.token()).value}`);
  });
  it("no other origin, and it is not asked for then", async () => {
    await source.fetch(`${elsewhere.url}/a`);
    assert.deepEqual(sent(elsewhere), [undefined]);
    assert.equal(bed.way.requests.length, 0);
  });
  it("not where the caller brings credentials", async () => {
    await source.fetch(`${api.url}/a`, {
      headers: { authorization: "Basic eDp5" },
    });
    assert.deepEqual(sent(api), ["Basic eDp5"]);
  });
  it("a redirect within the origin is followed with it", async () => {
    inTurn(
      (_, response) => void response.writeHead(302, { location: "/b" }).end(),
    );
    assert.equal(await (await source.fetch(`${api.url}/a`)).text(), "fine");
    assert.deepEqual(
      api.requests.map(({ url }) => url),
      ["/a", "/b"],
    );
    assert.ok(sent(api).every((each) => each?.startsWith("Bearer ")));
  });
  for (const status of [301, 302, 303, 307, 308])
    it(`a redirect to another origin is followed without it (${status})`, async () => {
      inTurn(
        (_, response) =>
          void response
            .writeHead(status, { location: `${elsewhere.url}/b` })
            .end(),
      );
      const response = await source.fetch(`${api.url}/a`, {
        method: "POST",
        body: "hello",
        headers: { cookie: "a=b" },
      });
      assert.equal(response.status, 200);
      assert.deepEqual(sent(elsewhere), [undefined]);
      assert.equal(elsewhere.requests[0]?.headers.cookie, undefined);
      assert.deepEqual(
        [elsewhere.requests[0]?.method, bodies.at(-1)],
        status < 304 ? ["GET", ""] : ["POST", "hello"],
      );
    });
  it("not even where that origin may have the token for itself", async () => {
    const both = bed.source({
      grant: { type: "client_credentials" },
      clientId: "service",
      authentication: { method: "client_secret_basic", secret },
      origins: [api.url, elsewhere.url],
    });
    inTurn(
      (_, response) =>
        void response.writeHead(302, { location: `${elsewhere.url}/b` }).end(),
    );
    await both.fetch(`${api.url}/a`);
    assert.deepEqual(sent(elsewhere), [undefined]);
  });
  it("redirects that the caller wants to see are shown", async () => {
    inTurn(
      (_, response) =>
        void response.writeHead(302, { location: `${elsewhere.url}/b` }).end(),
    );
    assert.equal(
      (await source.fetch(`${api.url}/a`, { redirect: "manual" })).status,
      302,
    );
  });
});

const EXPIRED =
  'Bearer realm="api", error="invalid_token", error_description="The token, \\"yours\\", has expired"';

describe("a 401 invalid_token", () => {
  it("is answered by one renewal and one repetition, with the same body", async () => {
    inTurn(challenge(401, EXPIRED));
    const response = await source.fetch(`${api.url}/a`, {
      method: "POST",
      body: "hello",
    });
    assert.equal(await response.text(), "fine");
    assert.deepEqual(bodies, ["hello", "hello"]);
    assert.equal(new Set(sent(api)).size, 2);
    assert.equal(bed.way.requests.length, 2);
  });
  it("is given to the caller when the new token is refused too, and soon after nothing is renewed for it", async () => {
    answer = challenge(401, EXPIRED);
    assert.equal((await source.fetch(`${api.url}/a`)).status, 401);
    assert.equal((await source.fetch(`${api.url}/a`)).status, 401);
    assert.deepEqual([api.requests.length, bed.way.requests.length], [3, 2]);
  });
  it("many at once: one renewal", async () => {
    await source.token();
    const first = (await source.token()).value;
    answer = (request, response) =>
      (request.headers.authorization === `Bearer ${first}`
        ? challenge(401, EXPIRED)
        : ok)(request, response);
    const all = await Promise.all(
      Array.from({ length: 50 }, async () => source.fetch(`${api.url}/a`)),
    );
    assert.ok(all.every(({ status }) => status === 200));
    assert.equal(bed.way.requests.length, 2);
  });
  it("a body that is a stream is not sent again", async () => {
    inTurn(challenge(401, EXPIRED));
    const stream = new Blob(["hello"]).stream();
    const response = await source.fetch(`${api.url}/a`, {
      method: "POST",
      body: stream,
      duplex: "half",
    });
    assert.equal(response.status, 401);
    assert.deepEqual([bodies, bed.way.requests.length], [["hello"], 1]);
  });
  it("the body of a Request is a stream", async () => {
    inTurn(challenge(401, EXPIRED));
    const response = await source.fetch(
      new Request(`${api.url}/a`, {
        method: "PUT",
        body: "hello",
        headers: { "x-a": "b" },
      }),
    );
    assert.equal(response.status, 401);
    assert.deepEqual(
      [bodies, api.requests[0]?.method, api.requests[0]?.headers["x-a"]],
      [["hello"], "PUT", "b"],
    );
  });
  it("of a token that was given: nothing is renewed", async () => {
    answer = challenge(401, EXPIRED);
    const given = createTokenSource({
      grant: { type: "static", accessToken: "abc" },
      origins: [api.url],
    });
    assert.equal((await given.fetch(`${api.url}/a`)).status, 401);
    assert.deepEqual(sent(api), ["Bearer abc"]);
    await given.signOut();
    await assert.rejects(given.fetch(`${api.url}/a`), SignInRequired);
  });
});

describe("other refusals renew nothing", () => {
  const cases = {
    "401 without an error": [401, "Bearer"],
    "401 of another scheme": [401, 'Basic realm="x", error="invalid_token"'],
    "401 invalid_request": [401, 'Bearer error="invalid_request"'],
    "403 without a word": [403, "Bearer"],
    "403 invalid_token": [403, 'Bearer error="invalid_token"'],
  } as const;
  for (const [name, [status, text]] of Object.entries(cases))
    it(name, async () => {
      answer = challenge(status, text);
      assert.equal((await source.fetch(`${api.url}/a`)).status, status);
      assert.deepEqual([api.requests.length, bed.way.requests.length], [1, 1]);
    });
});

describe("a token that allows too little", () => {
  it("403 insufficient_scope names the scopes", async () => {
    answer = challenge(
      403,
      'Basic realm="x", Bearer error="insufficient_scope", scope="read admin", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    );
    await assert.rejects(source.fetch(`${api.url}/a`), (error: unknown) => {
      assert.ok(error instanceof StepUpRequired);
      assert.deepEqual(
        [error.scopes, error.response.status, error.resourceMetadata],
        [
          ["read", "admin"],
          403,
          "https://api.example/.well-known/oauth-protected-resource",
        ],
      );
      return true;
    });
    assert.equal(bed.way.requests.length, 1);
  });
  it("401 insufficient_user_authentication names how to sign in", async () => {
    answer = challenge(
      401,
      'Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age=5',
    );
    await assert.rejects(source.fetch(`${api.url}/a`), (error: unknown) => {
      assert.ok(error instanceof StepUpRequired);
      assert.deepEqual(
        [error.acrValues, error.maxAge],
        [["gold", "silver"], 5],
      );
      return true;
    });
  });
});

it("origins with a path, or in the clear, are refused", () => {
  for (const origin of [
    "https://api.example/v1",
    "http://api.example",
    "api.example",
  ])
    assert.throws(
      () =>
        createTokenSource({
          grant: { type: "static", accessToken: "abc" },
          origins: [origin],
        }),
      { code: "configuration" },
    );
});
