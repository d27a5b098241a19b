/** What an attacker may send, at the door of `assay guard`: proofs, status lists, key sets, and texts for whoever reads the log. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { generateKey, sign } from "@assay/token";
import { OUTAGES } from "../../packages/guard/test/issuer-outages.ts";
import {
  serveIssuer,
  type IssuerServer,
} from "../../packages/guard/test/issuer-server.ts";
import {
  DOUBTFUL_LISTS,
  publishLists,
} from "../../packages/guard/test/list-publisher.ts";
import { NASTY_TEXTS } from "../../packages/guard/test/nasty-texts.ts";
import {
  EQUAL_PROOFS,
  forgedProofs,
  PUBLIC,
  WRONG_PROOFS,
} from "../../packages/guard/test/proof-cases.ts";
import {
  challenges,
  rawRequest,
  type RawAnswer,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";
import { startGuard, type GuardProcess } from "./guard-process.ts";

/** As nginx asks. */
const ask = (
  guard: GuardProcess,
  headers: RawHeaders,
  path = "/orders",
): Promise<RawAnswer> =>
  rawRequest(guard.origin, "/auth", {
    ...headers,
    "x-original-method": "GET",
    "x-original-uri": path,
  });

const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});

/** Takes the tokens of all these issuers. */
const startFor = (
  issuers: readonly IssuerServer[],
  more = "",
): Promise<GuardProcess> =>
  startGuard(
    `--upstream-form nginx --audience https://api.test --issuer ${issuers.map(({ origin }) => origin).join(",")} ${more}`
      .trim()
      .split(" "),
  );

const trueStatus = ({ status, headers }: RawAnswer): number =>
  Number(headers["assay-status"] ?? status);

test("proofs: what is no difference passes; everything else is 401 with the challenge of RFC 9449, and the log names the reason", async () => {
  await using issuer = await serveIssuer();
  await using guard = await startFor(
    [issuer],
    `--dpop offered --public-url ${PUBLIC}`,
  );
  const key = await issuer.issuer.proofKey();
  const token = await issuer.issuer.mint({ boundTo: key });
  const usual = { method: "GET", url: `${PUBLIC}/orders`, token };
  const authorization = `DPoP ${token}`;
  const send = (
    dpop: string | readonly string[],
    path?: string,
  ): Promise<RawAnswer> => ask(guard, { authorization, dpop }, path);
  for (const [what, proof, path] of EQUAL_PROOFS) {
    const answer = await send(
      await issuer.issuer.prove(key, { ...usual, ...proof }),
      path,
    );
    assert.equal(answer.status, 200, what);
  }
  const refused = async (
    what: string,
    dpop: string | readonly string[],
    error = "invalid_dpop_proof",
  ): Promise<void> => {
    const answer = await send(dpop);
    assert.equal(trueStatus(answer), 401, what);
    assert.ok(
      challenges(answer)[0]?.startsWith(`DPoP error="${error}"`),
      `${what}: ${challenges(answer).join()}`,
    );
  };
  for (const [what, proof] of WRONG_PROOFS)
    await refused(what, await issuer.issuer.prove(key, { ...usual, ...proof }));
  const reasons = (await guard.events(WRONG_PROOFS.length)).map(
    (line) => line["reason"],
  );
  assert.deepEqual(
    reasons,
    WRONG_PROOFS.map(([, , reason]) => reason),
  );
  for (const proof of await forgedProofs(issuer.issuer, key, token))
    await refused("forged", proof);
  await refused("none", []);
  const good = await issuer.issuer.prove(key, usual);
  await refused("two proofs", [good, good]);
  assert.equal((await send(good)).status, 200);
  await refused("a proof that comes twice", good);
  const thief = await issuer.issuer.proofKey();
  await refused(
    "the proof of another key",
    await issuer.issuer.prove(thief, usual),
    "invalid_token",
  );
  assert.equal(
    trueStatus(await ask(guard, bearer(token))),
    401,
    "a bound token as a bearer token",
  );
});

test("nonces: a wrong one is answered with one that is right, once", async () => {
  await using issuer = await serveIssuer();
  await using guard = await startFor(
    [issuer],
    `--dpop required --dpop-nonces --public-url ${PUBLIC}`,
  );
  const key = await issuer.issuer.proofKey();
  const token = await issuer.issuer.mint({ boundTo: key });
  const send = async (nonce?: string): Promise<RawAnswer> =>
    ask(guard, {
      authorization: `DPoP ${token}`,
      dpop: await issuer.issuer.prove(key, {
        method: "GET",
        url: `${PUBLIC}/orders`,
        token,
        ...(nonce !== undefined && { nonce }),
      }),
    });
  for (const nonce of [undefined, "another"]) {
    const answer = await send(nonce);
    assert.equal(trueStatus(answer), 401);
    assert.match(challenges(answer).join(), /error="use_dpop_nonce"/);
    const given = answer.rawHeaders.filter(
      (name) => name.toLowerCase() === "dpop-nonce",
    );
    assert.equal(given.length, 1);
    const right = String(answer.headers["dpop-nonce"]);
    assert.equal((await send(right)).status, 200);
  }
});

