/** What each refusal says in public, by what its bearer has proven, and what the owner is told of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { GuardOptions } from "@assay/guard";
import type { MintOptions, TestIssuer } from "@assay/guard/testing";
import { bearer, openDoor } from "./door.ts";
import { challenges, type RawHeaders } from "./raw-request.ts";

interface Row {
  readonly when: string;
  readonly mint?: MintOptions;
  readonly headers?: (token: string) => RawHeaders;
  readonly options?:
    Partial<GuardOptions> | ((issuer: TestIssuer) => Partial<GuardOptions>);
  readonly path?: string;
  readonly status: number;
  readonly error: string | null;
  readonly detail: string;
  readonly action: string;
  readonly reason: string;
}

const MISSING = {
  status: 401,
  error: null,
  detail: "This needs an access token.",
  action: "get_token",
};
const MALFORMED = {
  status: 401,
  error: "invalid_token",
  detail: "The access token is malformed.",
  action: "get_token",
};
const NOT_VALIDATED = {
  ...MALFORMED,
  detail: "The access token could not be validated.",
};
const NOT_YET = {
  ...MALFORMED,
  detail: "The access token is not valid yet.",
  action: "retry",
};
const NOT_FOR_US = {
  ...MALFORMED,
  detail: "The access token is not meant for this API.",
};
const ENDED = {
  ...MALFORMED,
  detail: "The access token is no longer valid.",
  action: "sign_in",
};
const SCOPE = {
  status: 403,
  error: "insufficient_scope",
  detail: "The access token lacks a scope that this needs.",
  action: "request_scopes",
};
const LACKS_CLAIM = {
  ...MALFORMED,
  detail: "The access token lacks a claim that this API needs.",
};

const revoked = (
  reason: "token" | "grant" | "subject" | "client" | "key",
): Partial<GuardOptions> => ({
  revocation: {
    check: () => [
      {
        reason: `revocation.${reason}`,
        evidence: { at: null, event: "reused", by: "admin" },
      },
    ],
  },
});

const ROWS: readonly Row[] = [
  {
    when: "no token",
    headers: () => ({}),
    ...MISSING,
    reason: "request.token_missing",
  },
  {
    when: "an empty header",
    headers: () => ({ authorization: "" }),
    ...MISSING,
    reason: "request.token_missing",
  },
  {
    when: "a scheme and no token",
    headers: () => ({ authorization: "Bearer" }),
    ...MISSING,
    reason: "request.token_missing",
  },
  {
    when: "another scheme",
    headers: () => ({ authorization: "Basic dTpw" }),
    ...MISSING,
    reason: "request.scheme_unsupported",
  },
  {
    when: "a token in the query, which is no place here",
    path: "/?access_token=x",
    headers: () => ({}),
    ...MISSING,
    reason: "request.token_missing",
  },
  {
    when: "two words after the scheme",
    headers: (token) => ({ authorization: `Bearer ${token} ${token}` }),
    status: 400,
    error: "invalid_request",
    detail: "The Authorization header is malformed.",
    action: "fix_request",
    reason: "request.header_malformed",
  },
  {
    when: "a text that is no JWT",
    headers: () => bearer("opaque"),
    ...MALFORMED,
    reason: "format.not_jwt",
  },
  {
    when: "a token that was cut off",
    mint: { flaw: "cut" },
    ...MALFORMED,
    reason: "format.segments",
  },
  {
    when: "an ID token",
    mint: { flaw: "id_token" },
    ...NOT_VALIDATED,
    reason: "format.type",
  },
  {
    when: "alg none",
    mint: { flaw: "none" },
    ...NOT_VALIDATED,
    reason: "signature.algorithm_none",
  },
  {
    when: "HMAC with the public key",
    mint: { flaw: "confused" },
    ...NOT_VALIDATED,
    reason: "signature.algorithm_not_allowed",
  },
  {
    when: "a key that nobody knows",
    mint: { flaw: "unknown_key" },
    ...NOT_VALIDATED,
    reason: "signature.key_not_found",
  },
  {
    when: "a forged signature",
    mint: { flaw: "forged" },
    ...NOT_VALIDATED,
    reason: "signature.mismatch",
  },
  {
    when: "a forged token that has expired too",
    mint: { flaw: "forged", claims: { exp: 1 } },
    ...NOT_VALIDATED,
    reason: "signature.mismatch",
  },
  {
    when: "another issuer",
    mint: { flaw: "other_issuer" },
    ...NOT_VALIDATED,
    reason: "issuer.mismatch",
  },
  {
    when: "an expired token",
    mint: { flaw: "expired" },
    ...MALFORMED,
    detail: "The access token has expired.",
    action: "renew",
    reason: "expiration.expired",
  },
  {
    when: "a token without exp",
    mint: { claims: { exp: undefined } },
    ...MALFORMED,
    detail: "The access token does not say when it ends.",
    reason: "expiration.missing",
  },
  {
    when: "a token of tomorrow",
    mint: { flaw: "not_yet_valid" },
    ...NOT_YET,
    reason: "expiration.not_yet_valid",
  },
  {
    when: "a token that lives too long",
    options: { maxLifetime: 60 },
    ...MALFORMED,
    detail: "The access token lives longer than this API accepts.",
    reason: "expiration.lifetime_too_long",
  },
  {
    when: "another audience",
    mint: { flaw: "other_audience" },
    ...NOT_FOR_US,
    reason: "audience.mismatch",
  },
  {
    when: "no audience",
    mint: { claims: { aud: undefined } },
    ...NOT_FOR_US,
    reason: "audience.missing",
  },
  {
    when: "another client",
    options: { authorizedParties: ["client-2"] },
    ...MALFORMED,
    detail:
      "The access token was issued to a client that this API does not serve.",
    reason: "audience.party_mismatch",
  },
  {
    when: "a claim that is lacking",
    options: { requiredClaims: ["tenant"] },
    ...LACKS_CLAIM,
    reason: "audience.claim_missing",
  },
  {
    when: "a claim of another value",
    mint: { claims: { tenant: "b" } },
    options: { claims: { tenant: "a" } },
    ...LACKS_CLAIM,
    reason: "audience.claim_mismatch",
  },
  {
    when: "a token bound to a key, without a proof",
    mint: { claims: { cnf: { jkt: "abc" } } },
    ...MALFORMED,
    detail:
      "The access token is bound to a key: send it under the scheme DPoP, with a proof.",
    action: "prove",
    reason: "binding.proof_missing",
  },
  {
    when: "a token bound to a certificate, without one",
    mint: { claims: { cnf: { "x5t#S256": "abc" } } },
    ...MALFORMED,
    detail:
      "The access token is bound to a client certificate, and none was shown.",
    action: "prove",
    reason: "binding.proof_missing",
  },
  {
    when: "no scope at all",
    options: { scopes: ["read"] },
    ...SCOPE,
    reason: "scope.missing",
  },
  {
    when: "too little scope",
    mint: { claims: { scope: "write reader" } },
    options: { scopes: ["read"] },
    ...SCOPE,
    reason: "scope.insufficient",
  },
  {
    when: "a sign-in that is too weak",
    mint: { claims: { acr: "1" } },
    options: { acrValues: ["2"] },
    status: 401,
    error: "insufficient_user_authentication",
    detail: "This needs a stronger or a newer sign-in.",
    action: "sign_in",
    reason: "scope.authentication",
  },
  ...(["token", "grant", "subject", "client", "key"] as const).map((what) => ({
    when: `a revoked ${what}`,
    options: revoked(what),
    ...ENDED,
    reason: `revocation.${what}`,
  })),
];

for (const row of ROWS)
  test(`${row.when}: ${row.status}, ${row.error ?? "no code"}, and the owner reads ${row.reason}`, async () => {
    await using door = await openDoor(row.options);
    const token = await door.issuer.mint(row.mint);
    const answer = await door.get((row.headers ?? bearer)(token), row.path);
    assert.equal(answer.status, row.status, answer.body);
    const body = answer.json();
    assert.equal(body["type"], "about:blank");
    assert.equal(body["status"], row.status);
    assert.equal(body["detail"], row.detail);
    assert.equal(body["error"] ?? null, row.error);
    assert.equal((body["renewal"] as { action: string }).action, row.action);
    const [challenge = ""] = challenges(answer);
    assert.equal(challenges(answer).length, 1);
    assert.ok(challenge.startsWith("Bearer"));
    if (row.error === null) assert.ok(!challenge.includes("error="));
    else
      assert.ok(
        challenge.includes(
          `error="${row.error}", error_description="${row.detail}"`,
        ),
        challenge,
      );
    const event = await door.refusal();
    assert.equal(event.reason, row.reason);
    assert.equal(event.status, row.status);
    assert.equal(event.handle, body["handle"]);
    // Nothing of the reason, its evidence or its cause is in public.
    for (const word of [row.reason, "reused", "signature", "cause"])
      assert.ok(!answer.body.includes(word), word);
  });
