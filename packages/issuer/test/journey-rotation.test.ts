/** What becomes of a refresh token that comes back after it was superseded, at the HTTP door, with a clock that is set by hand. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it } from "node:test";
import { exportKey, generateKey, sign } from "@assay/token";
import {
  ASSERTION_TYPE,
  CALLBACK,
  ISSUER,
  openAttackBed,
  type AttackBed,
  type Sending,
  type Tokens,
} from "./attacks/attack-bed.ts";
import { digestOf } from "../src/tokens/opaque-token.ts";
import { causeOf, stepsOf, type Steps } from "./journey-steps.ts";

const ELSEWHERE: Sending = {
  ip: "198.51.100.66",
  headers: { "user-agent": "Thief/1" },
};

let bed: AttackBed;
let web: Steps;
beforeEach(async () => {
  bed = await openAttackBed();
  web = stepsOf(bed, "web");
});
afterEach(async () => bed.close());

async function causeOfRefusal(
  token: string,
  from?: Sending,
): Promise<string | undefined> {
  const refused = await web.renewInVain(token, from ? { from } : {});
  assert.equal(refused.error, "invalid_grant");
  return causeOf((await web.explain(refused.handle)).diagnosis);
}

describe("a superseded refresh token", () => {
  it("brings the same successor and a fresh access token within ten seconds, and nothing after", async () => {
    const { refresh_token: token } = await bed.tokens("web");
    const first = await web.renew(token);
    bed.now += 9_999;
    const again = await web.renew(token);
    assert.equal(again.refresh_token, first.refresh_token);
    assert.notEqual(again.access_token, first.access_token);
    assert.equal((await web.introspect(first.access_token))["active"], true);

    const other = await bed.tokens("web");
    const next = await web.renew(other.refresh_token);
    bed.now += 10_000;
    assert.equal(
      await causeOfRefusal(other.refresh_token),
      "oauth.refresh_lost_response",
    );
    await web.renew(next.refresh_token);
  });

  it("is answered once more, and not twice; two parts of one client lose nothing by it", async () => {
    const { refresh_token: token } = await bed.tokens("web");
    const { refresh_token: next } = await web.renew(token);
    bed.now += 1_000;
    await web.renew(token);
    bed.now += 1_000;
    assert.equal(await causeOfRefusal(token), "oauth.refresh_race");
    await web.renew(next);
  });

  it("is not answered once more in two generations running", async () => {
    const { refresh_token: token } = await bed.tokens("web");
    const { refresh_token: second } = await web.renew(token);
    await web.renew(token);
    bed.now += 1_000;
    const { refresh_token: third } = await web.renew(second);
    await web.renewInVain(second);
    bed.now += 1_000;
    const { refresh_token: fourth } = await web.renew(third);
    // The one after that may again.
    assert.equal((await web.renew(third)).refresh_token, fourth);
  });

  it("is not answered once more for more than the first time", async () => {
    const less = { fields: { scope: "read" } };
    const { refresh_token: token } = await bed.tokens("web");
    const first = await web.renew(token, less);
    bed.now += 1_000;
    assert.equal(await causeOfRefusal(token), "oauth.refresh_race");
    const again = await web.renew(token, less);
    assert.equal(again.refresh_token, first.refresh_token);

    const next = await web.renew(first.refresh_token);
    bed.now += 11_000;
    const last = await web.renew(next.refresh_token);
    const fewer = await web.renew(next.refresh_token, less);
    assert.deepEqual(
      [fewer.refresh_token, fewer.scope],
      [last.refresh_token, "read"],
    );
  });

  it("is not answered once its successor was used", async () => {
    const { refresh_token: token } = await bed.tokens("web");
    const { refresh_token: second } = await web.renew(token);
    bed.now += 1_000;
    const { refresh_token: third } = await web.renew(second);
    assert.equal(await causeOfRefusal(token), "oauth.refresh_race");
    await web.renew(third);
  });

  it("that is an old copy is refused, and its family lives on", async () => {
    const { refresh_token: copy } = await bed.tokens("web");
    const { refresh_token: second } = await web.renew(copy);
    bed.now += 1_800_000;
    const { refresh_token: third } = await web.renew(second);
    bed.now += 1_800_000;
    assert.equal(await causeOfRefusal(copy), "oauth.refresh_not_stored");
    await web.renew(third);
  });

  it("from another network, after its successor was used, is a theft and ends the family", async () => {
    const { refresh_token: stolen } = await bed.tokens("web");
    const second = await web.renew(stolen);
    bed.now += 60_000;
    const third = await web.renew(second.refresh_token);
    assert.equal(
      await causeOfRefusal(stolen, ELSEWHERE),
      "oauth.refresh_theft",
    );
    for (const { access_token: token } of [second, third])
      assert.deepEqual(await web.introspect(token), { active: false });
    // The owner is told that it was not his token that came back.
    assert.equal(
      await causeOfRefusal(third.refresh_token),
      "revoked.refresh_reuse",
    );
    const handle = await web.introspectOwn(third.refresh_token);
    assert.equal(
      causeOf((await web.explain(handle)).diagnosis),
      "revoked.refresh_reuse",
    );
  });
});

it("a client of FAPI 2.0 keeps its refresh token, and needs its key each time", async () => {
  const key = await generateKey("ES256");
  await bed.put({
    clientId: "fapi",
    authentication: "private_key_jwt",
    keys: [exportKey(bed.key, { secret: false })],
    fapi: true,
    requireDpop: true,
  });
  const ask = async (
    fields: Readonly<Record<string, string>>,
    proofKey = key,
  ): Promise<Response> => {
    // The same assertion for both requests: the nonce is asked for before it is used up.
    const assertion = await bed.assertion("fapi");
    const send = async (nonce: string | null): Promise<Response> =>
      bed.post(
        "/token",
        {
          ...fields,
          client_id: "fapi",
          client_assertion_type: ASSERTION_TYPE,
          client_assertion: assertion,
        },
        {
          headers: {
            dpop: await sign(
              {
                jti: randomBytes(12).toString("hex"),
                htm: "POST",
                htu: `${ISSUER}/token`,
                iat: bed.now / 1000,
                ...(nonce !== null && { nonce }),
              },
              proofKey,
              {
                header: {
                  typ: "dpop+jwt",
                  jwk: exportKey(proofKey, { secret: false }),
                },
              },
            ),
          },
        },
      );
    const answer = await send(null);
    const nonce = answer.headers.get("dpop-nonce");
    return answer.status === 200 ? answer : send(nonce);
  };
  const { code, verifier } = await bed.signIn("fapi");
  const first = (await (
    await ask({
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
    })
  ).json()) as Tokens;
  assert.equal(first.token_type, "DPoP");
  const { refresh_token: token } = first;
  for (let i = 0; i < 3; i++) {
    bed.now += 3_000_000;
    const answer = await ask({
      grant_type: "refresh_token",
      refresh_token: token,
    });
    assert.equal(answer.status, 200);
    const renewed = (await answer.json()) as Tokens;
    assert.deepEqual(
      [renewed.refresh_token, renewed.token_type],
      [token, "DPoP"],
    );
  }
});

describe("a refresh token of a release before schema version 5, whose text names nothing", () => {
  const UNNAMED = "asy_rt_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3U4BQn";

  it("is renewed, judged and explained as any other, and its successors have names", async () => {
    const { refresh_token: named } = await bed.tokens("web");
    // The server writes as well.
    const database = new DatabaseSync(bed.databasePath, { timeout: 5000 });
    // As the migration left such a token.
    const { changes } = database
      .prepare(
        "UPDATE refresh_tokens SET digest = ?, unnamed = 1 WHERE digest = ?",
      )
      .run(digestOf(UNNAMED), digestOf(named));
    database.close();
    assert.equal(changes, 1);

    const first = await web.renew(UNNAMED);
    assert.match(first.refresh_token, /^asy_rt_[0-9A-Za-z]+-2\./);
    bed.now += 9_999;
    const again = await web.renew(UNNAMED);
    assert.equal(again.refresh_token, first.refresh_token);
    const second = await web.renew(first.refresh_token);
    assert.match(second.refresh_token, /^asy_rt_[0-9A-Za-z]+-3\./);
    bed.now += 60_000;
    assert.equal(
      await causeOfRefusal(UNNAMED, ELSEWHERE),
      "oauth.refresh_theft",
    );
  });
});
