/** Modules of the FAPI 2.0 Security Profile that are about the authorization request. Each test has its module's name without the profile's. */
import assert from "node:assert/strict";
import { after, it } from "node:test";
import {
  gotTokens,
  sentBack,
  sentBackWith,
  toldThePerson,
} from "./expectations.ts";
import { FAPI2, openFapi2Bed } from "./fapi2-bed.ts";
import { REDIRECT, type Asked } from "./relying-party.ts";

const ALL = "openid offline_access read write";

const { bed, party, key } = await openFapi2Bed();
after(async () => bed.close());

async function succeeds(
  asked: Asked,
  client = party,
): Promise<Readonly<Record<string, unknown>>> {
  const back = await bed.signIn(await client.open(asked));
  sentBack(asked, back, bed.running.url);
  const tokens = gotTokens(await client.redeem(asked, back, {}, key));
  assert.equal(tokens["token_type"], "DPoP");
  const access = await bed.verify(String(tokens["access_token"]), {
    typ: "at+jwt",
    audience: "https://api.example",
  });
  assert.deepEqual(access.payload["cnf"], { jkt: key.thumbprint });
  const { payload } = await bed.verify(String(tokens["id_token"]), {
    audience: client.clientId,
    algorithms: ["PS256", "ES256", "EdDSA"],
  });
  assert.equal(payload["nonce"], asked.parameters.get("nonce") ?? undefined);
  assert.equal(payload["s_hash"], undefined);
  return tokens;
}

it(`${FAPI2}-happy-flow`, async () => {
  const second = await bed.registerFapi("fapi-second");
  await succeeds(party.ask({ scope: ALL }));
  await succeeds(second.ask({ scope: ALL }), second);
});

it(`${FAPI2}-ensure-authorization-request-without-state-success`, async () => {
  await succeeds(party.ask({ state: null }));
});

it(`${FAPI2}-ensure-authorization-request-without-nonce-success`, async () => {
  await succeeds(party.ask({ nonce: null }));
});

it(`${FAPI2}-ensure-authorization-request-with-64-char-nonce-success`, async () => {
  await succeeds(party.ask({ nonce: "n".repeat(64) }));
});

it(`${FAPI2}-ensure-authorization-request-with-long-nonce`, async () => {
  await succeeds(party.ask({ nonce: "n".repeat(384) }));
});

it(`${FAPI2}-ensure-authorization-request-with-long-state`, async () => {
  await succeeds(party.ask({ state: "s".repeat(1024) }));
});

it(`${FAPI2}-ensure-other-scope-order-succeeds`, async () => {
  const backwards = ALL.split(" ").toReversed().join(" ");
  const tokens = await succeeds(party.ask({ scope: backwards }));
  assert.deepEqual(
    new Set(String(tokens["scope"]).split(" ")),
    new Set(ALL.split(" ")),
  );
});

it(`${FAPI2}-ensure-dpop-auth-code-binding-success`, async () => {
  await succeeds(party.ask({ dpop_jkt: key.thumbprint }));
});

it(`${FAPI2}-ensure-registered-redirect-uri`, async () => {
  const asked = party.ask({ redirect_uri: "https://app.example/other" });
  await toldThePerson(await party.open(asked));
});

it(`${FAPI2}-plain-fapi-tolerate-unregistered-redirect-uri`, async () => {
  // Allowed for pushed requests, or refused: here it is refused.
  const asked = party.ask({ redirect_uri: "https://app.example/other" });
  await toldThePerson(await party.open(asked));
});

it(`${FAPI2}-ensure-redirect-uri-in-authorization-request`, async () => {
  // The only one that is registered is taken.
  const asked = party.ask({ redirect_uri: null });
  const back = await bed.signIn(await party.open(asked));
  assert.equal(back.origin + back.pathname, REDIRECT);
  sentBack(asked, back, bed.running.url);
  gotTokens(await party.redeem(asked, back, {}, key));
});

for (const [module, responseType] of [
  ["ensure-response-type-code-idtoken-fails", "code id_token"],
  ["ensure-response-type-token-fails", "token"],
] as const)
  it(`${FAPI2}-${module}`, async () => {
    const asked = party.ask({ response_type: responseType });
    sentBackWith(asked, await party.open(asked), [
      "unsupported_response_type",
      "invalid_request",
      "unauthorized_client",
    ]);
  });

it(`${FAPI2}-par-ensure-pkce-required`, async () => {
  const asked = party.ask({
    code_challenge: null,
    code_challenge_method: null,
  });
  sentBackWith(asked, await party.open(asked), ["invalid_request"]);
});

it(`${FAPI2}-par-plain-pkce-rejected`, async () => {
  const { verifier } = party.ask();
  for (const method of ["plain", null]) {
    const asked = party.ask({
      code_challenge: verifier,
      code_challenge_method: method,
    });
    sentBackWith(asked, await party.open(asked), ["invalid_request"]);
  }
});
