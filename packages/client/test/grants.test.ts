/** Tokens by somebody else's word: exchanged tokens and assertions. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import { API } from "../../../test/interop/running-issuer.ts";
import { openBed, type Bed } from "./bed.ts";

const BACK = "https://back.example";
const IDP = "https://idp.example";
let bed: Bed;
let idpKey: Key;
let gatewaySecret = "";
let assertingSecret = "";

before(async () => {
  bed = await openBed();
  idpKey = await generateKey("ES256");
  await bed.running.addResource({ resource: BACK });
  const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
  const bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  gatewaySecret = await bed.running.addClient({
    clientId: "gateway",
    grantTypes: [exchange],
    resources: [BACK],
  });
  assertingSecret = await bed.running.addClient({
    clientId: "asserting",
    grantTypes: [bearer],
  });
  await bed.running.addExchangeRule({
    grantType: exchange,
    clientId: "gateway",
    sourceIssuer: bed.running.url,
    sourceAudience: API,
    sourceKeys: null,
    target: BACK,
    scopes: ["read"],
  });
  await bed.running.addExchangeRule({
    grantType: bearer,
    clientId: "asserting",
    sourceIssuer: IDP,
    sourceAudience: bed.running.url,
    sourceKeys: { keys: [exportKey(idpKey, { secret: false })] },
    target: API,
    scopes: ["read"],
  });
});
after(async () => bed.close());

const claimsOf = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  ) as Record<string, unknown>;

it("a gateway calls on with the token that it was called with, exchanged", async () => {
  const person = bed.source({ grant: { type: "authorization_code" } });
  await bed.signIn(person);
  const gateway = bed.source({
    clientId: "gateway",
    authentication: { method: "client_secret_basic", secret: gatewaySecret },
    grant: {
      type: "token_exchange",
      subject: async () => ({ token: (await person.token()).value }),
    },
    resource: BACK,
    scopes: ["read"],
  });
  const { sub, aud, scope } = claimsOf((await gateway.token()).value);
  assert.deepEqual([sub, aud, scope], ["ada", BACK, "read"]);
});

it("another issuer's assertion is made anew for each try: servers take one once", async () => {
  let ahead = 0;
  let made = 0;
  const source = bed.source({
    clientId: "asserting",
    authentication: { method: "client_secret_basic", secret: assertingSecret },
    metadata: bed.metadata,
    clock: () => Date.now() + ahead,
    wait: async () => {},
    grant: {
      type: "jwt_bearer",
      assertion: async () => {
        const iat = Math.floor(Date.now() / 1000);
        return sign(
          {
            iss: IDP,
            aud: bed.running.url,
            sub: "bob",
            jti: `a-${++made}`,
            iat,
            exp: iat + 60,
          },
          idpKey,
        );
      },
    },
  });
  bed.fates.push("lose");
  assert.equal(claimsOf((await source.token()).value)["sub"], "bob");
  assert.equal(made, 2);
  ahead = 301_000;
  assert.equal(claimsOf((await source.token()).value)["sub"], "bob");
  assert.equal(made, 3);
});
