/** What an answer carries beside its words: challenges, what token is needed, where it may stand, and when to come again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard } from "@assay/guard";
import { bearer, openDoor } from "./door.ts";
import { challenges } from "./raw-request.ts";

const NOT_VALIDATED = "The access token could not be validated.";

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
  assert.equal(await said("https://stranger.test"), NOT_VALIDATED);
  assert.equal((await door.refusal()).reason, "issuer.mismatch");
  assert.equal(await said(undefined), NOT_VALIDATED);
  assert.equal((await door.refusal()).reason, "issuer.missing");
  assert.equal(
    await said("https://second.test"),
    "The access token has expired.",
  );
});

test("a second token in the query is refused, and so is one in a place that was not named", async () => {
  await using door = await openDoor();
  const token = await door.issuer.mint();
  for (const name of ["access_token", "access%5Ftoken", "%61ccess_token"]) {
    const twice = await door.get(bearer(token), `/?a=1&${name}=${token}`);
    assert.equal(twice.status, 400, name);
    assert.equal(twice.json()["error"], "invalid_request");
  }
  assert.equal((await door.get(bearer(token), "/?a=%20b")).status, 200);
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
