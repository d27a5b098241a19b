/** The whole life of tokens at the HTTP door, with a clock that is set by hand: from the sign-in to the explanation of the last refusal. */
import assert from "node:assert/strict";
import { hash, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, it } from "node:test";
import { decodeUnverified } from "@assay/token";
import {
  ACCOUNT,
  API,
  CALLBACK,
  OPAQUE_API,
  openAttackBed,
  type AttackBed,
  type Tokens,
} from "./attacks/attack-bed.ts";
import { causeOf, refusalOf, stepsOf, type Steps } from "./journey-steps.ts";

const DAY = 86_400_000;

let bed: AttackBed;
let web: Steps;
beforeEach(async () => {
  bed = await openAttackBed();
  web = stepsOf(bed, "web");
});
afterEach(async () => bed.close());

const claimsOf = ({
  access_token: token,
}: Tokens): Readonly<Record<string, unknown>> =>
  decodeUnverified(token).claims ?? {};

/** Redeems a code as the client does. */
const redeem = async (code: string, verifier: string): Promise<Response> =>
  bed.post(
    "/token",
    {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
    },
    { headers: bed.basic("web") },
  );

describe("a sign-in", () => {
  it("brings tokens that are renewed, known, revoked and refused, and a handle that says why", async () => {
    const first = await bed.tokens("web", {
      scope: "openid offline_access read",
    });
    assert.ok(first.id_token);
    bed.now += 240_000;
    const second = await web.renew(first.refresh_token);
    const known = await web.introspect(second.access_token);
    assert.deepEqual(
      [known["active"], known["sub"], known["client_id"], known["aud"]],
      [true, "ada", "web", API],
    );
    assert.equal(known["exp"], bed.now / 1000 + 300);

    await web.revoke(second.refresh_token);
    for (const token of [first.access_token, second.access_token])
      assert.deepEqual(await web.introspect(token), { active: false });
    const refused = await web.renewInVain(second.refresh_token);
    assert.equal(refused.error, "invalid_grant");
    const why = await web.explain(refused.handle);
    assert.deepEqual(
      [why.endpoint, why.code, why.reason, why.diagnosis.outcome],
      ["token", "invalid_grant", "revocation.grant", "rejected"],
    );
    assert.equal(causeOf(why.diagnosis), "revoked.by_user");
    assert.ok(
      why.history.some(({ event }) => event === "grant.revoked"),
      "the history tells of the revocation",
    );
    // Another client learns nothing by it, and nor does anybody a day later.
    const other = stepsOf(bed, "other");
    await assert.rejects(other.explain(refused.handle));
    bed.now += DAY;
    await assert.rejects(web.explain(refused.handle));
  });

  it("shows a resource server by the handle why a token is not active, and nothing in the body", async () => {
    const { access_token: token } = await bed.tokens("web");
    await web.revoke(token);
    const answer = await bed.post(
      "/introspect",
      { token },
      { headers: bed.basic("api") },
    );
    assert.equal(await answer.text(), '{"active":false}');
    const handle = answer.headers.get("assay-diagnosis") ?? "";
    const why = await stepsOf(bed, "api").explain(handle);
    assert.equal(why.reason, "revocation.token");
    assert.equal(why.who, null);
  });

  it("waits a minute for its code to be redeemed, and not a millisecond longer", async () => {
    const soon = await bed.signIn("web");
    bed.now += 59_999;
    assert.equal((await redeem(soon.code, soon.verifier)).status, 200);
    const late = await bed.signIn("web");
    bed.now += 60_000;
    const refused = await refusalOf(await redeem(late.code, late.verifier));
    assert.equal(refused.error, "invalid_grant");
    const why = await web.explain(refused.handle);
    assert.equal(causeOf(why.diagnosis), "oauth.code_expired");
  });
});

