/** oauth4webapi, the layer below openid-client: it checks each answer by itself, and stops at whatever a standard does not allow. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as oauth from "oauth4webapi";
import {
  BY_SECRET,
  discover,
  Oauth4webapi,
  refused,
  type Party,
  type SecretMethod,
} from "./oauth4webapi-bed.ts";
import { OPAQUE_API } from "./running-issuer.ts";

let bed: Oauth4webapi;
before(async () => {
  bed = await Oauth4webapi.open();
});
after(async () => bed.running.close());

it("discovery by OpenID Connect and by RFC 8414 finds the same server", async () => {
  assert.deepEqual(await discover(bed.running.url, "oidc"), bed.server);
  assert.equal(bed.server.issuer, bed.running.url);
});

for (const method of Object.keys(BY_SECRET) as SecretMethod[]) {
  describe(`a client by ${method}`, () => {
    let who: Party;
    before(async () => {
      who = await bed.secretParty(`app-${method}`, method);
    });

    it("signs somebody in, renews with fewer scopes, and ends the grant", async () => {
      const tokens = await bed.redeem(who, await bed.askForCode(who));
      assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, "ada");
      const claims = await bed.claimsOf(tokens.access_token);
      assert.deepEqual(
        [claims.sub, claims.client_id, claims.scope],
        ["ada", who.client.client_id, "openid offline_access read write"],
      );
      const less = await bed.refresh(who, tokens.refresh_token, {
        scope: "read",
      });
      assert.equal((await bed.claimsOf(less.access_token)).scope, "read");
      await assert.rejects(
        bed.refresh(who, less.refresh_token, { scope: "read admin" }),
        refused("invalid_scope"),
      );
      const whole = await bed.refresh(who, less.refresh_token);
      assert.equal(whole.scope, "openid offline_access read write");
      await bed.revoke(who, whole.refresh_token ?? "");
      await assert.rejects(
        bed.refresh(who, whole.refresh_token),
        refused("invalid_grant"),
      );
      assert.deepEqual(await bed.introspect(who, whole.access_token), {
        active: false,
      });
    });

    it("has a token of its own, and introspection knows it until it is revoked", async () => {
      const { access_token: token } = await bed.ownToken(who, {
        resource: OPAQUE_API,
        scope: "read",
      });
      const known = await bed.introspect(who, token);
      assert.deepEqual(
        [known.active, known.sub, known.aud, known.scope],
        [true, `${who.client.client_id}@clients`, OPAQUE_API, "read"],
      );
      await bed.revoke(who, token);
      assert.deepEqual(await bed.introspect(who, token), { active: false });
    });

    it("is refused with a wrong secret", async () => {
      await assert.rejects(
        bed.ownToken({ ...who, proof: BY_SECRET[method]("wrong") }, {}),
        (error: unknown) =>
          method === "client_secret_basic"
            ? error instanceof oauth.WWWAuthenticateChallengeError &&
              error.cause[0]?.scheme === "basic"
            : refused("invalid_client", 401)(error),
      );
    });
  });
}

for (const alg of ["ES256", "PS256", "Ed25519"] as const)
  it(`private_key_jwt by ${alg}: code flow, refresh and introspection`, async () => {
    const who = await bed.keyParty(`key-${alg}`, alg);
    const tokens = await bed.redeem(who, await bed.askForCode(who));
    const renewed = await bed.refresh(who, tokens.refresh_token);
    const known = await bed.introspect(who, renewed.access_token);
    assert.deepEqual([known.active, known.sub], [true, "ada"]);
  });

it("introspection comes as a signed JWT where the client asks for one (RFC 9701)", async () => {
  const { client, proof } = await bed.secretParty("signed");
  const who = {
    client: { ...client, introspection_signed_response_alg: "ES256" },
    proof,
  };
  const { access_token: token } = await bed.ownToken(who, {
    resource: OPAQUE_API,
  });
  assert.equal((await bed.introspect(who, token)).active, true);
  await bed.revoke(who, token);
  assert.deepEqual(await bed.introspect(who, token), { active: false });
});

describe("DPoP", () => {
  const keyOf = async (): Promise<oauth.DPoPHandle> =>
    oauth.DPoP({}, await oauth.generateKeyPair("ES256"));

  /** The first answer brings the nonce that the second proof needs (RFC 9449 section 8). */
  const withNonce = async <T>(ask: () => Promise<T>): Promise<T> => {
    await assert.rejects(ask(), (error) => oauth.isDPoPNonceError(error));
    return ask();
  };

  it("binds what a public client gets to its key", async () => {
    const who = await bed.publicParty("spa");
    const code = await bed.askForCode(who);
    const DPoP = await keyOf();
    const tokens = await withNonce(async () => bed.redeem(who, code, { DPoP }));
    assert.equal(tokens.token_type, "dpop");
    const reader = await bed.secretParty("reader");
    assert.equal(
      (await bed.introspect(reader, tokens.access_token)).cnf?.jkt,
      await DPoP.calculateThumbprint(),
    );
    const renewed = await bed.refresh(who, tokens.refresh_token, {}, { DPoP });
    assert.equal(renewed.token_type, "dpop");
    const stranger = await keyOf();
    await assert.rejects(
      withNonce(async () =>
        bed.refresh(who, renewed.refresh_token, {}, { DPoP: stranger }),
      ),
      refused("invalid_grant"),
    );
    await assert.rejects(
      bed.refresh(who, renewed.refresh_token),
      refused("invalid_grant"),
    );
    const last = await bed.refresh(who, renewed.refresh_token, {}, { DPoP });
    assert.equal(last.token_type, "dpop");
  });

  it("binds the code to the key that the authorization request names (dpop_jkt)", async () => {
    const who = await bed.secretParty("bound-code");
    const DPoP = await keyOf();
    const named = { dpop_jkt: await DPoP.calculateThumbprint() };
    const code = await bed.askForCode(who, named);
    const tokens = await withNonce(async () => bed.redeem(who, code, { DPoP }));
    assert.equal(tokens.token_type, "dpop");
    const stolen = await bed.askForCode(who, named);
    const other = await keyOf();
    await assert.rejects(
      withNonce(async () => bed.redeem(who, stolen, { DPoP: other })),
      refused("invalid_grant"),
    );
  });
});

describe("the authorization response", () => {
  it("brings an error back with state and iss", async () => {
    const who = await bed.secretParty("errors");
    await assert.rejects(
      bed.askForCode(who, { scope: "openid admin" }),
      (error: unknown) =>
        error instanceof oauth.AuthorizationResponseError &&
        error.error === "invalid_scope",
    );
  });

  it("without its iss is refused by the library, because the metadata promises it (RFC 9207)", async () => {
    const who = await bed.secretParty("mixed-up");
    const { callback } = await bed.askForCode(who);
    const other = new URLSearchParams(callback);
    other.delete("iss");
    assert.throws(
      () =>
        oauth.validateAuthResponse(
          bed.server,
          who.client,
          other,
          oauth.skipStateCheck,
        ),
      oauth.OperationProcessingError,
    );
  });
});
