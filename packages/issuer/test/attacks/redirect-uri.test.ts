/** Attack row 52: whoever can bend the redirect URI gets the code. The answer is a page, and leads nowhere. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  ACCOUNT,
  CALLBACK,
  openAttackBed,
  type AttackBed,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
  await bed.put({
    clientId: "native",
    authentication: "none",
    redirectUris: ["http://127.0.0.1/cb", "com.example.app:/cb"],
  });
  await bed.put({
    clientId: "query",
    authentication: "none",
    redirectUris: ["https://app.example/cb?tenant=1"],
  });
});
after(() => bed.close());

const ask = (
  client: string,
  redirect: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  bed.get(
    `/authorize?${new URLSearchParams({
      response_type: "code",
      client_id: client,
      redirect_uri: redirect,
      code_challenge: "a".repeat(43),
      code_challenge_method: "S256",
      ...more,
    }).toString()}`,
  );

async function assertPage(answer: Response): Promise<void> {
  const text = await answer.text();
  assert.equal(answer.status, 400, text);
  assert.equal(answer.headers.get("location"), null);
  assert.equal(answer.headers.get("refresh"), null);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
  assert.match(
    answer.headers.get("content-security-policy") ?? "",
    /form-action 'none'.*frame-ancestors 'none'/,
  );
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.doesNotMatch(text, /evil|<a |<form|<meta http-equiv|<script/i);
}

/** Each class of trick, by what it speculates on. */
const TRICKS: Readonly<Record<string, readonly string[]>> = {
  "another host": ["https://evil.example/callback", "https://evil.example"],
  "a host that begins or ends like the right one": [
    "https://app.example.evil.example/callback",
    "https://evil-app.example/callback",
    "https://app.example./callback",
    "https://app.exampleevil/callback",
    "https://evil.app.example/callback",
  ],
  "another case": [
    "https://APP.example/callback",
    "HTTPS://app.example/callback",
    "https://app.example/Callback",
  ],
  "another scheme": [
    "http://app.example/callback",
    "javascript://app.example/callback%0aalert(1)",
    "data:text/html,evil",
    "app.example/callback",
    "//app.example/callback",
    "/callback",
  ],
  "a port": [
    "https://app.example:443/callback",
    "https://app.example:8443/callback",
  ],
  "a user name": [
    "https://app.example@evil.example/callback",
    "https://evil.example%40app.example/callback",
    "https://user:pw@app.example/callback",
    "https://app.example%2f@evil.example/callback",
  ],
  "a path below, above or beside": [
    `${CALLBACK}/`,
    `${CALLBACK}/evil`,
    `${CALLBACK}evil`,
    "https://app.example/",
    "https://app.example/evil/../callback",
    "https://app.example/callback/../../evil",
    "https://app.example/callback/..%2f..%2fevil",
    "https://app.example/callback/%2e%2e/evil",
    "https://app.example//callback",
    "https://app.example/./callback",
    "https://app.example/callback;evil",
  ],
  "a query": [
    `${CALLBACK}?`,
    `${CALLBACK}?next=https://evil.example`,
    `${CALLBACK}%3fx`,
  ],
  "a fragment": [`${CALLBACK}#`, `${CALLBACK}#evil`, `${CALLBACK}%23evil`],
  "another encoding": [
    "https://app.example/%63allback",
    "https://app.example/callback%20",
    "https://app.example/callback%00",
    "https://%61pp.example/callback",
  ],
  "a backslash": [
    "https://evil.example\\@app.example/callback",
    "https:\\\\app.example\\callback",
    "https://app.example\\.evil.example/callback",
  ],
  "blanks and control characters": [
    ` ${CALLBACK}`,
    `${CALLBACK} `,
    `${CALLBACK}\t`,
    `${CALLBACK}\r\nlocation: https://evil.example`,
    "https://app.example/call\nback",
    "https://app.exam\tple/callback",
  ],
  "letters that look alike": [
    "https://\u0430pp.example/callback",
    "https://app\u3002example/callback",
    "https://app.example\uff0fcallback",
    "https://app.example/callback\u200b",
    "https://app.e\u00adxample/callback",
  ],
  "an address in another notation": [
    "https://0x7f000001/callback",
    "https://2130706433/callback",
    "https://[::ffff:127.0.0.1]/callback",
  ],
  "a wildcard": ["https://*.example/callback", "https://app.example/*"],
  "two at once": [
    `${CALLBACK},https://evil.example`,
    `${CALLBACK} https://evil.example`,
  ],
};

