import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { exportKey, generateKey } from "@assay/token";
import { openAdminBed, type AdminBed } from "./admin-bed.ts";
import { basic, ISSUER, post } from "../client-bed.ts";

const ORDERS = "https://orders.example";

describe("clients by the admin API", () => {
  let bed: AdminBed;
  before(async () => {
    bed = await openAdminBed();
    await bed.call("post", "/resources", {
      body: { resource: ORDERS, scopes: ["orders:read", "orders:write"] },
    });
  });
  after(() => bed.close());

  it("registers a client whose secret, shown once, brings tokens", async () => {
    const { body, headers } = await bed.call("post", "/clients", {
      body: {
        clientId: "robot",
        authentication: "client_secret_basic",
        resources: [ORDERS],
        scopes: ["orders:read"],
      },
    });
    assert.equal(headers.get("location"), `${ISSUER}/admin/clients/robot`);
    const secret = body.secret?.secret ?? "";
    assert.match(secret, /^asy_cs_/);
    const answer = await bed.issuer.fetch(
      post(
        { grant_type: "client_credentials" },
        { authorization: basic("robot", secret) },
      ),
    );
    assert.equal(answer.status, 200);
    const read = await bed.call("get", "/clients/{clientId}", {
      params: { clientId: "robot" },
    });
    assert.equal(read.headers.get("etag"), headers.get("etag"));
    assert.equal(read.body.secrets.length, 1);
    assert.ok(!JSON.stringify(read.body).includes("asy_cs_"));
  });

  it("changes what is named, and nothing that was changed meanwhile", async () => {
    const params = { clientId: "robot" };
    const { headers } = await bed.call("get", "/clients/{clientId}", {
      params,
    });
    const ifMatch = headers.get("etag") ?? "";
    const changed = await bed.call("patch", "/clients/{clientId}", {
      params,
      ifMatch,
      body: { name: "The robot", refresh: { graceSeconds: 0 } },
    });
    assert.equal(changed.body.name, "The robot");
    assert.equal(changed.body.refresh.graceSeconds, 0);
    assert.equal(changed.body.refresh.idleSeconds, 14 * 86_400);
    const body = { name: "Another name" };
    const late = await bed.refused("patch", "/clients/robot", {
      ifMatch,
      body,
    });
    assert.equal(late.problem.code, "changed_meanwhile");
    assert.equal(late.problem.status, 412);
    const blind = await bed.refused("patch", "/clients/robot", { body });
    assert.equal(blind.problem.status, 428);
    // Many at once from one version: one is written.
    const etag = changed.headers.get("etag") ?? "";
    const token = await bed.token();
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, i) =>
        bed.issuer.fetch(
          new Request(`${ISSUER}/admin/clients/robot`, {
            method: "PATCH",
            headers: {
              authorization: `Bearer ${token}`,
              "content-type": "application/json",
              "if-match": etag,
            },
            body: JSON.stringify({ name: `Name ${i}` }),
          }),
        ),
      ),
    );
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 412, 412, 412, 412, 412, 412, 412],
    );
  });

  it("moves a client from one secret to the next", async () => {
    const params = { clientId: "robot" };
    bed.now += 1000;
    const second = await bed.call("post", "/clients/{clientId}/secrets", {
      params,
      body: { expiresInSeconds: 3600 },
    });
    const third = await bed.refused("post", "/clients/robot/secrets", {
      body: {},
    });
    assert.equal(third.problem.status, 409);
    const { body } = await bed.call("get", "/clients/{clientId}", { params });
    const [newest, first] = body.secrets;
    assert.equal(newest?.secretId, second.body.secretId);
    assert.ok(newest?.expiresAt);
    assert.ok(first?.live);
    const ended = await bed.call(
      "post",
      "/clients/{clientId}/secrets/{secretId}/end",
      { params: { ...params, secretId: first.secretId }, body: {} },
    );
    assert.equal(ended.body.live, false);
    // An end is never put off.
    const later = await bed.call(
      "post",
      "/clients/{clientId}/secrets/{secretId}/end",
      {
        params: { ...params, secretId: second.body.secretId },
        body: { inSeconds: 7200 },
      },
    );
    assert.equal(later.body.expiresAt, newest.expiresAt);
  });

  it("ends what a client was given when it is disabled", async () => {
    const params = { clientId: "leaving" };
    const made = await bed.call("post", "/clients", {
      body: {
        clientId: "leaving",
        authentication: "client_secret_basic",
        resources: [ORDERS],
        scopes: ["orders:read"],
      },
    });
    const secret = made.body.secret?.secret ?? "";
    const ask = async (): Promise<Response> =>
      bed.issuer.fetch(
        post(
          { grant_type: "client_credentials" },
          { authorization: basic("leaving", secret) },
        ),
      );
    assert.equal((await ask()).status, 200);
    const { body } = await bed.call("post", "/clients/{clientId}/disable", {
      params,
    });
    assert.deepEqual([body.found, body.accessTokens], [true, 1]);
    assert.equal((await ask()).status, 401);
    await bed.call("post", "/clients/{clientId}/enable", { params });
    assert.equal((await ask()).status, 200);
    const events = await bed.events();
    for (const event of ["client.disabled", "client.enabled"])
      assert.deepEqual(
        events.filter((one) => one.event === event),
        [{ event, by: "ops" }],
      );
  });

  it("lists in pages", async () => {
    const all: string[] = [];
    let next: string | null = null;
    do {
      const { body }: Awaited<ReturnType<typeof page>> = await page(next);
      assert.ok(body.items.length <= 2);
      all.push(...body.items.map(({ clientId }) => clientId));
      next = body.next;
    } while (next !== null);
    assert.deepEqual(all, all.toSorted());
    assert.ok(all.includes("robot") && all.includes("leaving"));
    assert.equal(new Set(all).size, all.length);
  });
  const page = async (last: string | null) =>
    bed.call("get", "/clients", {
      query: { limit: 2, ...(last !== null && { after: last }) },
    });

  it("takes an id with every character that it may have", async () => {
    const clientId = "https://a.example/%2F?x=1 #%25";
    await bed.call("post", "/clients", {
      body: {
        clientId,
        authentication: "client_secret_post",
        resources: [ORDERS],
      },
    });
    const { body } = await bed.call("get", "/clients/{clientId}", {
      params: { clientId },
    });
    assert.equal(body.clientId, clientId);
  });

  describe("refuses, and says what was expected and found", () => {
    const base = {
      authentication: "client_secret_basic",
      resources: [ORDERS],
      scopes: ["orders:read"],
    };
    const expectFault = async (
      body: unknown,
      at: string,
      expected: RegExp,
      found: RegExp,
    ): Promise<void> => {
      const { problem } = await bed.refused("post", "/clients", { body });
      assert.equal(problem.status, 400);
      const fault = problem.errors?.find((one) => one.at === at);
      assert.ok(fault, `${at} in ${JSON.stringify(problem)}`);
      assert.match(fault.expected, expected);
      assert.match(fault.found, found);
    };
    const cases: readonly (readonly [
      string,
      () => unknown,
      string,
      RegExp,
      RegExp,
    ])[] = [
      [
        "a member that there is not",
        () => ({ ...base, redirectURIs: [] }),
        "/redirectURIs",
        /redirectUris may be meant/,
        /redirectURIs/,
      ],
      [
        "a member of another type",
        () => ({ ...base, requireDpop: "yes" }),
        "/requireDpop",
        /true or false/,
        /^"yes"$/,
      ],
      [
        "an unknown method",
        () => ({ ...base, authentication: "tls_client_auth" }),
        "/authentication",
        /one of none, client_secret_basic/,
        /tls_client_auth/,
      ],
      ["no method", () => ({}), "/authentication", /one of none/, /nothing/],
      [
        "a grace that is too long",
        () => ({ ...base, refresh: { graceSeconds: 61 } }),
        "/refresh/graceSeconds",
        /at most 60/,
        /61/,
      ],
      [
        "a grace that is too long for a public client",
        () => ({
          authentication: "none",
          redirectUris: ["https://app.example/back"],
          refresh: { graceSeconds: 30 },
        }),
        "/refresh/graceSeconds",
        /at most 10 for a public client/,
        /30/,
      ],
      [
        "a public client without rotation",
        () => ({
          authentication: "none",
          redirectUris: ["https://app.example/back"],
          refresh: { rotate: false },
        }),
        "/refresh/rotate",
        /true/,
        /false/,
      ],
      [
        "a public client with a grant for itself",
        () => ({ authentication: "none", grantTypes: ["client_credentials"] }),
        "/grantTypes",
        /public client/,
        /client_credentials/,
      ],
      [
        "a redirect URI with a wildcard",
        () => ({
          ...base,
          grantTypes: ["authorization_code"],
          redirectUris: ["https://*.example/back"],
        }),
        "/redirectUris/0",
        /no \*/,
        /\*\.example/,
      ],
      [
        "a code grant without a place to go back to",
        () => ({ ...base, grantTypes: ["authorization_code"] }),
        "/redirectUris",
        /an address at least/,
        /a list of 0/,
      ],
      [
        "a scope that no resource knows",
        () => ({ ...base, scopes: ["orders:raed"] }),
        "/scopes/0",
        /one of its resources knows/,
        /orders:raed/,
      ],
      [
        "a resource that is not registered",
        () => ({ ...base, scopes: [], resources: ["https://other.example"] }),
        "/resources/0",
        /registered/,
        /other\.example/,
      ],
      [
        "client_secret_jwt for FAPI 2.0",
        () => ({ ...base, fapi: true, authentication: "client_secret_jwt" }),
        "/authentication",
        /private_key_jwt for a client of FAPI 2\.0/,
        /client_secret_jwt/,
      ],
      [
        "an end before its idle time",
        () => ({ ...base, refresh: { idleSeconds: 100, absoluteSeconds: 10 } }),
        "/refresh/idleSeconds",
        /at most absoluteSeconds, 10/,
        /100/,
      ],
      [
        "an access token for years",
        () => ({ ...base, accessTokenSeconds: 10 ** 9 }),
        "/accessTokenSeconds",
        /at most 86400/,
        /1000000000/,
      ],
      [
        "a page of every origin",
        () => ({ ...base, origins: ["*"] }),
        "/origins/0",
        /an https origin/,
        /\*/,
      ],
      [
        "admin scopes without the admin API",
        () => ({ ...base, adminScopes: ["keys:read"] }),
        "/resources",
        /the admin API/,
        /a list of 1/,
      ],
      [
        "a secret in the wrong member, which is not said again",
        () => ({ ...base, authentication: "asy_cs_" + "0".repeat(49) }),
        "/authentication",
        /one of/,
        /^a token or secret$/,
      ],
    ];
    for (const [name, body, at, expected, found] of cases)
      it(name, async () => expectFault(body(), at, expected, found));

    it("a private key, without showing it", async () => {
      const key = exportKey(await generateKey("ES256"), { secret: true });
      const body = { ...base, authentication: "private_key_jwt", keys: [key] };
      const { problem } = await bed.refused("post", "/clients", { body });
      assert.match(problem.detail, /^\/keys\/0: expected the public key alone/);
      assert.ok(!JSON.stringify(problem).includes(String(key["d"])));
    });

    it("text that is no JSON, another media type, and a body without end", async () => {
      const broken = await bed.refused("post", "/clients", { body: "{" });
      assert.equal(broken.problem.status, 400);
      assert.match(broken.problem.detail, /not JSON/);
      const form = await bed.refused("post", "/clients", {
        body: "name=x",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
      assert.equal(form.problem.status, 415);
      const long = await bed.refused("post", "/clients", {
        body: JSON.stringify({ name: "x".repeat(300_000) }),
      });
      assert.equal(long.problem.status, 413);
    });

    it("a second client of the same id", async () => {
      const body = { ...base, clientId: "robot" };
      const { problem } = await bed.refused("post", "/clients", { body });
      assert.equal(problem.status, 409);
    });

    it("a client that turns public, so that anybody could be it", async () => {
      const { headers } = await bed.call("get", "/clients/{clientId}", {
        params: { clientId: "robot" },
      });
      const { problem } = await bed.refused("patch", "/clients/robot", {
        ifMatch: headers.get("etag") ?? "",
        body: { authentication: "none" },
      });
      assert.equal(problem.status, 409);
    });

    it("what is not there", async () => {
      const { problem } = await bed.refused("get", "/clients/nobody");
      assert.deepEqual([problem.status, problem.code], [404, "not_found"]);
      assert.equal((await bed.refused("get", "/nowhere")).problem.status, 404);
    });
  });
});
