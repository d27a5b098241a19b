/** Attack row 55: what is wrong with a client assertion, for ordinary and for FAPI clients, and that a diagnosis says the same. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { diagnose } from "@assay/diagnosis";
import type { Reason } from "@assay/token";
import {
  ASSERTION_TYPE,
  NOW,
  openAssertionBed,
  type AssertionBed,
  type Wish,
} from "../../test/assertion-bed.ts";
import { ISSUER, TOKEN_ENDPOINT } from "../../test/client-bed.ts";
import { TERSE } from "../../test/client-refusal.ts";

let bed: AssertionBed;
before(async () => {
  bed = await openAssertionBed();
});
after(() => bed.close());

/** What a diagnosis says of the same request, with the same keys and expectations. */
async function diagnosed(
  assertion: string,
  client: string,
  answered: boolean,
): Promise<{ readonly reason: unknown; readonly causes: readonly unknown[] }> {
  const found = await bed.store.findClient(client);
  const { reason, causes } = await diagnose({
    request: {
      method: "POST",
      url: TOKEN_ENDPOINT,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_assertion: assertion,
        client_assertion_type: ASSERTION_TYPE,
      }).toString(),
    },
    policy: {
      kind: "client_assertion",
      issuer: client,
      audience: [ISSUER, TOKEN_ENDPOINT],
      keys: { keys: [...(found?.client.keys ?? [])] },
      requiredClaims: ["jti"],
      clockTolerance: 60,
    },
    context: {
      client: { id: client, authenticationMethod: "private_key_jwt" },
    },
    // Without an answer a diagnosis leaves open whether the server has other keys than those it was shown.
    ...(answered && {
      response: { status: 401, body: '{"error":"invalid_client"}' },
    }),
    now: new Date(bed.now).toISOString(),
  });
  return { reason, causes: causes.map(({ cause }) => cause) };
}

describe("a client assertion is refused", () => {
  type Row = readonly [
    name: string,
    wish: Wish,
    reason: Reason,
    message: string | RegExp,
  ];
  const ROWS: readonly Row[] = [
    [
      "wrong aud",
      { claims: { aud: "https://other.example" } },
      "audience.mismatch",
      /^aud of the client assertion/,
    ],
    [
      "aud with a slash too many",
      { claims: { aud: `${ISSUER}/` } },
      "audience.mismatch",
      /^aud/,
    ],
    ["no aud", { claims: { aud: undefined } }, "audience.missing", /^aud/],
    ["empty aud array", { claims: { aud: [] } }, "audience.mismatch", /^aud/],
    [
      "exp past",
      { claims: { exp: NOW - 1 } },
      "expiration.expired",
      "The client assertion has expired.",
    ],
    ["exp now", { claims: { exp: NOW } }, "expiration.expired", /has expired/],
    [
      "exp long past",
      { claims: { exp: NOW - 300 } },
      "expiration.expired",
      /has expired/,
    ],
    [
      "no exp",
      { claims: { exp: undefined } },
      "expiration.missing",
      /lacks the claim exp/,
    ],
    [
      "exp over ten minutes ahead",
      { claims: { exp: NOW + 3601 } },
      "expiration.lifetime_too_long",
      /at most 3600 seconds ahead/,
    ],
    [
      "nbf over 60 s ahead",
      { claims: { nbf: NOW + 61 } },
      "expiration.not_yet_valid",
      /not valid yet/,
    ],
    [
      "iat over 60 s ahead",
      { claims: { iat: NOW + 61 } },
      "expiration.issued_in_future",
      /not valid yet/,
    ],
    [
      "no sub",
      { claims: { sub: undefined } },
      "audience.claim_missing",
      /lacks the claim sub/,
    ],
    [
      "iss is not sub",
      { claims: { sub: "bank" } },
      "audience.claim_mismatch",
      /claim sub/,
    ],
    ["no iss", { claims: { iss: undefined } }, "issuer.missing", /^iss/],
    [
      "no jti",
      { claims: { jti: undefined } },
      "audience.claim_missing",
      /lacks the claim jti/,
    ],
    [
      "another client's key",
      { key: "stranger" },
      "signature.key_not_found",
      TERSE,
    ],
    [
      "a key of its own under the kid of the client's",
      { key: "stranger", header: { kid: "the client's" } },
      "signature.mismatch",
      TERSE,
    ],
    [
      "HMAC with the client's public key",
      { key: "confused", alg: "HS256" },
      "signature.algorithm_not_allowed",
      TERSE,
    ],
    [
      "typ of an access token",
      { header: { typ: "at+jwt" } },
      "format.type",
      TERSE,
    ],
    [
      "algorithm that the client is not registered for",
      { client: "picky" },
      "signature.algorithm_not_allowed",
      TERSE,
    ],
    [
      "client without keys",
      { client: "keyless" },
      "signature.key_not_found",
      TERSE,
    ],
    [
      "FAPI: aud array, even of the issuer alone",
      { client: "bank", claims: { aud: [ISSUER] } },
      "audience.mismatch",
      /^aud/,
    ],
    [
      "FAPI: aud array with the issuer in it",
      { client: "bank", claims: { aud: [ISSUER, TOKEN_ENDPOINT] } },
      "audience.mismatch",
      /^aud/,
    ],
    [
      "FAPI: token endpoint as aud",
      { client: "bank", claims: { aud: TOKEN_ENDPOINT } },
      "audience.mismatch",
      /^aud/,
    ],
    [
      "FAPI: RS256",
      { client: "bank", key: "rs256" },
      "signature.algorithm_not_allowed",
      TERSE,
    ],
  ];
  for (const [name, wish, reason, message] of ROWS)
    it(`for ${name}`, async () => {
      const { client = "app", header } = wish;
      const assertion = await bed.make({
        ...wish,
        ...(header?.["kid"] === "the client's" && {
          header: { kid: bed.es256.kid },
        }),
      });
      const error = await bed.refusalOf(assertion);
      assert.equal(error.detail.reason, reason);
      assert.equal(error.detail.clientId, client);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      // What only the issuer's own rules refuse, a diagnosis without them does not see.
      const own = /^FAPI|not registered|ten minutes|^exp past|^exp now/.test(
        name,
      );
      if (own) return;
      const told = await diagnosed(
        assertion,
        client,
        reason.startsWith("signature."),
      );
      assert.equal(told.reason, reason);
      const { cause } = error.detail;
      if (cause !== null) assert.equal(told.causes[0], cause);
    });
});
