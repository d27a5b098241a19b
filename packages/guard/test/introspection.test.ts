/** Tokens that only their issuer can read (RFC 7662, RFC 9701): asked once, kept shortly, never past their end, and judged as any other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  introspection,
  type GuardOptions,
  type IntrospectionOptions,
} from "@assay/guard";
import { sign, thumbprint } from "@assay/token";
import { bearer, openDoor, type Door } from "./door.ts";
import { serveIssuer, text, type IssuerServer } from "./issuer-server.ts";

interface Asked extends AsyncDisposable {
  readonly server: IssuerServer;
  readonly door: Door;
  readonly requests: {
    readonly authorization: string | undefined;
    readonly accept: string | undefined;
    readonly body: string;
  }[];
  says: object | null;
  now(): number;
}

async function asked(
  options: Partial<IntrospectionOptions> = {},
  more: Partial<GuardOptions> = {},
): Promise<Asked> {
  const server = await serveIssuer();
  const requests: Asked["requests"] = [];
  const { clock } = server.issuer;
  const now = (): number => Math.floor(clock() / 1000);
  server.answers.set("/introspect", (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { authorization, accept } = request.headers;
      requests.push({
        authorization,
        accept,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(it.says ?? { active: false }));
    });
  });
  const door = await openDoor(
    {
      issuers: server.origin,
      introspection: introspection({
        endpoint: `${server.origin}/introspect`,
        clientId: "api",
        clientSecret: "s%c ret",
        clock,
        ...options,
      }),
      ...more,
    },
    server.issuer,
  );
  const it: Asked = {
    server,
    door,
    requests,
    now,
    says: {
      active: true,
      iss: server.origin,
      aud: "https://api.test",
      sub: "user-1",
      scope: "read",
      exp: now() + 60,
    },
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
  return it;
}

const OPAQUE = bearer("mF_9.B5f-4.1JqM");

test("asks the issuer about what is no JWT, as RFC 7662 wants it, and judges the rest itself", async () => {
  await using it = await asked();
  const answer = await it.door.get(OPAQUE);
  assert.equal(answer.status, 200);
  assert.equal(answer.json()["subject"], "user-1");
  assert.deepEqual(it.requests, [
    {
      authorization: `Basic ${Buffer.from("api:s%25c+ret").toString("base64")}`,
      accept: "application/json",
      body: "token=mF_9.B5f-4.1JqM&token_type_hint=access_token",
    },
  ]);
  assert.equal(
    (await it.door.get(bearer(await it.server.issuer.mint()))).status,
    200,
  );
  assert.equal(it.requests.length, 1);
});

const REFUSED: readonly [string, object | null, number, string][] = [
  [
    "one that is not active",
    { active: false },
    401,
    "The access token could not be validated.",
  ],
  [
    "another audience",
    { aud: "https://other.test" },
    401,
    "The access token is not meant for this API.",
  ],
  [
    "no audience",
    { aud: undefined },
    401,
    "The access token is not meant for this API.",
  ],
  [
    "one that has expired after all",
    { exp: 1 },
    401,
    "The access token has expired.",
  ],
  [
    "another issuer",
    { iss: "https://other.test" },
    401,
    "The access token could not be validated.",
  ],
  [
    "too little scope",
    { scope: "write" },
    403,
    "The access token lacks a scope that this needs.",
  ],
  [
    "one that is bound",
    { cnf: { jkt: "abc" } },
    401,
    "The access token is bound to a key: send it under the scheme DPoP, with a proof.",
  ],
];

for (const [what, members, status, detail] of REFUSED)
  test(`refuses ${what}`, async () => {
    await using it = await asked({}, { scopes: ["read"] });
    it.says = { ...it.says, ...members };
    const answer = await it.door.get(OPAQUE);
    assert.equal(answer.status, status);
    assert.equal(answer.json()["detail"], detail);
  });

test("what cannot be asked is undecided: a failure, another type, no answer, active that only looks true, claims of a wrong type", async () => {
  await using it = await asked();
  const json = { "content-type": "application/json" };
  for (const answer of [
    text(500, ""),
    text(401, '{"error":"invalid_client"}', json),
    text(200, "{}", json),
    text(200, '{"active":"true"}', json),
    text(200, "[true]", json),
    text(200, "<html>", { "content-type": "text/html" }),
    text(
      200,
      `{"active":true,"exp":"tomorrow","aud":"https://api.test"}`,
      json,
    ),
    text(302, "", { location: "/elsewhere" }),
    text(200, `{"active":true,"x":"${"a".repeat(70_000)}"}`, json),
  ]) {
    it.server.answers.set("/introspect", answer);
    const refused = await it.door.get(bearer(crypto.randomUUID()));
    assert.equal(refused.status, 503);
    assert.equal((await it.door.refusal()).problem, "introspection");
  }
  assert.ok(!it.server.asked.includes("/elsewhere"));
});

test("keeps an answer for a while, one that says no too, and never past exp", async () => {
  await using it = await asked({ keepFor: 30 });
  const { clock } = it.server.issuer;
  it.says = { ...it.says, exp: it.now() + 20 };
  for (let i = 0; i < 3; i++)
    assert.equal((await it.door.get(OPAQUE)).status, 200);
  assert.equal(it.requests.length, 1);
  clock.turn(21);
  it.says = { active: false };
  for (let i = 0; i < 3; i++)
    assert.equal((await it.door.get(OPAQUE)).status, 401);
  assert.equal(it.requests.length, 2);
  clock.turn(30);
  await it.door.get(OPAQUE);
  assert.equal(it.requests.length, 3);
});

test("a hundred requests with one token are one question; the memory is bounded", async () => {
  await using it = await asked({ maxEntries: 2 });
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => it.door.get(OPAQUE)),
  );
  assert.ok(answers.every(({ status }) => status === 200));
  assert.equal(it.requests.length, 1);
  for (const token of ["one", "two", "three"]) await it.door.get(bearer(token));
  assert.equal(it.requests.length, 4);
  await it.door.get(OPAQUE);
  assert.equal(it.requests.length, 5);
});

test("a proof names the token that was sent", async () => {
  await using it = await asked(
    {},
    { dpop: true, publicUrl: "https://api.test" },
  );
  const key = await it.server.issuer.proofKey();
  it.says = { ...it.says, cnf: { jkt: await thumbprint(key) } };
  const send = async (token: string, ath = token): Promise<number> => {
    const dpop = await it.server.issuer.prove(key, {
      method: "GET",
      url: "https://api.test/",
      token: ath,
    });
    return (await it.door.get({ authorization: `DPoP ${token}`, dpop })).status;
  };
  assert.equal(await send("opaque"), 200);
  assert.equal(await send("opaque", "another"), 401);
  it.says = { ...it.says, cnf: { jkt: "another" } };
  assert.equal(await send("opaque-2"), 401);
  const dpop = await it.server.issuer.prove(key, {
    method: "GET",
    url: "https://api.test/",
    token: "opaque",
  });
  const replay = { authorization: "DPoP opaque", dpop };
  assert.deepEqual(
    [(await it.door.get(replay)).status, (await it.door.get(replay)).status],
    [200, 401],
  );
});

test("where signed answers are demanded (RFC 9701), only one for this API, of the right type and key, counts", async () => {
  const issuing = await serveIssuer();
  await using it = await asked({
    signed: {
      issuer: issuing.origin,
      keys: { lookup: () => issuing.issuer.keys },
    },
  });
  const say = async (
    claims: object = {},
    header: object = {},
    flaw?: "forged",
  ): Promise<void> => {
    const token_introspection = it.says;
    const jwt = await issuing.issuer.mint({
      claims: { aud: "api", token_introspection, ...claims },
      header: { typ: "token-introspection+jwt", ...header },
      ...(flaw && { flaw }),
    });
    it.server.answers.set(
      "/introspect",
      text(200, jwt, { "content-type": "application/token-introspection+jwt" }),
    );
  };
  await say();
  assert.equal((await it.door.get(bearer("one"))).status, 200);
  await say({ aud: "another-api" });
  assert.equal((await it.door.get(bearer("two"))).status, 503);
  await say({}, { typ: "at+jwt" });
  assert.equal((await it.door.get(bearer("three"))).status, 503);
  await say({}, {}, "forged");
  assert.equal((await it.door.get(bearer("four"))).status, 503);
  it.server.answers.set(
    "/introspect",
    text(200, JSON.stringify(it.says), { "content-type": "application/json" }),
  );
  assert.equal((await it.door.get(bearer("five"))).status, 503);
  await issuing[Symbol.asyncDispose]();
});

test("a JWT is never asked about, and never taken for opaque when it is damaged", async () => {
  await using it = await asked();
  for (const flaw of ["forged", "signature", "none", "expired"] as const)
    assert.equal(
      (await it.door.get(bearer(await it.server.issuer.mint({ flaw })))).status,
      401,
    );
  assert.equal(it.requests.length, 0);
  assert.equal(
    (
      await it.door.get(
        bearer(await sign({}, await it.server.issuer.proofKey())),
      )
    ).status,
    401,
  );
  assert.equal(it.requests.length, 0);
});

test("an endpoint that is not https is refused when it is named", () => {
  for (const endpoint of [
    "http://issuer.example/introspect",
    "https://user:word@issuer.example/",
    "introspect",
  ])
    assert.throws(
      () => introspection({ endpoint, clientId: "api" }),
      TypeError,
    );
});