describe("a redirect_uri that is not the registered one is refused on a page", () => {
  for (const [name, uris] of Object.entries(TRICKS))
    it(`with ${name}`, async () => {
      for (const uri of uris) await assertPage(await ask("spa", uri));
    });

  it("by POST as well", async () => {
    for (const [redirect] of Object.values(TRICKS))
      await assertPage(
        await bed.post("/authorize", {
          response_type: "code",
          client_id: "spa",
          redirect_uri: redirect ?? "",
          code_challenge: "a".repeat(43),
          code_challenge_method: "S256",
        }),
      );
  });

  it("with the address of another client", async () => {
    await assertPage(await ask("native", CALLBACK));
    await assertPage(await ask("spa", "http://127.0.0.1/cb"));
  });

  it("with the parameter twice, in either order", async () => {
    const rest = `response_type=code&client_id=spa&code_challenge=${"a".repeat(43)}&code_challenge_method=S256`;
    const [good, bad] = [CALLBACK, "https://evil.example"].map(
      (uri) => `redirect_uri=${encodeURIComponent(uri)}`,
    );
    for (const query of [`${good}&${bad}`, `${bad}&${good}`, `${good}&${good}`])
      await assertPage(await bed.get(`/authorize?${query}&${rest}`));
  });

  it("with another parameter so wrong that it would be an error for the client", async () => {
    for (const more of [
      { response_type: "token" },
      { scope: "root" },
      { code_challenge: "" },
      { prompt: "none" },
      { request_uri: "https://evil.example/r" },
    ])
      await assertPage(await ask("spa", "https://evil.example", more));
  });

  it("of a client that is not known, or was disabled", async () => {
    await assertPage(await ask("nobody", "https://evil.example"));
    await bed.put({ clientId: "gone", disabledAt: bed.now });
    await assertPage(await ask("gone", CALLBACK));
  });

  it("that is none of a loopback app's: another path, name or notation, or a port that is none", async () => {
    for (const uri of [
      "http://127.0.0.1:5000/other",
      "http://127.0.0.1:5000/cb/",
      "http://127.0.0.1:5000/cb?x=1",
      "http://127.0.0.1:5000@evil.example/cb",
      "http://127.0.0.1:5000.evil.example/cb",
      "http://127.0.0.1:/cb",
      "http://127.0.0.1:0/cb",
      "http://127.0.0.1:65536/cb",
      "http://127.0.0.1:05000/cb",
      "http://127.0.0.2/cb",
      "http://127.1/cb",
      "http://localhost:5000/cb",
      "http://[::1]:5000/cb",
      "https://127.0.0.1:5000/cb",
      "com.example.app:/other",
      "com.example.app://cb",
      "com.example.app.evil:/cb",
    ])
      await assertPage(await ask("native", uri));
    for (const uri of ["http://127.0.0.1:5000/cb", "com.example.app:/cb"])
      assert.equal((await ask("native", uri)).status, 200, uri);
  });

  it("with a query that was changed or added to", async () => {
    for (const uri of [
      "https://app.example/cb",
      "https://app.example/cb?tenant=2",
      "https://app.example/cb?tenant=1&x=1",
      "https://app.example/cb?x=1&tenant=1",
      "https://app.example/cb?tenant=%31",
    ])
      await assertPage(await ask("query", uri));
  });
});