describe("the life of a family", () => {
  it("ends an hour after its last use", async () => {
    const first = await bed.tokens("web");
    bed.now += 3_599_999;
    const second = await web.renew(first.refresh_token);
    bed.now += 3_600_000;
    const refused = await web.renewInVain(second.refresh_token);
    assert.equal(refused.error, "invalid_grant");
    const why = await web.explain(refused.handle);
    assert.deepEqual(
      [why.reason, causeOf(why.diagnosis)],
      ["expiration.expired", "oauth.refresh_idle"],
    );
  });

  it("ends a day after the sign-in however often it is used, and its access tokens with it", async () => {
    const start = bed.now;
    let tokens = await bed.tokens("web");
    while (bed.now + 3_000_000 < start + DAY) {
      bed.now += 3_000_000;
      tokens = await web.renew(tokens.refresh_token);
    }
    bed.now = start + DAY - 60_000;
    tokens = await web.renew(tokens.refresh_token);
    assert.equal(claimsOf(tokens)["exp"], (start + DAY) / 1000);
    bed.now = start + DAY;
    assert.deepEqual(await web.introspect(tokens.access_token), {
      active: false,
    });
    const refused = await web.renewInVain(tokens.refresh_token);
    assert.equal(refused.error, "invalid_grant");
    const why = await web.explain(refused.handle);
    assert.equal(causeOf(why.diagnosis), "oauth.refresh_expired");
  });

  it("outlives a clock that was wrong for a while", async () => {
    const { refresh_token: token, access_token: access } =
      await bed.tokens("web");
    bed.now += 30 * DAY;
    const refused = await web.renewInVain(token);
    assert.equal(refused.error, "invalid_grant");
    const why = await web.explain(refused.handle);
    assert.equal(why.reason, "expiration.expired");
    assert.deepEqual(await web.introspect(access), { active: false });
    bed.now -= 30 * DAY;
    assert.equal((await web.introspect(access))["active"], true);
    const renewed = await web.renew(token);
    // Set back before its sign-in, the clock takes nothing away.
    bed.now -= 3_600_000;
    assert.equal((await web.introspect(renewed.access_token))["active"], true);
    await web.renew(renewed.refresh_token);
  });
});

describe("what was granted", () => {
  it("may be narrowed in a renewal and comes back whole in the next", async () => {
    const first = await bed.tokens("web", { scope: "read write" });
    const less = await web.renew(first.refresh_token, {
      fields: { scope: "read" },
    });
    assert.deepEqual([less.scope, claimsOf(less)["scope"]], ["read", "read"]);
    const whole = await web.renew(less.refresh_token);
    assert.equal(whole.scope, "read write");
  });

  it("is never widened, and who tries keeps what he has", async () => {
    const first = await bed.tokens("web", { scope: "read" });
    const refused = await web.renewInVain(first.refresh_token, {
      fields: { scope: "read write" },
    });
    assert.equal(refused.error, "invalid_scope");
    const why = await web.explain(refused.handle);
    assert.equal(causeOf(why.diagnosis), "oauth.scope_invalid");
    const renewed = await web.renew(first.refresh_token);
    assert.equal(renewed.scope, "read");
  });

  it("stays for the resource that it was granted for", async () => {
    const first = await bed.tokens("web", {
      scope: "read",
      resource: OPAQUE_API,
    });
    const refused = await web.renewInVain(first.refresh_token, {
      fields: { resource: API },
    });
    assert.equal(refused.error, "invalid_target");
    let tokens = first;
    for (let i = 0; i < 3; i++) tokens = await web.renew(tokens.refresh_token);
    const known = await web.introspect(tokens.access_token);
    assert.deepEqual([known["aud"], known["scope"]], [OPAQUE_API, "read"]);
  });

  it("may be for two resources, of which each renewal chooses one with its own scopes", async () => {
    await bed.putResource({ resource: OPAQUE_API, scopes: ["write"] });
    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams([
      ["response_type", "code"],
      ["client_id", "web"],
      ["redirect_uri", CALLBACK],
      ["code_challenge", hash("sha256", verifier, "base64url")],
      ["code_challenge_method", "S256"],
      ["scope", "read write"],
      ["resource", API],
      ["resource", OPAQUE_API],
    ]);
    const page = await bed.get(`/authorize?${query.toString()}`);
    const sealed = /name="request" value="([^"]+)"/.exec(await page.text());
    const sent = await bed.post("/authorize", {
      request: sealed?.[1] ?? "",
      ...ACCOUNT,
    });
    const back = new URL(sent.headers.get("location") ?? "");
    const code = back.searchParams.get("code") ?? "";
    const answer = await redeem(code, verifier);
    let tokens = (await answer.json()) as Tokens;
    assert.deepEqual(
      [claimsOf(tokens)["aud"], tokens.scope],
      [API, "read write"],
    );
    for (const [resource, scope] of [
      [OPAQUE_API, "write"],
      [API, "read write"],
    ] as const) {
      tokens = await web.renew(tokens.refresh_token, { fields: { resource } });
      const known = await web.introspect(tokens.access_token);
      assert.deepEqual([known["aud"], known["scope"]], [resource, scope]);
    }
  });
});
