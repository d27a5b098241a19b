/** Modules of the FAPI 2.0 Security Profile that are about DPoP proofs, at the token endpoint. Each test has its module's name. */
import assert from "node:assert/strict";
import { after, it } from "node:test";
import * as jose from "jose";
import { DpopKey, type ProofChanges } from "./dpop-key.ts";
import { gotTokens, refused } from "./expectations.ts";
import { FAPI2, openFapi2Bed } from "./fapi2-bed.ts";
import type { Answer } from "./relying-party.ts";

const { bed, party, key } = await openFapi2Bed();
after(async () => bed.close());

const ask = async (proof: ProofChanges = {}, by = key): Promise<Answer> =>
  party.token({ grant_type: "client_credentials" }, by, proof);

const now = (): number => Math.floor(Date.now() / 1000);

it(`${FAPI2}-check-dpop-proof-nbf-exp`, async () => {
  gotTokens(await ask({ claims: { nbf: now() - 5, exp: now() + 60 } }));
});

it(`${FAPI2}-ensure-dpopproof-with-iat-10seconds-before-succeeds`, async () => {
  gotTokens(await ask({ claims: { iat: now() - 10 } }));
});

it(`${FAPI2}-ensure-dpopproof-with-iat-10seconds-after-succeeds`, async () => {
  gotTokens(await ask({ claims: { iat: now() + 10 } }));
});

it(`${FAPI2}-dpop-negative-tests`, async (t) => {
  const other = await DpopKey.make();
  const secret = new Uint8Array(32).fill(7);
  const wrong: Readonly<Record<string, ProofChanges>> = {
    "another method": { claims: { htm: "GET" } },
    "another address": { claims: { htu: `${bed.running.url}/introspect` } },
    "no method": { claims: { htm: undefined } },
    "no address": { claims: { htu: undefined } },
    "no jti": { claims: { jti: undefined } },
    "no iat": { claims: { iat: undefined } },
    "another type": { header: { typ: "JWT" } },
    "no type": { header: { typ: undefined } },
    "no key": { header: { jwk: undefined } },
    "a private key": {
      header: { jwk: await jose.exportJWK(key.privateKey) },
    },
    "a key that did not sign": { header: { jwk: other.jwk } },
    "a shared secret": {
      header: {
        alg: "HS256",
        jwk: { kty: "oct", k: Buffer.from(secret).toString("base64url") },
      },
      signer: secret,
    },
    "no signature": {
      damage: (proof) =>
        [
          Buffer.from(
            JSON.stringify({ alg: "none", typ: "dpop+jwt", jwk: key.jwk }),
          ).toString("base64url"),
          proof.split(".")[1],
          "",
        ].join("."),
    },
    "a changed claim": {
      damage: (proof) => {
        const [header, claims = "", signature] = proof.split(".");
        const changed = Buffer.from(claims, "base64url")
          .toString()
          .replace('"POST"', '"POst"');
        return `${header}.${Buffer.from(changed).toString("base64url")}.${signature}`;
      },
    },
    "no JWT at all": { damage: () => "proof" },
  };
  gotTokens(await ask());
  for (const [what, changes] of Object.entries(wrong))
    await t.test(what, async () => {
      refused(await ask(changes), "invalid_dpop_proof");
    });
  await t.test("a proof that was used before", async () => {
    const claims = { jti: "once" };
    gotTokens(await ask({ claims }));
    refused(await ask({ claims }), "invalid_dpop_proof");
  });
  await t.test("a nonce that is not the server's", async () => {
    const answer = await ask({ claims: { nonce: "made up" } });
    assert.equal(answer.body["error"], "use_dpop_nonce");
    assert.notEqual(answer.headers.get("dpop-nonce"), null);
  });
});