describe("the sign-in", () => {
  const sealedOf = async (answer: Response): Promise<string> =>
    /name="request" value="([^"]+)"/.exec(await answer.text())?.[1] ?? "";

  it("sends nothing to an address that was taken from the client since the page was opened", async () => {
    await bed.put({ clientId: "moving", authentication: "none" });
    const sealed = await sealedOf(await ask("moving", CALLBACK));
    const found = await bed.store.findClient("moving");
    assert.ok(found);
    await bed.store.putClient(
      { ...found.client, redirectUris: ["https://app.example/new"] },
      await bed.issuer.context.journal.entry(
        "client.changed",
        {},
        {
          subject: null,
          clientId: null,
          ip: null,
          agent: null,
        },
      ),
    );
    await assertPage(
      await bed.post("/authorize", { request: sealed, ...ACCOUNT }),
    );
  });

  it("takes no form that was changed, made up, or is older than fifteen minutes", async () => {
    const sealed = await sealedOf(await ask("spa", CALLBACK));
    assert.notEqual(sealed, "");
    const [head, keyId, body = ""] = sealed.split(".");
    for (const text of [
      "",
      "x",
      "v1.x.y",
      JSON.stringify({ clientId: "spa", redirectUri: "https://evil.example" }),
      `${head}.${keyId}.${body.slice(0, -1)}${body.endsWith("A") ? "B" : "A"}`,
      `${head}.${keyId}.${body.slice(4)}`,
    ])
      await assertPage(
        await bed.post("/authorize", { request: text, ...ACCOUNT }),
      );
    bed.now += 15 * 60_000;
    await assertPage(
      await bed.post("/authorize", { request: sealed, ...ACCOUNT }),
    );
  });

  it("takes no password from a page of another origin", async () => {
    const sealed = await sealedOf(await ask("spa", CALLBACK));
    for (const site of ["cross-site", "same-site", "none"])
      await assertPage(
        await bed.post(
          "/authorize",
          { request: sealed, ...ACCOUNT },
          { headers: { "sec-fetch-site": site } },
        ),
      );
    const own = await bed.post(
      "/authorize",
      { request: sealed, ...ACCOUNT },
      { headers: { "sec-fetch-site": "same-origin" } },
    );
    assert.equal(own.status, 303);
  });

  it("is not for other machines, nor for what a proxy passed on that was not named", async () => {
    for (const sending of [
      { ip: "192.0.2.7" },
      { ip: "::ffff:192.0.2.7" },
      { ip: "127.0.0.1.evil" },
      { headers: { "x-forwarded-for": "127.0.0.1" } },
      { headers: { forwarded: "for=192.0.2.7" } },
      { headers: { via: "1.1 proxy" } },
    ]) {
      const answer = await bed.get(
        `/authorize?response_type=code&client_id=spa`,
        sending,
      );
      assert.equal(answer.status, 403);
      assert.equal(answer.headers.get("location"), null);
    }
  });

  it("stops guessing after five tries, the right password too, and goes on after a minute", async () => {
    const sealed = await sealedOf(await ask("spa", CALLBACK));
    const tryIt = async (password: string): Promise<number> =>
      (
        await bed.post("/authorize", {
          request: sealed,
          name: ACCOUNT.name,
          password,
        })
      ).status;
    for (let i = 0; i < 5; i++) assert.equal(await tryIt(`guess ${i}`), 401);
    assert.equal(await tryIt(ACCOUNT.password), 401);
    bed.now += 60_001;
    assert.equal(await tryIt(ACCOUNT.password), 303);
  });

  it("shows the name and the scopes of a client as text, whatever is in them", async () => {
    await bed.put({
      clientId: "markup",
      authentication: "none",
      name: `<img src=x onerror=alert(1)>"'&`,
    });
    const text = await (await ask("markup", CALLBACK)).text();
    assert.ok(
      text.includes("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"),
    );
    assert.ok(!text.includes("<img"));
  });

  it("grants a resource once that was asked for a thousand times, and looks it up once", async () => {
    let looks = 0;
    const { store } = bed.issuer.context;
    const findResource = store.findResource.bind(store);
    Object.assign(store, {
      findResource: async (name: string) => {
        looks++;
        return findResource(name);
      },
    });
    const query = `response_type=code&client_id=spa&code_challenge=${"a".repeat(43)}&code_challenge_method=S256`;
    const answer = await bed.get(
      `/authorize?${query}${`&resource=${encodeURIComponent("https://api.example")}`.repeat(1000)}`,
    );
    assert.equal(answer.status, 200);
    assert.equal(looks, 1);
  });

  it("writes state and iss into the address as values, and nothing else", async () => {
    const { location } = await bed.signIn("query", {
      redirect_uri: "https://app.example/cb?tenant=1",
      state: "a&code=evil#x\r\nset-cookie: y=1",
    });
    assert.deepEqual(
      [...location.searchParams.keys()],
      ["tenant", "code", "state", "iss"],
    );
    assert.equal(location.hash, "");
    assert.equal(
      location.searchParams.get("state"),
      "a&code=evil#x\r\nset-cookie: y=1",
    );
  });

  it("tells wrong passwords and refused requests in the journal, and no word that was typed", async () => {
    const sealed = await sealedOf(await ask("spa", CALLBACK));
    const typed = "a password that is another one's";
    const wrong = await bed.post("/authorize", {
      request: sealed,
      name: ACCOUNT.name,
      password: typed,
    });
    await ask("spa", "https://evil.example/secret-path");
    await ask("spa", CALLBACK, { scope: "root" });
    await bed.settled();
    const entries = await bed.store.readJournal({
      event: "request.refused",
      limit: 3,
      newestFirst: true,
    });
    assert.deepEqual(
      entries.map(({ clientId, facts }) => [
        clientId,
        facts?.["endpoint"],
        facts?.["code"],
      ]),
      [
        ["spa", "authorization", "invalid_scope"],
        ["spa", "authorization", "invalid_request"],
        ["spa", "authorization", "access_denied"],
      ],
    );
    assert.ok(!bed.database().includes(typed));
    assert.ok(!bed.database().includes("secret-path"));
    const handle = wrong.headers.get("assay-diagnosis") ?? "";
    const read = await bed.issuer.context.handles.read(handle, { admin: true });
    assert.equal(read?.code, "access_denied");
  });
});
