/** oauth4webapi at the two grants that take another token: token exchange (RFC 8693) and jwt-bearer (RFC 7523). */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { exportKey, generateKey, sign } from "@assay/token";
import type * as oauth from "oauth4webapi";
import { Oauth4webapi, refused } from "./oauth4webapi-bed.ts";
import { API } from "./running-issuer.ts";

const BACK = "https://back.example";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

let bed: Oauth4webapi;
before(async () => {
  bed = await Oauth4webapi.open();
  await bed.running.addResource({ resource: BACK });
});
after(async () => bed.running.close());

it("a token is exchanged where a row allows it, and nowhere else", async () => {
  const gateway = await bed.secretParty("gateway", "client_secret_basic", {
    grantTypes: [EXCHANGE],
    resources: [BACK],
  });
  const app = await bed.secretParty("app");
  const subject = await bed.redeem(app, await bed.askForCode(app));
  const exchange = async (): Promise<oauth.TokenEndpointResponse> =>
    bed.ask(gateway, EXCHANGE, {
      subject_token: subject.access_token,
      subject_token_type: ACCESS_TOKEN,
      resource: BACK,
      scope: "read",
    });
  await assert.rejects(exchange(), refused("unauthorized_client"));
  await bed.running.addExchangeRule({
    grantType: EXCHANGE,
    clientId: "gateway",
    sourceIssuer: bed.running.url,
    sourceAudience: API,
    sourceKeys: null,
    target: BACK,
    scopes: ["read"],
  });
  const answer = await exchange();
  assert.deepEqual(
    [answer["issued_token_type"], answer.refresh_token],
    [ACCESS_TOKEN, undefined],
  );
  const known = await bed.claimsOf(answer.access_token, BACK);
  assert.deepEqual(
    [known.sub, known.client_id, known.scope],
    ["ada", "gateway", "read"],
  );
});

it("another issuer's word for somebody is taken once", async () => {
  const idp = "https://idp.example";
  const key = await generateKey("ES256");
  const who = await bed.secretParty("asserting", "client_secret_basic", {
    grantTypes: [JWT_BEARER],
  });
  await bed.running.addExchangeRule({
    grantType: JWT_BEARER,
    clientId: "asserting",
    sourceIssuer: idp,
    sourceAudience: bed.running.url,
    sourceKeys: { keys: [exportKey(key, { secret: false })] },
    target: API,
    scopes: ["read"],
  });
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: idp, aud: bed.running.url, sub: "bob", jti: "one" };
  // The library makes no assertion for a grant: the other issuer signs it.
  const assertion = await sign({ ...claims, iat: now, exp: now + 60 }, key);
  const answer = await bed.ask(who, JWT_BEARER, { assertion });
  assert.equal((await bed.claimsOf(answer.access_token)).sub, "bob");
  assert.equal(answer.refresh_token, undefined);
  await assert.rejects(
    bed.ask(who, JWT_BEARER, { assertion }),
    refused("invalid_grant"),
  );
});
