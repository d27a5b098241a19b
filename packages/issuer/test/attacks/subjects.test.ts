/** A client and a person of one name are never one subject (RFC 9068 section 5). */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createIssuer, readSettings, type Client } from "@assay/issuer";
import { decodeUnverified } from "@assay/token";
import { basic, ISSUER } from "../client-bed.ts";
import {
  ACCESS_TOKEN,
  BACK,
  EXCHANGE,
  FOREIGN,
  FRONT,
  JWT_BEARER,
  openExchangeBed,
  type Answer,
  type ExchangeBed,
} from "../exchange-bed.ts";

let bed: ExchangeBed;
let anna: Client;
before(async () => {
  bed = await openExchangeBed();
  const ours = { resources: [FRONT, BACK], scopes: ["read"] };
  const confidential = {
    authentication: "client_secret_basic",
    grantTypes: ["client_credentials", JWT_BEARER, EXCHANGE],
  } as const;
  anna = await bed.put({
    clientId: "anna",
    introspects: [FRONT],
    ...confidential,
    ...ours,
  });
  await bed.put({ clientId: "gateway", ...confidential, ...ours });
  await bed.resource(FRONT, { scopes: ["read"], claims: { who: "subject" } });
  await bed.resource(BACK, { scopes: ["read"] });
  const foreign = {
    sourceIssuer: FOREIGN,
    sourceAudience: ISSUER,
    sourceKeys: bed.foreignKeys,
    scopes: ["read"],
  };
  await bed.rule({ scopes: ["read"] });
  await bed.rule(foreign);
  await bed.rule({ ...foreign, grantType: JWT_BEARER });
});
after(() => bed.close());

const claimsOf = ({
  body,
}: Answer): Readonly<Record<string, unknown>> | null | undefined =>
  decodeUnverified(String(body["access_token"])).claims;

const exchange = async (token: string): Promise<Answer> =>
  bed.ask("gateway", {
    grant_type: EXCHANGE,
    subject_token: token,
    subject_token_type: ACCESS_TOKEN,
    resource: BACK,
  });

const own = async (clientId: string): Promise<string> => {
  const answer = await bed.ask(clientId, {
    grant_type: "client_credentials",
    resource: FRONT,
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return String(answer.body["access_token"]);
};

describe("a client that is called like a person", () => {
  it("has a subject of its own in its tokens, in the claims of a mapping, and at introspection", async () => {
    const text = await own("anna");
    const claims = decodeUnverified(text).claims;
    assert.deepEqual(
      [claims?.["sub"], claims?.["client_id"], claims?.["who"]],
      ["anna@clients", "anna", "anna@clients"],
    );
    const answer = await bed.issuer.fetch(
      new Request(`${ISSUER}/introspect`, {
        method: "POST",
        headers: { authorization: basic("anna", await bed.addSecret(anna)) },
        body: new URLSearchParams({ token: text }),
      }),
    );
    const known = (await answer.json()) as Readonly<Record<string, unknown>>;
    assert.deepEqual([known["active"], known["sub"]], [true, "anna@clients"]);
  });

  it("stays the client when its token is exchanged, and is not ended with the person", async () => {
    const exchanged = await exchange(await own("anna"));
    assert.equal(claimsOf(exchanged)?.["sub"], "anna@clients");
    const persons = await exchange(
      (await bed.issue({ clientId: "anna", subject: "anna" })).text,
    );
    assert.equal(claimsOf(persons)?.["sub"], "anna");
    const tokenId = String(claimsOf(exchanged)?.["jti"]);
    const { store, journal } = bed.issuer.context;
    await store.revoke(
      { by: "subject", subject: "anna" },
      bed.now,
      await journal.entry(
        "subject.disabled",
        {},
        { subject: "anna", clientId: null, ip: null, agent: null },
      ),
    );
    const found = async (id: string): Promise<boolean> =>
      (await store.findAccessToken({ tokenId: id }))?.ended === null;
    assert.equal(await found(tokenId), true);
    assert.equal(await found(String(claimsOf(persons)?.["jti"])), false);
  });
});

describe("a person who is called like a client's subject", () => {
  it("comes from no other issuer, by neither grant", async () => {
    const sub = "gateway@clients";
    const aud = ISSUER;
    const assertion = await bed.foreign({ sub, aud });
    const asserted = await bed.ask("gateway", {
      grant_type: JWT_BEARER,
      assertion,
      resource: BACK,
    });
    assert.deepEqual(
      [asserted.status, asserted.body["error"]],
      [400, "invalid_grant"],
    );
    const exchanged = await exchange(
      await bed.foreign({ sub, aud }, { typ: "at+jwt" }),
    );
    assert.deepEqual(
      [exchanged.status, exchanged.body["error"]],
      [400, "invalid_request"],
    );
    const bob = await bed.foreign({ sub: "bob@clients.example", aud });
    const good = await bed.ask("gateway", {
      grant_type: JWT_BEARER,
      assertion: bob,
      resource: BACK,
    });
    assert.equal(claimsOf(good)?.["sub"], "bob@clients.example");
  });

  it("cannot be the account that signs in", async () => {
    const account = { name: "app@clients", password: "long enough for it" };
    assert.throws(
      () =>
        readSettings(
          { account: account.name },
          { ASSAY_ACCOUNT_PASSWORD: account.password },
          null,
        ),
      /account: expected a name that does not end in @clients/,
    );
    await assert.rejects(
      async () =>
        createIssuer({
          issuer: ISSUER,
          store: bed.store,
          masterKeys: [bed.masterSecret],
          account,
        }),
      /account: expected/,
    );
  });
});
