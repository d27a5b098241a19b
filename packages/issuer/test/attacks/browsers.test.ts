/** What pages of other origins may read, and what caches may keep. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { clientOrigins } from "../../src/cross-origin.ts";
import { ISSUER, openAttackBed, type AttackBed } from "./attack-bed.ts";

const PAGE = "https://app.example";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
  await bed.put({ clientId: "page", authentication: "none", origins: [PAGE] });
  await bed.put({
    clientId: "gone",
    authentication: "none",
    origins: ["https://gone.example"],
    disabledAt: bed.now,
  });
});
after(() => bed.close());

const from = (
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  bed.send(
    new Request(ISSUER + path, {
      method,
      headers: { origin, ...headers },
      ...(method === "POST" && {
        body: new URLSearchParams({ token: "x", client_id: "page" }),
      }),
    }),
  );

const allowed = (answer: Response): string | null =>
  answer.headers.get("access-control-allow-origin");

const PUBLIC = [
  "/jwks",
  "/.well-known/openid-configuration",
  "/.well-known/oauth-authorization-server",
  "/status-lists",
];
const OF_CLIENTS = ["/token", "/revoke"];
const NOBODYS = ["/introspect", "/diagnosis"];
const STRANGERS = [
  "https://evil.example",
  "http://app.example",
  "https://app.example:8443",
  "https://APP.example",
  "https://app.example.evil.example",
  "https://evilapp.example",
  "https://gone.example",
  "null",
  "*",
  "",
];

describe("a page of another origin", () => {
  it("may read what is public, and never with the browser's credentials", async () => {
    for (const origin of [PAGE, "https://evil.example", "null"])
      for (const path of PUBLIC) {
        const answer = await from(origin, "GET", path);
        assert.equal(allowed(answer), "*", path);
        assert.equal(
          answer.headers.get("access-control-allow-credentials"),
          null,
        );
      }
  });

  it("may call token and revocation where a client names it: the answer, its errors and its nonce", async () => {
    for (const path of OF_CLIENTS) {
      const answer = await from(PAGE, "POST", path);
      assert.equal(allowed(answer), PAGE);
      assert.equal(answer.headers.get("vary"), "Origin");
      assert.match(
        answer.headers.get("access-control-expose-headers") ?? "",
        /DPoP-Nonce/,
      );
      assert.equal(
        answer.headers.get("access-control-allow-credentials"),
        null,
      );
      const preflight = await from(PAGE, "OPTIONS", path, {
        "access-control-request-method": "POST",
        "access-control-request-headers": "dpop, authorization",
      });
      assert.equal(preflight.status, 204);
      assert.equal(allowed(preflight), PAGE);
      assert.equal(
        preflight.headers.get("access-control-allow-methods"),
        "POST",
      );
      assert.match(
        preflight.headers.get("access-control-allow-headers") ?? "",
        /Authorization.*DPoP/,
      );
      assert.equal(
        preflight.headers.get("access-control-allow-credentials"),
        null,
      );
    }
  });

  it("reads nothing where no client names it, not even by a preflight", async () => {
    for (const origin of STRANGERS)
      for (const path of OF_CLIENTS)
        for (const method of ["POST", "OPTIONS"])
          assert.equal(
            allowed(await from(origin, method, path)),
            null,
            `${method} ${path} ${origin}`,
          );
  });

  it("reads nothing of sign-in, introspection, handles, feed and admin API, a client's page neither", async () => {
    for (const origin of [PAGE, "https://evil.example"]) {
      for (const path of NOBODYS)
        for (const method of ["POST", "OPTIONS"])
          assert.equal(allowed(await from(origin, method, path)), null, path);
      for (const path of [
        "/authorize?client_id=page",
        "/revocations",
        "/admin/clients",
        "/admin/openapi.json",
      ])
        for (const method of ["GET", "OPTIONS"])
          assert.equal(allowed(await from(origin, method, path)), null, path);
    }
  });
});

describe("a cache", () => {
  it("keeps no answer that holds a token, or tells of one", async () => {
    const { code, verifier } = await bed.signIn("spa");
    const good = await bed.post("/token", {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      client_id: "spa",
    });
    assert.equal(good.status, 200);
    const answers = [
      good,
      await bed.post("/token", {
        grant_type: "refresh_token",
        client_id: "spa",
      }),
      await bed.post(
        "/introspect",
        { token: "x" },
        { headers: bed.basic("api") },
      ),
      await bed.post("/introspect", { token: "x" }),
      await bed.post("/revoke", { token: "x", client_id: "spa" }),
      await bed.post(
        "/diagnosis",
        { handle: "x" },
        { headers: bed.basic("web") },
      ),
      await bed.get("/revocations"),
      await bed.get("/authorize?client_id=spa"),
      await bed.get("/admin/clients"),
    ];
    for (const [i, answer] of answers.entries())
      assert.equal(answer.headers.get("cache-control"), "no-store", String(i));
  });

  it("may keep keys and metadata for five minutes, and nothing sets a cookie", async () => {
    for (const path of PUBLIC.slice(0, 3)) {
      const answer = await bed.get(path);
      assert.equal(answer.headers.get("cache-control"), "public, max-age=300");
      assert.equal(answer.headers.get("set-cookie"), null);
    }
  });
});

it("makes the server read its clients once for all pages that ask meanwhile", async () => {
  const counted = { lists: 0 };
  const origins = clientOrigins({
    listClients: async () => {
      counted.lists++;
      return bed.store.listClients();
    },
  });
  const asked = await Promise.all(
    Array.from({ length: 100 }, async (_, i) =>
      (await origins.get()).has(i === 0 ? PAGE : `https://evil-${i}.example`),
    ),
  );
  assert.equal(asked.filter(Boolean).length, 1);
  assert.equal(counted.lists, 1);
});