test("status lists: what is not known is 503 and never let through; what is revoked is no longer valid", async () => {
  await using open = new AsyncDisposableStack();
  const cases = await Promise.all(
    DOUBTFUL_LISTS.map(async ([what, prepare, idx = 0]) => {
      const server = open.use(await serveIssuer());
      const lists = await publishLists(server);
      await prepare(lists);
      return { what, idx, server, lists };
    }),
  );
  const server = open.use(await serveIssuer());
  const known = await publishLists(server);
  await known.publish();
  await using guard = await startFor(
    [server, ...cases.map((one) => one.server)],
    "--revocation status-list",
  );
  for (const { what, idx, lists } of cases) {
    const answer = await ask(guard, bearer(await lists.mint(idx)));
    assert.equal(trueStatus(answer), 503, what);
    assert.ok(answer.headers["retry-after"], what);
    assert.equal(answer.headers["x-auth-subject"], undefined, what);
  }
  const events = await guard.events(cases.length);
  for (const { event, ...line } of events)
    assert.deepEqual(
      [event, line["reason"]],
      ["token.undecided", "revocation.unavailable"],
    );
  assert.equal((await ask(guard, bearer(await known.mint(0)))).status, 200);
  for (const revoked of [1, 2]) {
    const answer = await ask(guard, bearer(await known.mint(revoked)));
    assert.equal(trueStatus(answer), 401);
    assert.match(answer.body, /The access token is no longer valid\./);
  }
});

test("key sets: while the keys cannot be had it is 503, and no token is called bad", async () => {
  await using open = new AsyncDisposableStack();
  const cases: { what: string; server: IssuerServer }[] = [];
  for (const [what, breakIt] of OUTAGES) {
    const server = open.use(await serveIssuer());
    breakIt(server);
    cases.push({ what, server });
  }
  await using guard = await startFor(cases.map(({ server }) => server));
  for (const { what, server } of cases)
    for (const flaw of [undefined, "forged"] as const) {
      const answer = await ask(
        guard,
        bearer(await server.issuer.mint(flaw && { flaw })),
      );
      assert.equal(trueStatus(answer), 503, what);
      assert.deepEqual(challenges(answer), []);
    }
});

test("key sets: a rotation keeps nobody out, and a thousand unknown keys bring no thousand fetches", async () => {
  await using issuer = await serveIssuer();
  await using guard = await startFor([issuer]);
  const good = bearer(await issuer.issuer.mint());
  assert.equal((await ask(guard, good)).status, 200);
  await issuer.issuer.rotate();
  const later = bearer(await issuer.issuer.mint());
  for (const token of [later, good])
    assert.equal((await ask(guard, token)).status, 200);
  const stranger = await generateKey("ES256");
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) =>
        ask(
          guard,
          bearer(
            await sign({ iss: issuer.origin }, stranger, {
              header: { kid: `made-up-${round}-${i}` },
            }),
          ),
        ),
      ),
    );
    assert.ok(answers.every((answer) => trueStatus(answer) === 401));
  }
  const fetches = (): number =>
    issuer.asked.filter((path) => path === "/jwks").length;
  // One for each cool-down that a slow machine may have taken, and none for each key.
  assert.ok(fetches() < 20, String(fetches()));
  assert.equal((await ask(guard, good)).status, 200);
});

test("a header beyond the bound is refused before anything reads it", async () => {
  await using issuer = await serveIssuer();
  await using guard = await startFor([issuer]);
  const answer = await ask(guard, bearer("a".repeat(20_000)));
  assert.equal(answer.status, 431);
  assert.equal((await ask(guard, {})).status, 401);
  assert.equal((await guard.events(1)).length, 1);
});

test("texts of strangers come into no line of the log, and into no header, as they are", async () => {
  await using issuer = await serveIssuer();
  await using guard = await startFor([issuer]);
  const key = await generateKey("ES256");
  const texts = NASTY_TEXTS.map((text) => text.slice(0, 1500));
  for (const text of texts) {
    const forged = await sign(
      { iss: text, sub: text, client_id: text, jti: text, scope: text },
      key,
      { header: { kid: text } },
    );
    const answer = await ask(guard, bearer(forged), `/${"a".repeat(2000)}`);
    assert.equal(trueStatus(answer), 401);
    const wire = [...answer.rawHeaders, answer.body].join(" ");
    for (const part of [text, "<script", "[2J"])
      assert.ok(!wire.includes(part), part);

    const good = await issuer.issuer.mint({
      claims: { sub: text, client_id: text, scope: text },
    });
    const passed = await ask(guard, bearer(good));
    if (passed.status !== 200) continue;
    for (const name of ["subject", "client", "scope"])
      assert.match(String(passed.headers[`x-auth-${name}`]), /^[\x20-\x7e]*$/);
    assert.equal(passed.headers["set-cookie"], undefined);
  }
  await guard.events(texts.length);
  const lines = guard.process.said().split("\n").filter(Boolean);
  for (const line of lines) {
    assert.ok(line.length < 4096, String(line.length));
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    assert.equal(typeof JSON.parse(line), "object");
  }
});
