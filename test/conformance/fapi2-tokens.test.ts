/** Modules of the FAPI 2.0 Security Profile that are about codes, refresh tokens and client assertions. Each test has its module's name. */
import assert from "node:assert/strict";
import { after, it } from "node:test";
import * as jose from "jose";
import { publicJwk } from "./bed.ts";
import { DpopKey } from "./dpop-key.ts";
import { gotTokens, refused } from "./expectations.ts";
import { FAPI2, openFapi2Bed } from "./fapi2-bed.ts";
import {
  byAssertion,
  byNothing,
  type Answer,
  type Asked,
  type Changes,
  type RelyingParty,
} from "./relying-party.ts";

const { bed, party, key } = await openFapi2Bed();
after(async () => bed.close());

interface Code {
  readonly asked: Asked;
  readonly back: URL;
}

async function code(changes: Changes = {}): Promise<Code> {
  const asked = party.ask({ scope: "openid offline_access", ...changes });
  return { asked, back: await bed.signIn(await party.open(asked)) };
}

interface Redeeming {
  readonly by?: RelyingParty;
  readonly changes?: Changes;
  readonly key?: DpopKey | null;
}

const redeem = async (
  { asked, back }: Code,
  { by = party, changes = {}, key: own = key }: Redeeming = {},
): Promise<Answer> => by.redeem(asked, back, changes, own);

it(`${FAPI2}-attempt-reuse-authorization-code-after-one-second`, async () => {
  const got = await code();
  const tokens = gotTokens(await redeem(got));
  bed.ahead += 1;
  refused(await redeem(got), "invalid_grant");
  // What the first one gave is gone too (RFC 6749 section 4.1.2).
  const reader = await bed.register("reader", "client_secret_basic");
  const known = await reader.introspect(tokens["access_token"]);
  assert.deepEqual(known.body, { active: false });
  refused(await party.refresh(tokens["refresh_token"], key), "invalid_grant");
});

it(`${FAPI2}-ensure-token-endpoint-fails-with-expired-auth-code`, async () => {
  const got = await code();
  bed.ahead += 61;
  refused(await redeem(got), "invalid_grant");
});

it(`${FAPI2}-ensure-authorization-code-is-bound-to-client`, async () => {
  const got = await code();
  const stranger = await bed.registerFapi("fapi-stranger");
  refused(await redeem(got, { by: stranger }), "invalid_grant");
  gotTokens(await redeem(got));
});

it(`${FAPI2}-ensure-pkce-code-verifier-required`, async () => {
  const got = await code();
  refused(
    await redeem(got, { changes: { code_verifier: null } }),
    "invalid_grant",
  );
});

it(`${FAPI2}-incorrect-pkce-code-verifier-rejected`, async () => {
  const got = await code();
  const { verifier } = party.ask();
  refused(
    await redeem(got, { changes: { code_verifier: verifier } }),
    "invalid_grant",
  );
});

it(`${FAPI2}-ensure-token-endpoint-fails-with-mismatched-dpop-jkt`, async () => {
  const got = await code({ dpop_jkt: (await DpopKey.make()).thumbprint });
  refused(await redeem(got), ["invalid_grant", "invalid_dpop_proof"]);
});

it(`${FAPI2}-ensure-holder-of-key-required`, async () => {
  const got = await code();
  refused(await redeem(got, { key: null }), [
    "invalid_dpop_proof",
    "invalid_request",
    "invalid_grant",
  ]);
});

it(`${FAPI2}-refresh-token`, async () => {
  const tokens = gotTokens(await redeem(await code()));
  const token = tokens["refresh_token"];
  const stranger = await bed.registerFapi("fapi-other");
  refused(await stranger.refresh(token, key), "invalid_grant");
  const { proof } = party;
  party.proof = byNothing;
  refused(await party.refresh(token, key), "invalid_client");
  party.proof = proof;
  refused(await party.refresh(token), [
    "invalid_dpop_proof",
    "invalid_request",
    "invalid_grant",
  ]);
  // FAPI 2.0 section 5.3.2.1: no rotation. It stays good, and says so.
  for (const _ of [1, 2]) {
    const renewed = gotTokens(await party.refresh(token, key));
    assert.equal(renewed["refresh_token"], token);
    assert.equal(renewed["token_type"], "DPoP");
  }
});

for (const [module, audience] of [
  ["par-test-array-as-audience-fails", (issuer: string) => [issuer]],
  [
    "par-test-token-endpoint-url-as-audience-fails",
    (issuer: string) => `${issuer}/token`,
  ],
] as const)
  it(`${FAPI2}-${module}`, async () => {
    const pair = await jose.generateKeyPair("ES256", { extractable: true });
    const client = await bed.registerFapi(module);
    await bed.running.addClient({
      clientId: module,
      authentication: "private_key_jwt",
      keys: [await publicJwk(pair)],
      fapi: true,
      requireDpop: true,
    });
    const ask = async (): Promise<Answer> =>
      client.token({ grant_type: "client_credentials" }, key);
    client.proof = byAssertion(pair.privateKey, audience(bed.running.url));
    refused(await ask(), ["invalid_client", "invalid_request"]);
    client.proof = byAssertion(pair.privateKey, bed.running.url);
    gotTokens(await ask());
  });
