/** openid-client, as its own documentation uses it: every grant and every way to authenticate that it has. */
import assert from "node:assert/strict";
import type { webcrypto } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey, sign } from "@assay/token";
import * as oidc from "openid-client";
import {
  API,
  OPAQUE_API,
  runIssuer,
  type RunningIssuer,
} from "./running-issuer.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

let running: RunningIssuer;
before(async () => {
  running = await runIssuer();
});
after(async () => running.close());

const METHODS = {
  client_secret_basic: (secret: string) => oidc.ClientSecretBasic(secret),
  client_secret_post: (secret: string) => oidc.ClientSecretPost(secret),
  client_secret_jwt: (secret: string) => oidc.ClientSecretJwt(secret),
} as const;

const discover = async (
  clientId: string,
  authentication: oidc.ClientAuth,
): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(running.url), clientId, undefined, authentication, {
    execute: [oidc.allowInsecureRequests],
  });

const subject = async (
  config: oidc.Configuration,
  clientScopes = "openid offline_access read",
  options: oidc.AuthorizationCodeGrantOptions = {},
): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers> => {
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: "https://app.example/callback",
    scope: clientScopes,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    resource: API,
  });
  return oidc.authorizationCodeGrant(
    config,
    await running.signIn(url),
    {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    },
    undefined,
    options,
  );
};

for (const [method, authentication] of Object.entries(METHODS)) {
  describe(`a client by ${method}`, () => {
    let config: oidc.Configuration;
    before(async () => {
      const secret = await running.addClient({
        clientId: `app-${method}`,
        authentication: method as keyof typeof METHODS,
      });
      config = await discover(`app-${method}`, authentication(secret));
    });

    it("gets a token of its own, and introspection knows it until it is revoked", async () => {
      const token = await oidc.clientCredentialsGrant(config, {
        scope: "read",
        resource: OPAQUE_API,
      });
      assert.equal(token.token_type, "bearer");
      assert.equal(token.scope, "read");
      const known = await oidc.tokenIntrospection(config, token.access_token);
      assert.deepEqual(
        [known.active, known.client_id, known.aud],
        [true, `app-${method}`, OPAQUE_API],
      );
      await oidc.tokenRevocation(config, token.access_token);
      assert.deepEqual(
        await oidc.tokenIntrospection(config, token.access_token),
        { active: false },
      );
    });

    it("gets code, ID token and refresh token, and renews by rotation", async () => {
      const tokens = await subject(config);
      assert.equal(tokens.claims()?.sub, "ada");
      assert.ok(tokens.refresh_token);
      const renewed = await oidc.refreshTokenGrant(
        config,
        tokens.refresh_token,
      );
      assert.ok(renewed.refresh_token);
      assert.notEqual(renewed.refresh_token, tokens.refresh_token);
      // At once again: the same successor, a fresh access token.
      const again = await oidc.refreshTokenGrant(config, tokens.refresh_token);
      assert.equal(again.refresh_token, renewed.refresh_token);
      assert.notEqual(again.access_token, renewed.access_token);
    });
  });
}

it("private_key_jwt: the client proves itself by its key, at every endpoint", async () => {
  const key = await generateKey("ES256", { kid: "k1" });
  await running.addClient({
    clientId: "app-key",
    authentication: "private_key_jwt",
    keys: [exportKey(key, { secret: false })],
  });
  const jwk = exportKey(key, { secret: true });
  const config = await discover(
    "app-key",
    oidc.PrivateKeyJwt({
      kid: "k1",
      key: await crypto.subtle.importKey(
        "jwk",
        jwk as webcrypto.JsonWebKey,
        { name: "ECDSA", namedCurve: "P-256" },
        false,
        ["sign"],
      ),
    }),
  );
  const own = await oidc.clientCredentialsGrant(config, { resource: API });
  assert.equal(
    (await oidc.tokenIntrospection(config, own.access_token)).sub,
    "app-key@clients",
  );
  const tokens = await subject(config);
  const renewed = await oidc.refreshTokenGrant(
    config,
    tokens.refresh_token ?? "",
  );
  await oidc.tokenRevocation(config, renewed.refresh_token ?? "");
  assert.deepEqual(
    await oidc.tokenIntrospection(config, renewed.access_token),
    {
      active: false,
    },
  );
});

it("a public client signs somebody in by PKCE alone, renews and signs out", async () => {
  await running.addClient({ clientId: "native", authentication: "none" });
  const config = await discover("native", oidc.None());
  const tokens = await subject(config);
  const renewed = await oidc.refreshTokenGrant(
    config,
    tokens.refresh_token ?? "",
  );
  await oidc.tokenRevocation(config, renewed.refresh_token ?? "");
  await assert.rejects(
    oidc.refreshTokenGrant(config, renewed.refresh_token ?? ""),
    { error: "invalid_grant" },
  );
});

it("token exchange and jwt-bearer, by its generic grant", async () => {
  const idp = "https://idp.example";
  const key = await generateKey("ES256");
  const secret = await running.addClient({
    clientId: "gateway",
    grantTypes: [EXCHANGE, JWT_BEARER],
  });
  const config = await discover("gateway", oidc.ClientSecretBasic(secret));
  const rule = { clientId: "gateway", target: OPAQUE_API, scopes: ["read"] };
  await running.addExchangeRule({
    ...rule,
    grantType: EXCHANGE,
    sourceIssuer: running.url,
    sourceAudience: API,
    sourceKeys: null,
  });
  await running.addExchangeRule({
    ...rule,
    grantType: JWT_BEARER,
    sourceIssuer: idp,
    sourceAudience: running.url,
    sourceKeys: { keys: [exportKey(key, { secret: false })] },
  });
  const appSecret = await running.addClient({ clientId: "app-exchanged" });
  const app = await discover(
    "app-exchanged",
    oidc.ClientSecretBasic(appSecret),
  );
  const exchanged = await oidc.genericGrantRequest(config, EXCHANGE, {
    subject_token: (await subject(app)).access_token,
    subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
  });
  const now = Math.floor(Date.now() / 1000);
  const asserted = await oidc.genericGrantRequest(config, JWT_BEARER, {
    assertion: await sign(
      {
        iss: idp,
        sub: "bob",
        aud: running.url,
        jti: "1",
        iat: now,
        exp: now + 60,
      },
      key,
    ),
  });
  for (const [token, who] of [
    [exchanged, "ada"],
    [asserted, "bob"],
  ] as const) {
    const known = await oidc.tokenIntrospection(config, token.access_token);
    assert.deepEqual(
      [known.active, known.sub, known.aud],
      [true, who, OPAQUE_API],
    );
  }
});

it("DPoP: a public client is given bound tokens, by nonce", async () => {
  await running.addClient({ clientId: "spa", authentication: "none" });
  const config = await discover("spa", oidc.None());
  const handle = oidc.getDPoPHandle(
    config,
    await oidc.randomDPoPKeyPair("ES256"),
  );
  const tokens = await subject(config, "openid offline_access read", {
    DPoP: handle,
  });
  assert.equal(tokens.token_type, "dpop");
  assert.ok(tokens.refresh_token);
  const renewed = await oidc.refreshTokenGrant(
    config,
    tokens.refresh_token,
    undefined,
    { DPoP: handle },
  );
  assert.equal(renewed.token_type, "dpop");
  await assert.rejects(
    oidc.refreshTokenGrant(config, renewed.refresh_token ?? ""),
    (error: Error) =>
      error instanceof oidc.ResponseBodyError &&
      error.error === "invalid_grant",
  );
});
