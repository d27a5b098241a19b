/** What every proxy must do with the guard's answer. One suite, for each real proxy with its recipe. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import {
  challenges,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";
import { text } from "../../packages/guard/test/issuer-server.ts";
import { openFiles, openSite, type ProxyUnderTest } from "./proxy-site.ts";

const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});

/** Whatever a client may write to be taken for somebody else, or for a request to something else. */
const FORGED: RawHeaders = {
  "x-auth-subject": "root",
  "x-auth-client": "root",
  "x-auth-scope": "admin",
  "x-auth-issuer": "root",
  X_Auth_Subject: "root",
  X_AUTH_SCOPE: "admin",
  "x-original-uri": "/",
  "x-original-method": "GET",
  "x-forwarded-uri": "/",
  "x-forwarded-method": "GET",
  "x-forwarded-for": "203.0.113.9",
  "client-cert": ":AAAA:",
};

export function proveProxy(proxy: ProxyUnderTest): void {
  const { form } = proxy;

  test(`${form} lets a good token through, with the guard's word for who it is in place of the client's`, async () => {
    await using it = await openSite(proxy);
    const token = await it.issuer.issuer.mint({ claims: { scope: "read" } });
    for (const claims of [{ scope: "read" }, { client_id: undefined }]) {
      const answer = await it.get("/orders?a=1", {
        ...bearer(await it.issuer.issuer.mint({ claims })),
        ...FORGED,
      });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers["dpop-nonce"], undefined);
      const { path, headers } = answer.json() as {
        path: string;
        headers: Record<string, string | undefined>;
      };
      assert.equal(path, "/orders?a=1");
      const said = (name: string): string => headers[name] ?? "";
      assert.deepEqual(
        [
          said("x-auth-subject"),
          said("x-auth-client"),
          said("x-auth-scope"),
          said("x-auth-issuer"),
        ],
        [
          "user-1",
          "client_id" in claims ? "" : "client-1",
          claims.scope ?? "",
          it.issuer.origin,
        ],
      );
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.includes("_")),
        [],
      );
    }
    assert.equal(
      (await it.get("/admin/x", { ...bearer(token), ...FORGED })).status,
      403,
    );
    assert.equal((await it.get("/broken", bearer(token))).status, 500);
  });

  test(`${form}: no certificate and no address that a client wrote counts`, async () => {
    await using it = await openSite(proxy, ["--client-certificate", "offered"]);
    const der = Buffer.from("any bytes stand for a certificate here");
    const thumbprint = createHash("sha256").update(der).digest("base64url");
    const token = await it.issuer.issuer.mint({
      claims: { cnf: { "x5t#S256": thumbprint } },
    });
    const answer = await it.get("/", {
      ...bearer(token),
      ...FORGED,
      "client-cert": `:${der.toString("base64")}:`,
    });
    assert.equal(answer.status, 401);
    // The first was asked while the proxy started.
    const [, event] = await it.guard.events(2);
    assert.ok(event);
    const { ip } = event["where"] as { readonly ip: string };
    assert.deepEqual([event["step"], ip], ["binding", "127.0.0.1"]);
  });

  test(`${form} answers 401, 403 and 400 with the guard's challenge and handle`, async () => {
    await using it = await openSite(proxy);
    const { issuer } = it.issuer;
    const missing = await it.get("/");
    assert.equal(missing.status, 401);
    assert.deepEqual(challenges(missing), ["Bearer"]);
    assert.match(String(missing.headers["assay-diagnosis"]), /^[\w-]{22}$/);
    assert.equal(missing.json()["handle"], missing.headers["assay-diagnosis"]);
    assert.equal(missing.headers["cache-control"], "no-store");
    const expired = await it.get(
      "/",
      bearer(await issuer.mint({ flaw: "expired" })),
    );
    assert.match(
      challenges(expired).join(),
      /error="invalid_token", error_description="The access token has expired."/,
    );
    const token = bearer(await issuer.mint());
    for (const path of ["/admin", "/ADMIN/", "/%61dmin/x"]) {
      const answer = await it.get(path, token);
      assert.equal(answer.status, 403, path);
      assert.match(
        challenges(answer).join(),
        /error="insufficient_scope".*scope="admin"/,
      );
    }
    for (const path of [
      "/orders/../admin",
      "/orders%2f..%2fadmin",
      "//admin",
      "/orders/%2e%2e/admin",
      "/orders\\..\\admin",
      "/orders%5c..%5cadmin",
    ]) {
      const { status } = await it.get(path, token);
      // A proxy may mend the path before it asks, and then it is the admin's.
      assert.ok(status === 400 || status === 403, `${path}: ${status}`);
    }
  });

  test(`${form} answers 503 with Retry-After while the issuer is down, and passes nobody while the guard is`, async () => {
    await using it = await openSite(proxy);
    it.issuer.answers.set("/jwks", text(503, ""));
    it.issuer.answers.set("/.well-known/openid-configuration", text(503, ""));
    const token = bearer(await it.issuer.issuer.mint({ flaw: "unknown_key" }));
    const answer = await it.get("/", token);
    assert.equal(answer.status, 503);
    assert.equal(answer.headers["retry-after"], "5");
    assert.deepEqual(challenges(answer), []);
    await it.guard.process.stop("SIGKILL");
    const away = await it.get("/", token);
    assert.ok(away.status >= 500, String(away.status));
    assert.deepEqual(challenges(away), []);
  });

  test(`${form} hands the nonce on, and a proof names the URL that the client called`, async () => {
    await using it = await openSite(
      proxy,
      "--dpop offered --dpop-nonces --public-url https://api.test".split(" "),
    );
    const { issuer } = it.issuer;
    const key = await issuer.proofKey();
    const token = await issuer.mint({ boundTo: key });
    const proof = { method: "PUT", url: "https://api.test/orders", token };
    const authorization = `DPoP ${token}`;
    const first = await it.get(
      "/orders?a=1",
      { authorization, dpop: await issuer.prove(key, proof) },
      "PUT",
    );
    assert.equal(first.status, 401);
    const nonce = String(first.headers["dpop-nonce"]);
    const good = {
      authorization,
      dpop: await issuer.prove(key, { ...proof, nonce }),
    };
    const second = await it.get("/orders?a=1", good, "PUT");
    assert.equal(second.status, 200);
    // The next one, where its minute began meanwhile.
    assert.match(String(second.headers["dpop-nonce"]), /^[\w-]{24}$/);
    assert.equal((await it.get("/orders?a=1", good, "PUT")).status, 401);
  });

  test(`${form} serves a site of files to whoever has a token, and asks once for each page`, async () => {
    await using it = await openFiles(
      proxy,
      "--dpop offered --public-url https://api.test".split(" "),
    );
    const { issuer } = it.issuer;
    assert.equal((await it.get("/docs/")).status, 401);
    const token = await issuer.mint();
    for (const [path, page] of [
      ["/", "Home"],
      ["/docs/", "Docs"],
    ] as const) {
      const answer = await it.get(path, bearer(token));
      assert.equal(answer.status, 200, path);
      assert.equal(answer.body, `<h1>${page}</h1>`);
    }
    assert.equal((await it.get("/admin/", bearer(token))).status, 403);
    const none = await it.get("/nothing", bearer(token));
    assert.equal(none.status, 404);
    const key = await issuer.proofKey();
    const bound = await issuer.mint({ boundTo: key });
    const dpop = await issuer.prove(key, {
      method: "GET",
      url: "https://api.test/docs/",
      token: bound,
    });
    const proven = { authorization: `DPoP ${bound}`, dpop };
    assert.equal((await it.get("/docs/", proven)).status, 200);
  });
}
