/** What must be found nowhere afterwards: no token, secret, code or password in the database or a log, no person in the journal, nothing behind another's handle. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  API,
  ASSERTION_TYPE,
  OPAQUE_API,
  openAttackBed,
  type AttackBed,
  type Tokens,
} from "./attack-bed.ts";

const IP = "203.0.113.77";
const AGENT = "Personal-Browser/7.7";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
});
after(() => bed.close());

const sending = { ip: IP, headers: { "user-agent": AGENT } };

/** A run through everything that is given out, and everything that goes wrong with it. */
async function run(): Promise<void> {
  const remember = async (answer: Response): Promise<Tokens> => {
    const body = (await answer.json()) as Tokens;
    for (const text of [body.access_token, body.refresh_token, body.id_token])
      if (text !== undefined) bed.secrets.add(text);
    return body;
  };
  const web = {
    ...sending,
    headers: { ...sending.headers, ...bed.basic("web") },
  };
  const spa = await bed.tokens("spa", { scope: "openid offline_access read" });
  const opaque = await bed.tokens("web", { resource: OPAQUE_API });
  const refreshes = (token: string): Promise<Response> =>
    bed.post(
      "/token",
      { grant_type: "refresh_token", refresh_token: token, client_id: "spa" },
      sending,
    );
  const next = await remember(await refreshes(spa.refresh_token));
  await remember(await refreshes(spa.refresh_token));
  await refreshes(spa.refresh_token);
  await refreshes(next.refresh_token.slice(0, -2));
  await remember(
    await bed.post(
      "/token",
      { grant_type: "client_credentials", resource: API },
      web,
    ),
  );
  const assertion = await bed.assertion("key");
  bed.secrets.add(assertion);
  for (let i = 0; i < 2; i++)
    await remember(
      await bed.post(
        "/token",
        {
          grant_type: "client_credentials",
          client_assertion: assertion,
          client_assertion_type: ASSERTION_TYPE,
        },
        sending,
      ),
    );
  const tokens = [spa.access_token, opaque.access_token, opaque.refresh_token];
  for (const token of [...tokens, `${opaque.access_token}x`, "x"]) {
    await bed.post("/introspect", { token }, { headers: bed.basic("api") });
    await bed.post("/revoke", { token }, { headers: bed.basic("other") });
    await bed.get("/revocations", {
      headers: { authorization: `Bearer ${token}` },
    });
    await bed.get("/admin/clients", {
      headers: { authorization: `Bearer ${token}` },
    });
  }
  const { code } = await bed.signIn("spa");
  for (const more of [
    { code_verifier: "x".repeat(43) },
    { code_verifier: "y".repeat(43), client_secret: bed.secretOf("web") },
  ])
    await bed.post(
      "/token",
      { grant_type: "authorization_code", code, client_id: "spa", ...more },
      sending,
    );
  // A secret in each place where a client might put it by mistake.
  const secret = bed.secretOf("web");
  for (const form of [
    { grant_type: secret },
    { grant_type: "client_credentials", scope: secret },
    { grant_type: "client_credentials", resource: secret },
    { [secret]: secret },
    { grant_type: "refresh_token", refresh_token: secret },
    {
      grant_type: "authorization_code",
      code: secret,
      code_verifier: secret,
      redirect_uri: secret,
    },
  ] as readonly Readonly<Record<string, string>>[])
    await bed.post("/token", form, web);
  for (const name of [
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "resource",
    "code_challenge",
    "response_type",
  ]) {
    const query = { response_type: "code", client_id: "spa", [name]: secret };
    await bed.get(`/authorize?${new URLSearchParams(query).toString()}`, {
      headers: sending.headers,
    });
  }
  await bed.post("/token", {
    grant_type: "client_credentials",
    client_id: secret,
    client_secret: "web",
  });
  await bed.post(
    "/token",
    { grant_type: "client_credentials" },
    {
      headers: {
        authorization: `Basic ${Buffer.from(`${secret}:web`).toString("base64")}`,
        dpop: spa.access_token,
      },
    },
  );
  await bed.post(
    "/token",
    { grant_type: "client_credentials" },
    { headers: { authorization: `Bearer ${secret}` } },
  );
  await bed.post(
    "/revoke",
    { token: next.refresh_token, client_id: "spa" },
    sending,
  );
  await bed.settled();
}

/** Each text, and what stands between its dots: half a token is enough to be told. */
const traces = (): readonly string[] =>
  [...bed.secrets].flatMap((text) => [
    text,
    Buffer.from(text).toString("base64"),
    Buffer.from(text).toString("base64url"),
    encodeURIComponent(text),
    // The signature of a JWT, the secret of an opaque token.
    ...(text.includes(".") ? [text.slice(text.lastIndexOf(".") + 1)] : []),
    ...(text.startsWith("asy_") ? [text.slice(-49)] : []),
  ]);

