/** RFC 8693 at the token endpoint: whose token may become which, for whom, and until when. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { decodeUnverified } from "@assay/token";
import { ISSUER, journalEntry, START } from "../../test/client-bed.ts";
import {
  ACCESS_TOKEN,
  BACK,
  EXCHANGE,
  FOREIGN,
  FRONT,
  NOW,
  openExchangeBed,
  type Answer,
  type ExchangeBed,
} from "../../test/exchange-bed.ts";

const OPAQUE = "https://opaque.example";
const JWT = "urn:ietf:params:oauth:token-type:jwt";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

let bed: ExchangeBed;
before(async () => {
  bed = await openExchangeBed();
  for (const name of [FRONT, BACK]) await bed.resource(name);
  await bed.resource(OPAQUE, { format: "opaque" });
  for (const clientId of ["app", "gateway", "ungranted"])
    await bed.put({ clientId });
  await bed.put({ clientId: "public", authentication: "none" });
  await bed.rule({});
  await bed.rule({ clientId: "public" });
  await bed.rule({ sourceAudience: OPAQUE });
  await bed.rule({ sourceAudience: BACK });
  await bed.rule({
    sourceIssuer: FOREIGN,
    sourceAudience: ISSUER,
    sourceKeys: bed.foreignKeys,
    scopes: ["read"],
  });
});
after(() => bed.close());

const exchange = async (
  token: string,
  fields: Readonly<Record<string, string>> = {},
  client = "gateway",
): Promise<Answer> =>
  bed.ask(client, {
    grant_type: EXCHANGE,
    subject_token: token,
    subject_token_type: ACCESS_TOKEN,
    ...fields,
  });
const refused = (
  { status, body }: Answer,
  error: string,
  description?: RegExp,
): void => {
  assert.equal(body["error"], error, JSON.stringify(body));
  assert.equal(status, 400);
  if (description) assert.match(String(body["error_description"]), description);
};
const claimsOf = ({
  status,
  body,
}: Answer): Readonly<Record<string, unknown>> => {
  assert.equal(status, 200, JSON.stringify(body));
  return decodeUnverified(String(body["access_token"])).claims ?? {};
};

describe("the exchange of a token of ours", () => {
  it("gives a token of the target for the same subject, JWT or opaque as it was", async () => {
    for (const resource of [FRONT, OPAQUE]) {
      const { text } = await bed.issue({ resource });
      const answer = await exchange(text);
      const { sub, aud, scope, client_id, act } = claimsOf(answer);
      assert.deepEqual(
        { sub, aud, scope, client_id, act },
        {
          sub: "alice",
          aud: BACK,
          scope: "read write",
          client_id: "gateway",
          act: undefined,
        },
      );
      assert.equal(answer.body["issued_token_type"], ACCESS_TOKEN);
      assert.equal(answer.body["refresh_token"], undefined);
    }
  });

  it("never outlives the subject token", async () => {
    const { text } = await bed.issue({ notAfter: START + 90_000 });
    assert.equal(claimsOf(await exchange(text))["exp"], NOW + 90);
  });

  it("takes a client's own token for the client's", async () => {
    const { text } = await bed.issue({ subject: null });
    assert.equal(claimsOf(await exchange(text))["sub"], "app@clients");
  });

  it("narrows a token for its own resource, and never widens it", async () => {
    const { text } = await bed.issue({ resource: BACK, scopes: ["read"] });
    assert.equal(claimsOf(await exchange(text))["scope"], "read");
    refused(await exchange(text, { scope: "write" }), "invalid_scope");
    refused(await exchange(text, { scope: "admin" }), "invalid_scope");
  });

  it("is denied to a client that no row names, and to a public one", async () => {
    const { text } = await bed.issue();
    for (const client of ["ungranted", "public"])
      refused(await exchange(text, {}, client), "unauthorized_client");
  });

  it("is denied for another target than a row names", async () => {
    const { text } = await bed.issue();
    for (const name of ["resource", "audience"])
      refused(await exchange(text, { [name]: FRONT }), "invalid_target");
    assert.equal(
      claimsOf(await exchange(text, { audience: BACK }))["aud"],
      BACK,
    );
  });

  it("refuses one that was revoked, by whatever ended it, and one that has expired", async () => {
    const gone = /^The subject token is no longer valid\.$/;
    const one = await bed.issue();
    await bed.store.revoke(
      { by: "token", tokenId: one.record.tokenId },
      START + 1,
      journalEntry("token.revoked"),
    );
    refused(await exchange(one.text), "invalid_request", gone);
    const other = await bed.issue({ subject: "carol", resource: OPAQUE });
    await bed.store.revoke(
      { by: "subject", subject: "carol" },
      START + 1,
      journalEntry("subject.tokens_revoked_before"),
    );
    refused(await exchange(other.text), "invalid_request", gone);
    for (const resource of [FRONT, OPAQUE]) {
      const { text } = await bed.issue({ resource, notAfter: START + 5000 });
      bed.now = START + 5000;
      refused(await exchange(text), "invalid_request", /has expired/);
      bed.now = START;
    }
  });

  it("refuses one for a resource that no row names, and one that nobody knows", async () => {
    const elsewhere = await bed.resource("https://elsewhere.example");
    const { text } = await bed.issue({ resource: elsewhere.resource });
    refused(await exchange(text), "invalid_request", /^aud/);
    const known = await bed.issue({ resource: OPAQUE });
    const unproven = /could not be validated/;
    for (const token of [
      `${known.text}x`,
      known.text.replace("asy_at_", "asy_rt_"),
      known.text.split(".")[0] ?? "",
      "opaque",
      (await bed.issue()).text.slice(0, -4),
      `eyJhbGciOiJub25lIn0.${(await bed.issue()).text.split(".")[1]}.`,
    ])
      refused(await exchange(token), "invalid_request", unproven);
  });

  it("refuses types of tokens that it does not know", async () => {
    const { text } = await bed.issue();
    refused(
      await exchange(text, { subject_token_type: "" }),
      "invalid_request",
    );
    for (const type of [
      "urn:ietf:params:oauth:token-type:refresh_token",
      "urn:ietf:params:oauth:token-type:saml2",
      "__proto__",
      ID_TOKEN,
    ])
      refused(
        await exchange(text, { subject_token_type: type }),
        "invalid_request",
      );
    for (const [type, status] of [
      [ACCESS_TOKEN, 200],
      [JWT, 400],
    ] as const)
      assert.equal(
        (await exchange(text, { requested_token_type: type })).status,
        status,
      );
    refused(
      await bed.ask("gateway", { grant_type: EXCHANGE }),
      "invalid_request",
      /subject_token is missing/,
    );
  });

  it("takes one that is bound to a key: whoever received it cannot prove that key", async () => {
    const { text } = await bed.issue({ jkt: "k".repeat(43) });
    const { sub, cnf } = claimsOf(await exchange(text));
    assert.deepEqual([sub, cnf], ["alice", undefined]);
  });
});

describe("the actor of an exchange", () => {
  const actor = (token: string): Readonly<Record<string, string>> => ({
    actor_token: token,
    actor_token_type: ACCESS_TOKEN,
  });

  it("is the client by a token of its own, and stands in act before those who acted earlier", async () => {
    const own = await bed.issue({ clientId: "gateway", subject: null });
    const first = await bed.issue();
    assert.deepEqual(
      claimsOf(await exchange(first.text, actor(own.text)))["act"],
      {
        sub: "gateway@clients",
      },
    );
    const second = await bed.issue({ act: { sub: "earlier" } });
    assert.deepEqual(
      claimsOf(await exchange(second.text, actor(own.text)))["act"],
      { sub: "gateway@clients", act: { sub: "earlier" } },
    );
  });

  it("who acted before is kept when nobody new is named", async () => {
    const act = { sub: "earlier" };
    const { text } = await bed.issue({ act });
    assert.deepEqual(claimsOf(await exchange(text))["act"], act);
  });

  it("is refused by another client's token, one that was delegated itself, a dead one, or another type", async () => {
    const { text } = await bed.issue();
    const others = await bed.issue({ clientId: "app" });
    const delegated = await bed.issue({
      clientId: "gateway",
      act: { sub: "x" },
    });
    const dead = await bed.issue({
      clientId: "gateway",
      notAfter: START + 1000,
    });
    for (const each of [others, delegated])
      refused(
        await exchange(text, actor(each.text)),
        "invalid_request",
        /^The actor token is not acceptable/,
      );
    bed.now = START + 1000;
    refused(
      await exchange(text, actor(dead.text)),
      "invalid_request",
      /actor token has expired/,
    );
    bed.now = START;
    const own = await bed.issue({ clientId: "gateway" });
    refused(
      await exchange(text, { ...actor(own.text), actor_token_type: ID_TOKEN }),
      "invalid_request",
    );
    refused(
      await exchange(text, { actor_token: own.text }),
      "invalid_request",
      /actor_token_type is missing/,
    );
    refused(
      await exchange(text, { actor_token_type: ACCESS_TOKEN }),
      "invalid_request",
      /actor_token is missing/,
    );
  });

  it("stands in a chain that has an end", async () => {
    const own = await bed.issue({ clientId: "gateway", subject: null });
    const act = { sub: "a", act: { sub: "b", act: { sub: "c" } } };
    const three = await bed.issue({ act });
    assert.deepEqual(
      claimsOf(await exchange(three.text, actor(own.text)))["act"],
      { sub: "gateway@clients", act },
    );
    const four = await bed.issue({ act: { sub: "z", act } });
    refused(await exchange(four.text, actor(own.text)), "invalid_request");
  });

  it("is who the subject token says may act, and nobody else", async () => {
    const may = async (claim: unknown): Promise<Answer> =>
      exchange(await bed.foreign({ may_act: claim }), {
        subject_token_type: JWT,
      });
    assert.equal((await may({ sub: "gateway" })).status, 200);
    assert.equal((await may({ client_id: "gateway" })).status, 200);
    for (const claim of [{ sub: "other" }, {}, "gateway", null, ["gateway"]])
      refused(await may(claim), "invalid_request", /Another actor/);
  });
});

describe("the exchange of another issuer's token", () => {
  const typed = async (
    type: string,
    claims: Readonly<Record<string, unknown>> = {},
    typ = "JWT",
  ): Promise<Answer> =>
    exchange(await bed.foreign(claims, { typ }), { subject_token_type: type });

  it("takes what a row's keys signed, as often as it lives, within the row's scopes", async () => {
    const token = await bed.foreign({});
    for (let i = 0; i < 2; i++) {
      const { sub, scope, exp } = claimsOf(
        await exchange(token, { subject_token_type: JWT }),
      );
      assert.deepEqual([sub, scope, exp], ["bob", "read", NOW + 300]);
    }
    refused(
      await exchange(token, { subject_token_type: JWT, scope: "write" }),
      "invalid_scope",
    );
  });

  it("wants the kind that is said", async () => {
    claimsOf(await typed(ACCESS_TOKEN, {}, "at+jwt"));
    claimsOf(await typed(ID_TOKEN, { nonce: "n" }));
    refused(await typed(ACCESS_TOKEN, { nonce: "n" }), "invalid_request");
    refused(await typed(ID_TOKEN, {}, "at+jwt"), "invalid_request");
  });

  it("refuses what is not for us, has ended, or was signed by somebody else", async () => {
    refused(await typed(JWT, { aud: FRONT }), "invalid_request", /^aud/);
    refused(await typed(JWT, { exp: NOW }), "invalid_request", /expired/);
    refused(await typed(JWT, { exp: undefined }), "invalid_request", /exp/);
    refused(await typed(JWT, { sub: undefined }), "invalid_request", /sub/);
    refused(await typed(JWT, { iss: "https://x.example" }), "invalid_request");
    refused(
      await exchange(await bed.foreign({}, { key: bed.stranger }), {
        subject_token_type: JWT,
      }),
      "invalid_request",
      /could not be validated/,
    );
    // The foreign key in our name.
    refused(await typed(JWT, { iss: ISSUER, aud: FRONT }), "invalid_request");
  });
});
