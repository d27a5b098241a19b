/** Who may call the admin API, and what everybody else is told. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey, sign, thumbprint } from "@assay/token";
import { hash } from "node:crypto";
import { CALLS } from "../../src/admin/calls.ts";
import { ADMIN_SCOPES } from "../../src/admin/scopes.ts";
import { ADMIN, openAdminBed, type AdminBed } from "./admin-bed.ts";
import { ISSUER, journalEntry } from "../client-bed.ts";
import { issue, prepareAccessToken } from "../../src/tokens/access-token.ts";

describe("the door of the admin API", () => {
  let bed: AdminBed;
  before(async () => {
    bed = await openAdminBed();
  });
  after(() => bed.close());

  it("asks for a token, without a code where none came (RFC 6750 section 3.1)", async () => {
    const { problem, headers } = await bed.refused("get", "/clients", {
      token: null,
    });
    assert.equal(problem.status, 401);
    const challenge = headers.get("www-authenticate") ?? "";
    assert.match(challenge, /^Bearer realm="assay admin", DPoP realm=/);
    assert.doesNotMatch(challenge, /error/);
    assert.match(headers.get("assay-diagnosis") ?? "", /^[\w-]{22}$/);
  });

  it("takes no token but one of its own that is good now", async () => {
    const good = await bed.token();
    const damaged = `${good.slice(0, -1)}${good.endsWith("0") ? "1" : "0"}`;
    for (const token of [
      damaged,
      "x",
      "eyJhbGciOiJub25lIn0.e30.",
      `asy_rt_${"0".repeat(49)}`,
    ]) {
      const { problem, headers } = await bed.refused("get", "/clients", {
        token,
      });
      assert.deepEqual([problem.status, problem.code], [401, "invalid_token"]);
      assert.match(
        headers.get("www-authenticate") ?? "",
        /error="invalid_token"/,
      );
    }
    for (const authorization of [`Basic ${good}`, `Bearer ${good} x`, "Bearer"])
      assert.equal(
        (
          await bed.refused("get", "/clients", {
            token: null,
            headers: { authorization },
          })
        ).problem.status,
        401,
      );
  });

  it("takes no token for another API", async () => {
    const api = "https://api.example";
    await bed.call("post", "/resources", {
      body: { resource: api, scopes: ["clients:read"], format: "jwt" },
    });
    const client = await bed.put({
      clientId: "elsewhere",
      scopes: ["clients:read"],
      adminScopes: ["clients:read"],
      resources: [api],
    });
    const resource = await bed.store.findResource(api);
    assert.ok(resource);
    const access = await prepareAccessToken(bed.issuer.context, {
      client,
      resource,
      scopes: ["clients:read"],
      subject: null,
      grant: null,
      familyId: null,
      jkt: null,
    });
    const token = await issue(
      bed.issuer.context,
      access,
      journalEntry("token.issued"),
    );
    const { problem, headers } = await bed.refused("get", "/clients", {
      token,
    });
    assert.equal(problem.status, 401);
    await bed.issuer.context.handles.settled();
    const read = await bed.call("post", "/diagnoses/read", {
      body: { handle: headers.get("assay-diagnosis") ?? "" },
    });
    assert.equal(read.body.reason, "audience.mismatch");
    assert.equal(read.body.endpoint, "admin");
    assert.equal(read.body.who?.ip, "203.0.113.5");
  });

  it("hears of a revocation at the next request", async () => {
    const token = await bed.token(["keys:read"]);
    await bed.call("get", "/keys", { token });
    await bed.call("post", "/tokens/revoke", { body: { name: token } });
    assert.equal(
      (await bed.refused("get", "/keys", { token })).problem.status,
      401,
    );
  });

  it("takes from tokens what was taken from their client", async () => {
    const token = await bed.token(["grants:read"]);
    await bed.call("get", "/grants", { token });
    await bed.put({
      clientId: "ops grants:read",
      scopes: ["grants:read"],
      adminScopes: [],
      resources: [ADMIN],
    });
    assert.equal(
      (await bed.refused("get", "/grants", { token })).problem.status,
      403,
    );
  });

  for (const { shape } of CALLS)
    it(`demands ${shape.scope} for ${shape.id}, before it looks at anything`, async () => {
      const others = ADMIN_SCOPES.filter((scope) => scope !== shape.scope);
      const { problem, headers } = await bed.refused(
        shape.method,
        shape.path.replaceAll(/\{\w+\}/g, "nothing"),
        { token: await bed.token(others), ...(shape.body && { body: "{" }) },
      );
      assert.deepEqual(
        [problem.status, problem.code],
        [403, "insufficient_scope"],
      );
      assert.match(
        headers.get("www-authenticate") ?? "",
        new RegExp(`error="insufficient_scope".*scope="${shape.scope}"`),
      );
    });

  it("lets a bound token in with its proof alone, once (RFC 9449 section 7)", async () => {
    const key = await generateKey("ES256");
    const jwk = exportKey(key, { secret: false });
    const token = await bed.token(["keys:read"], {
      jkt: await thumbprint(jwk),
    });
    const { nonces } = bed.issuer.context;
    const proof = async (
      more: Readonly<Record<string, unknown>> = {},
    ): Promise<string> =>
      sign(
        {
          jti: crypto.randomUUID(),
          htm: "GET",
          htu: `${ADMIN}/keys`,
          iat: Math.floor(bed.now / 1000),
          ath: hash("sha256", token, "base64url"),
          nonce: nonces.current(),
          ...more,
        },
        key,
        { header: { typ: "dpop+jwt", jwk } },
      );
    const send = async (dpop: string, scheme = "DPoP"): Promise<Response> =>
      bed.issuer.fetch(
        new Request(`${ADMIN}/keys?x=1`, {
          headers: { authorization: `${scheme} ${token}`, dpop },
        }),
      );
    const once = await proof();
    assert.equal((await send(once)).status, 200);
    for (const [dpop, scheme] of [
      [once, "DPoP"],
      [await proof(), "Bearer"],
      [await proof({ htm: "POST" }), "DPoP"],
      [await proof({ htu: `${ADMIN}/clients` }), "DPoP"],
      [await proof({ ath: hash("sha256", "x", "base64url") }), "DPoP"],
    ] as const)
      assert.equal((await send(dpop, scheme)).status, 401);
    const without = await send(await proof({ nonce: undefined }));
    assert.equal(without.status, 401);
    assert.ok(without.headers.get("dpop-nonce"));
    assert.match(
      without.headers.get("www-authenticate") ?? "",
      /error="use_dpop_nonce"/,
    );
    // A token that is bound to nothing takes no proof.
    const free = await bed.token(["keys:read"]);
    const answer = await bed.issuer.fetch(
      new Request(`${ADMIN}/keys`, {
        headers: { authorization: `DPoP ${free}`, dpop: await proof() },
      }),
    );
    assert.equal(answer.status, 401);
  });

  it("gives no page of another origin an answer that it may read", async () => {
    for (const method of ["GET", "OPTIONS"]) {
      const answer = await bed.issuer.fetch(
        new Request(`${ADMIN}/clients`, {
          method,
          headers: {
            origin: "https://app.example",
            authorization: `Bearer ${await bed.token()}`,
          },
        }),
      );
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
    }
  });

  it("lets nobody hand on rights that he has not himself", async () => {
    const token = await bed.token(["clients:write"]);
    const made = await bed.refused("post", "/clients", {
      token,
      body: {
        clientId: "climber",
        authentication: "client_secret_basic",
        adminScopes: ["keys:write"],
      },
    });
    assert.deepEqual(
      [made.problem.status, made.problem.code],
      [403, "not_yours"],
    );
    await bed.call("post", "/clients", {
      body: {
        clientId: "keeper",
        authentication: "client_secret_basic",
        adminScopes: ["keys:write"],
      },
    });
    for (const [path, body] of [
      ["/clients/keeper/secrets", {}],
      ["/clients/keeper/disable", undefined],
    ] as const)
      assert.equal(
        (await bed.refused("post", path, { token, body })).problem.code,
        "not_yours",
      );
    const { headers } = await bed.call("get", "/clients/{clientId}", {
      params: { clientId: "keeper" },
    });
    const taken = await bed.refused("patch", "/clients/keeper", {
      token,
      ifMatch: headers.get("etag") ?? "",
      body: { adminScopes: [] },
    });
    assert.equal(taken.problem.code, "not_yours");
  });

  it("keeps the admin API's own resource as it is", async () => {
    const params = { resource: ADMIN };
    const { headers } = await bed.call("get", "/resources/{resource}", {
      params,
    });
    const ifMatch = headers.get("etag") ?? "";
    const path = `/resources/${encodeURIComponent(ADMIN)}`;
    for (const body of [{ format: "jwt" }, { scopes: [] }])
      assert.equal(
        (await bed.refused("patch", path, { ifMatch, body })).problem.status,
        409,
      );
    const { body } = await bed.call("patch", "/resources/{resource}", {
      params,
      ifMatch,
      body: { accessTokenSeconds: 300 },
    });
    assert.equal(body.accessTokenSeconds, 300);
  });

  it("answers an outage as one, never as a bad token", async () => {
    const other = await openAdminBed();
    const token = await other.token();
    await other.issuer.close();
    await other.store.close();
    const answer = await other.issuer.fetch(
      new Request(`${ISSUER}/admin/clients`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("retry-after"), "2");
    assert.equal(
      answer.headers.get("content-type"),
      "application/problem+json",
    );
  });
});