describe("after a run through everything", () => {
  before(run);

  it("no secret stands in the database, its log, or a line of the server's log", () => {
    const database = bed.database();
    assert.ok(bed.secrets.size > 20);
    assert.ok(database.length > 100_000);
    const log = bed.logged.join("\n");
    for (const trace of traces()) {
      assert.ok(trace.length > 10);
      assert.ok(
        !database.includes(trace),
        `in the database: ${trace.slice(0, 12)}…`,
      );
      assert.ok(!log.includes(trace), `in the log: ${trace.slice(0, 12)}…`);
    }
    // What was looked for would be found: a digest, and a client's name, stand there.
    assert.ok(database.includes("api.example"));
  });

  it("the journal names no person, address or agent, and tells of the refusals", async () => {
    const entries = await bed.store.readJournal({ limit: 1000 });
    const text = JSON.stringify(entries);
    assert.ok(entries.length > 30);
    for (const personal of ['"ada"', IP, AGENT, "127.0.0.1", "Personal"])
      assert.ok(!text.includes(personal), personal);
    const refused = entries.filter(({ event }) => event === "request.refused");
    const told = new Set(refused.map(({ facts }) => facts?.["endpoint"]));
    for (const endpoint of [
      "admin",
      "authorization",
      "revocation",
      "revocations",
      "token",
    ])
      assert.ok(told.has(endpoint), endpoint);
    assert.ok(entries.some(({ event }) => event === "token.inactive"));
    assert.ok(entries.some(({ event }) => event === "token.reused"));
    assert.ok(entries.some(({ personal }) => personal !== null));
  });

  it("no address and no agent stands anywhere in the database", () => {
    const database = bed.database();
    for (const personal of [IP, AGENT])
      assert.ok(!database.includes(personal), personal);
  });

  it("nothing that is published holds a secret member of a key", async () => {
    for (const path of ["/jwks", "/.well-known/openid-configuration"]) {
      const text = await (await bed.get(path)).text();
      assert.doesNotMatch(text, /"(?:d|p|q|dp|dq|qi|oth|k|priv|sealed)"/);
    }
  });

  it("and no diagnosis that an operator or a client reads holds a secret", async () => {
    const { context } = bed.issuer;
    for (const [form, headers] of [
      [
        { grant_type: "refresh_token", refresh_token: "asy_rt_x" },
        bed.basic("web"),
      ],
      [{ grant_type: bed.secretOf("web") }, bed.basic("web")],
      [
        {
          grant_type: "client_credentials",
          client_id: "web",
          client_secret: `${bed.secretOf("web")} `,
        },
        {},
      ],
    ] as const) {
      const answer = await bed.post("/token", form, { headers });
      await bed.settled();
      const handle = answer.headers.get("assay-diagnosis") ?? "";
      const read = JSON.stringify(
        await context.handles.read(handle, { admin: true }),
      );
      assert.ok(read.length > 100);
      for (const trace of traces()) assert.ok(!read.includes(trace));
    }
  });
});

describe("a handle", () => {
  const refusedAs = async (clientId: string): Promise<string> => {
    const answer = await bed.post(
      "/token",
      { grant_type: "refresh_token", refresh_token: "x" },
      { headers: bed.basic(clientId) },
    );
    await bed.settled();
    return answer.headers.get("assay-diagnosis") ?? "";
  };
  const read = (handle: string, clientId: string): Promise<Response> =>
    bed.post("/diagnosis", { handle }, { headers: bed.basic(clientId) });

  it("opens for the client that was refused, and for no other: as one that there is none of", async () => {
    const handle = await refusedAs("web");
    assert.equal((await read(handle, "web")).status, 200);
    const theirs = await read(handle, "other");
    const none = await read("A".repeat(22), "other");
    assert.deepEqual(
      [theirs.status, await theirs.text()],
      [none.status, await none.text()],
    );
    const open = await bed.post("/diagnosis", { handle, client_id: "spa" });
    assert.equal(open.status, 401);
  });

  it("cannot be guessed, and is no digest of anything: two alike refusals have two", async () => {
    const handles = await Promise.all(
      Array.from({ length: 50 }, () => refusedAs("web")),
    );
    assert.equal(new Set(handles).size, 50);
    for (const handle of handles)
      assert.equal(Buffer.from(handle, "base64url").length, 16);
    assert.ok(!handles.some((handle) => bed.database().includes(handle)));
  });

  it("of an active token's stranger and of a token that is none tell a client the same", async () => {
    const mine = await bed.tokens("web", { resource: API });
    const ended = await bed.tokens("web", { resource: API });
    await bed.post(
      "/revoke",
      { token: ended.access_token },
      { headers: bed.basic("web") },
    );
    const stories = [];
    for (const token of [mine.access_token, ended.access_token]) {
      const answer = await bed.post(
        "/introspect",
        { token },
        { headers: bed.basic("other") },
      );
      await bed.settled();
      const handle = answer.headers.get("assay-diagnosis") ?? "";
      const opened = await read(handle, "other");
      const {
        at: _,
        expiresAt: __,
        ...story
      } = (await opened.json()) as Record<string, unknown>;
      stories.push(story);
    }
    assert.deepEqual(stories[0], stories[1]);
    const told = JSON.stringify(stories);
    for (const word of ["ada", "revoked", '"web"', API])
      assert.ok(!told.includes(word), word);
  });

  it("comes with every refusal alike, whoever asks", async () => {
    for (const answer of [
      await bed.post("/token", {}),
      await bed.post(
        "/introspect",
        { token: "x" },
        { headers: bed.basic("api") },
      ),
      await bed.post("/revoke", {}),
      await bed.get("/revocations"),
      await bed.get("/authorize"),
      await bed.get("/admin/clients"),
    ])
      assert.match(answer.headers.get("assay-diagnosis") ?? "", /^[\w-]{22}$/);
  });
});
