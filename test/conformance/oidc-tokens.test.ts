/** Modules of the OpenID Connect plans that are about tokens, client authentication and keys. Each test has its module's name. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, it } from "node:test";
import * as jose from "jose";
import { openBed, publicJwk, type Bed } from "./bed.ts";
import { gotTokens, refused, sentBack } from "./expectations.ts";
import {
  byAssertion,
  type Answer,
  type RelyingParty,
} from "./relying-party.ts";

let bed: Bed;
before(async () => {
  bed = await openBed();
});
after(async () => bed.close());

/** Signs in and redeems the code; checks what OpenID Connect Core section 3.1.3.7 lets a client check. */
async function happyFlow(
  party: RelyingParty,
  scope = "openid",
): Promise<Answer["body"]> {
  const asked = party.ask({ scope });
  const back = await bed.signIn(await party.open(asked));
  sentBack(asked, back, bed.running.url);
  const tokens = gotTokens(await party.redeem(asked, back));
  assert.equal(tokens["token_type"], "Bearer");
  const { payload, protectedHeader } = await bed.verify(
    String(tokens["id_token"]),
    { audience: party.clientId },
  );
  assert.equal(payload["nonce"], asked.parameters.get("nonce"));
  assert.ok(String(payload.sub).length <= 255);
  assert.equal(
    payload["at_hash"],
    createHash("sha256")
      .update(String(tokens["access_token"]))
      .digest()
      .subarray(0, 16)
      .toString("base64url"),
  );
  assert.equal(typeof protectedHeader.kid, "string");
  return tokens;
}

it("oidcc-server", async () => {
  const first = await bed.register("rp-1", "client_secret_basic");
  const second = await bed.register("rp-2", "client_secret_basic");
  await happyFlow(first);
  await happyFlow(second);
});

it("oidcc-server-client-secret-post", async () => {
  await happyFlow(await bed.register("rp-post", "client_secret_post"));
});

it("oidcc-ensure-client-assertion-with-iss-aud-succeeds", async () => {
  // The bed's own assertions have the issuer as aud.
  await happyFlow(await bed.register("rp-key", "private_key_jwt"));
});

it("oidcc-refresh-token", async () => {
  const party = await bed.register("rp-refresh", "client_secret_basic");
  const stranger = await bed.register("rp-stranger", "client_secret_basic");
  const tokens = await happyFlow(party, "openid offline_access");
  refused(await stranger.refresh(tokens["refresh_token"]), "invalid_grant");
  const renewed = gotTokens(await party.refresh(tokens["refresh_token"]));
  assert.notEqual(renewed["access_token"], tokens["access_token"]);
  const again = gotTokens(await party.refresh(renewed["refresh_token"]));
  assert.equal(again["scope"], tokens["scope"]);
});

it("oidcc-refresh-token-rp-key-rotation", async () => {
  const party = await bed.register("rp-rotates", "private_key_jwt");
  const tokens = await happyFlow(party, "openid offline_access");
  const pair = await jose.generateKeyPair("ES256", { extractable: true });
  await bed.running.addClient({
    clientId: party.clientId,
    authentication: "private_key_jwt",
    keys: [await publicJwk(pair, "k2")],
  });
  refused(await party.refresh(tokens["refresh_token"]), "invalid_client");
  party.proof = byAssertion(pair.privateKey, bed.running.url, "k2");
  gotTokens(await party.refresh(tokens["refresh_token"]));
});

it("oidcc-server-rotate-keys", async () => {
  const party = await bed.register("rp-keys", "client_secret_basic");
  const kids = async (): Promise<readonly (string | undefined)[]> => {
    const { jwks_uri: uri } = await bed.metadata();
    const found = await (await fetch(String(uri))).json();
    return (found as jose.JSONWebKeySet).keys.map(({ kid }) => kid);
  };
  const old = String((await happyFlow(party))["id_token"]);
  const oldKid = jose.decodeProtectedHeader(old).kid;
  const known = await kids();
  // The next key has to be published for a day before it signs.
  bed.ahead += 2 * 86_400;
  await bed.running.issuer.context.keys.rotate("ES256");
  const published = await kids();
  assert.ok(
    published.some((kid) => !known.includes(kid)),
    "a new key",
  );
  assert.ok(published.includes(oldKid), "and still the old one");
  await bed.verify(old, {
    audience: party.clientId,
    currentDate: new Date(),
  });
  const fresh = String((await happyFlow(party))["id_token"]);
  assert.notEqual(jose.decodeProtectedHeader(fresh).kid, oldKid);
});
