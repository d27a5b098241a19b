/** What each refusal says in public, by what its bearer has proven, and what the owner is told of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard, type GuardOptions } from "@assay/guard";
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

test("names the issuers, the audience and the scopes of the token that is needed, and the resource's metadata", async () => {
  const resourceMetadata =
    "https://api.test/.well-known/oauth-protected-resource";
  await using door = await openDoor({
    scopes: ["read", "write"],
    resourceMetadata,
    realm: "orders",
  });
  const answer = await door.get(bearer(await door.issuer.mint()));
  assert.deepEqual(challenges(answer), [
    `Bearer realm="orders", error="insufficient_scope", error_description="The access token lacks a scope that this needs.", scope="read write", resource_metadata="${resourceMetadata}"`,
  ]);
  assert.deepEqual(answer.json()["renewal"], {
    action: "request_scopes",
    kind: "access_token",
    issuers: ["https://issuer.test"],
    audience: ["https://api.test"],
    scopes: ["read", "write"],
  });
});

test("asks for the sign-in that is needed (RFC 9470)", async () => {
  await using door = await openDoor({
    acrValues: ["gold", "silver"],
    maxAuthenticationAge: 300,
  });
  const answer = await door.get(bearer(await door.issuer.mint()));
  assert.match(
    challenges(answer)[0] ?? "",
    /error="insufficient_user_authentication".*acr_values="gold silver", max_age="300"/,
  );
  const { acr_values, max_age } = answer.json()["renewal"] as Record<
    string,
    unknown
  >;
  assert.deepEqual([acr_values, max_age], [["gold", "silver"], 300]);
});

test("a scope of the application's own making neither ends its quotes nor starts a header", async () => {
  const guard = createGuard({
    issuers: { issuer: "https://issuer.test", keys: { keys: [] } },
    audience: null,
  });
  const scopes = ['a"b', "c\r\nset-cookie: x=1", "d\\"];
  const answer = await guard.check(new Request("https://api.test/"), {
    scopes,
  });
  assert.ok(answer instanceof Response);
  assert.equal(
    answer.headers.get("www-authenticate"),
    'Bearer scope="a?b c??set-cookie: x=1 d?"',
  );
});

test("with two issuers, a stranger's token that has expired is not told so", async () => {
  await using door = await openDoor(({ options, keys }) => ({
    issuers: [...options.issuers, { issuer: "https://second.test", keys }],
    audience: null,
    clock: options.clock,
  }));
  const said = async (iss: unknown): Promise<unknown> => {
    const token = await door.issuer.mint({ flaw: "expired", claims: { iss } });
    return (await door.get(bearer(token))).json()["detail"];
  };
  assert.equal(await said("https://stranger.test"), NOT_VALIDATED.detail);
  assert.equal((await door.refusal()).reason, "issuer.mismatch");
  assert.equal(await said(undefined), NOT_VALIDATED.detail);
  assert.equal((await door.refusal()).reason, "issuer.missing");
  assert.equal(
    await said("https://second.test"),
    "The access token has expired.",
  );
});

test("a second token in the query is refused, and so is one in a place that was not named", async () => {
  await using door = await openDoor();
  const token = await door.issuer.mint();
  const twice = await door.get(bearer(token), `/?a=1&access_token=${token}`);
  assert.equal(twice.status, 400);
  assert.equal(twice.json()["error"], "invalid_request");
  assert.equal((await door.get({}, `/?access_token=${token}`)).status, 401);
  assert.equal((await door.get({ cookie: `token=${token}` })).status, 401);
});

test("takes a token from a cookie or a query that was named, and none that comes twice", async () => {
  await using door = await openDoor({
    tokenPlaces: ["header", { cookie: "session" }, { query: "key" }],
  });
  const token = await door.issuer.mint();
  assert.equal(
    (await door.get({ cookie: `a=b; session=${token}` })).status,
    200,
  );
  assert.equal((await door.get({}, `/?key=${token}`)).status, 200);
  assert.equal(
    (await door.get({ cookie: `session=${token}; session=${token}` })).status,
    400,
  );
  assert.equal(
    (await door.get({ cookie: `session=${token}` }, `/?key=${token}`)).status,
    400,
  );
});

test("an answer to HEAD has no body", async () => {
  await using door = await openDoor();
  const answer = await door.get({}, "/", "HEAD");
  assert.equal(answer.status, 401);
  assert.equal(answer.body, "");
});

test("a source of revocations that fails leaves the token undecided, or lets it through where that was chosen", async () => {
  const revocation = { check: () => Promise.reject(new Error("down")) };
  await using strict = await openDoor({ revocation, retryAfter: 7 });
  const answer = await strict.get(bearer(await strict.issuer.mint()));
  assert.equal(answer.status, 503);
  assert.equal(answer.headers["retry-after"], "7");
  assert.deepEqual(answer.json()["renewal"], { action: "retry" });
  assert.equal((await strict.refusal()).event, "token.undecided");
  await using open = await openDoor({
    revocation,
    whenRevocationUnknown: "admit",
  });
  assert.equal((await open.get(bearer(await open.issuer.mint()))).status, 200);
  assert.equal(
    (await open.get(bearer(await open.issuer.mint({ flaw: "forged" })))).status,
    401,
  );
});
