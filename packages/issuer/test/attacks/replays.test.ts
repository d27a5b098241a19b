/** Attack rows 46 and 55 at the door: assertions and proofs that come twice, and each class of a bad assertion. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import {
  ASSERTION_TYPE,
  errorOf,
  ISSUER,
  openAttackBed,
  type AttackBed,
} from "./attack-bed.ts";
import { otherSignature } from "./forged-jwt.ts";

let bed: AttackBed;
let proofKey: Key;
before(async () => {
  bed = await openAttackBed();
  proofKey = await generateKey("ES256");
});
after(() => bed.close());

const present = (
  assertion: string,
  path = "/token",
  more: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  bed.post(path, {
    grant_type: "client_credentials",
    token: "x",
    handle: "x",
    client_assertion: assertion,
    client_assertion_type: ASSERTION_TYPE,
    ...more,
  });

const seconds = (): number => Math.floor(bed.now / 1000);

describe("a client assertion", () => {
  it("is good once, at whichever endpoint", async () => {
    for (const [first, second] of [
      ["/token", "/token"],
      ["/token", "/introspect"],
      ["/introspect", "/token"],
      ["/revoke", "/diagnosis"],
    ] as const) {
      const assertion = await bed.assertion("key");
      const good = await present(assertion, first);
      assert.notEqual(good.status, 401);
      const again = await present(assertion, second);
      assert.equal(again.status, 401);
      assert.equal(await errorOf(again), "invalid_client");
    }
  });

  it("is the same with its other signature, and with another header", async () => {
    const jti = randomBytes(8).toString("hex");
    const assertion = await bed.assertion("key", { jti });
    const twin = otherSignature(assertion);
    assert.notEqual(twin, assertion);
    assert.equal((await present(assertion)).status, 200);
    assert.equal(await errorOf(await present(twin)), "invalid_client");
    // The other way round: the twin is a good signature.
    const next = await bed.assertion("key");
    assert.equal((await present(otherSignature(next))).status, 200);
    assert.equal(await errorOf(await present(next)), "invalid_client");
  });

  it("is good once when ten come at the same time", async () => {
    const assertion = await bed.assertion("key");
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => present(assertion)),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it("is remembered until its end, and takes no jti from another client", async () => {
    const jti = randomBytes(8).toString("hex");
    const exp = seconds() + 600;
    const assertion = await bed.assertion("key", { jti, exp });
    assert.equal((await present(assertion)).status, 200);
    bed.now += 599_999;
    await bed.store.sweep(bed.now, 1000);
    assert.equal(await errorOf(await present(assertion)), "invalid_client");
    const others = await bed.assertion("bank", { jti, exp: seconds() + 60 });
    assert.notEqual((await present(others)).status, 401);
  });

  const at = (): number => seconds();
  const ROWS: readonly (readonly [
    string,
    string,
    () => Readonly<Record<string, unknown>>,
  ])[] = [
    ["wrong aud", "key", () => ({ aud: "https://other.example" })],
    [
      "an aud array of others",
      "key",
      () => ({ aud: ["https://other.example"] }),
    ],
    ["FAPI: an aud array", "bank", () => ({ aud: [ISSUER] })],
    [
      "FAPI: the token endpoint as aud",
      "bank",
      () => ({ aud: `${ISSUER}/token` }),
    ],
    ["exp past", "key", () => ({ exp: at() - 1 })],
    [
      "exp too far ahead",
      "key",
      () => ({
        exp: at() + bed.issuer.context.options.longestAssertionSeconds + 2,
      }),
    ],
    ["no sub", "key", () => ({ sub: undefined })],
    ["iss that is not sub", "key", () => ({ iss: "web" })],
    ["nbf over 60 s ahead", "key", () => ({ nbf: at() + 61 })],
    ["no jti", "key", () => ({ jti: undefined })],
    ["another client's name", "key", () => ({ iss: "web", sub: "web" })],
  ];
  for (const [name, client, claims] of ROWS)
    it(`is refused for ${name}`, async () => {
      const answer = await present(await bed.assertion(client, claims()));
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get("www-authenticate"), null);
      assert.equal(await errorOf(answer), "invalid_client");
    });

  it("is refused for alg RS256 (FAPI), none, a stranger's key, and a client of another method", async () => {
    const rsa = await generateKey("RS256");
    await bed.put({
      clientId: "bank2",
      authentication: "private_key_jwt",
      keys: [exportKey(rsa, { secret: false })],
      fapi: true,
    });
    const stranger = await generateKey("ES256");
    const claims = (client: string): object => ({
      iss: client,
      sub: client,
      aud: ISSUER,
      jti: randomBytes(8).toString("hex"),
      exp: seconds() + 60,
    });
    const [, payload = ""] = (await bed.assertion("key")).split(".");
    for (const assertion of [
      await sign(claims("bank2"), rsa),
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`,
      await sign(claims("key"), stranger),
      await sign(claims("web"), bed.key),
      await sign(claims("spa"), bed.key),
      await sign(claims("nobody"), bed.key),
      await sign(claims("assay-setup"), bed.key),
    ]) {
      const answer = await present(assertion);
      const body = (await answer.json()) as {
        readonly error_description: string;
      };
      assert.deepEqual(
        [answer.status, body.error_description],
        [401, "Client authentication failed."],
      );
    }
  });
});

describe("a DPoP proof", () => {
  const proof = async (
    claims: Readonly<Record<string, unknown>> = {},
    header: Readonly<Record<string, unknown>> = {},
  ): Promise<string> =>
    sign(
      Object.fromEntries(
        Object.entries({
          htm: "POST",
          htu: `${ISSUER}/token`,
          iat: seconds(),
          jti: randomBytes(8).toString("hex"),
          nonce: bed.issuer.context.nonces.current(),
          ...claims,
        }).filter(([, value]) => value !== undefined),
      ),
      proofKey,
      {
        header: {
          typ: "dpop+jwt",
          jwk: exportKey(proofKey, { secret: false }),
          kid: undefined,
          ...header,
        },
      },
    );
  const send = (dpop: string): Promise<Response> =>
    bed.post(
      "/token",
      { grant_type: "client_credentials" },
      { headers: { ...bed.basic("web"), dpop } },
    );

  it("is good once, and its twin with the other signature is the same", async () => {
    const one = await proof();
    const answer = await send(one);
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.equal(
      ((await answer.json()) as { token_type: string }).token_type,
      "DPoP",
    );
    for (const again of [one, otherSignature(one)])
      assert.equal(await errorOf(await send(again)), "invalid_dpop_proof");
  });

  it("is good once when ten come at the same time", async () => {
    const one = await proof();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(one)),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it("is not good again as long as its nonce is: for two periods and more", async () => {
    const one = await proof();
    assert.equal((await send(one)).status, 200);
    for (let i = 0; i < 6; i++) {
      bed.now += 30_000;
      await bed.store.sweep(bed.now, 1000);
      const answer = await send(one);
      assert.equal(answer.status, 400);
      assert.match(
        await errorOf(answer),
        /^(?:invalid_dpop_proof|use_dpop_nonce)$/,
      );
    }
  });

  it("with a jti that is no text to a database is remembered all the same", async () => {
    for (const jti of ["a\0b", "'; DROP TABLE once;--", "j".repeat(256)]) {
      const one = await proof({ jti });
      assert.equal((await send(one)).status, 200);
      assert.equal(await errorOf(await send(one)), "invalid_dpop_proof");
    }
  });

  it("is refused where anything of it is not as it should be", async () => {
    const wrong = await Promise.all([
      proof({ htm: "GET" }),
      proof({ htu: "https://other.example/token" }),
      proof({ htu: `${ISSUER}/revoke` }),
      proof({ htu: `${ISSUER}/Token` }),
      proof({ jti: undefined }),
      proof({ jti: "" }),
      proof({ jti: "j".repeat(257) }),
      proof({ iat: undefined }),
      proof({}, { typ: "JWT" }),
      proof(
        {},
        { jwk: exportKey(await generateKey("ES256"), { secret: false }) },
      ),
      proof({}, { jwk: exportKey(proofKey, { secret: true }) }),
      proof({}, { jwk: undefined }),
    ]);
    const [a, b] = await Promise.all([proof(), proof()]);
    for (const one of [...wrong, `${a}, ${b}`, "x", ""]) {
      const answer = await send(one);
      assert.equal(answer.status, 400, one);
      assert.equal(await errorOf(answer), "invalid_dpop_proof");
    }
  });

  it("without a nonce, or with an old or made-up one, gets the present one and nothing else", async () => {
    const old = bed.issuer.context.nonces.current();
    bed.now += 180_000;
    for (const nonce of [undefined, "", "x", old]) {
      const answer = await send(await proof({ nonce }));
      assert.equal(answer.status, 400);
      assert.equal(
        answer.headers.get("dpop-nonce"),
        bed.issuer.context.nonces.current(),
      );
      assert.equal(await errorOf(answer), "use_dpop_nonce");
    }
  });
});
