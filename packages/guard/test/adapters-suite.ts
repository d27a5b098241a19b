/**
 * What every adapter owes. An application serves `/orders`, whose demands stand in the guard's table, and `/admin`, which demands the
 * scope `admin` by itself; both answer with the subject of the token and with the headers that they see.
 */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  createGuard,
  type AuditEvent,
  type Guard,
  type GuardOptions,
  type RefusedEvent,
} from "@assay/guard";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import type { Listening } from "./listen.ts";
import { challenges, rawRequest, type RawHeaders } from "./raw-request.ts";

export interface Application {
  readonly name: string;
  serve(guard: Guard): Promise<Listening>;
  /** How DPoP's URLs begin, where it is not the address of the server. */
  readonly base?: string;
}

/** What the application answers with. */
export interface Seen {
  readonly subject: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

export const ADMIN: { readonly scopes: readonly string[] } = {
  scopes: ["admin"],
};

interface Door extends AsyncDisposable {
  readonly issuer: TestIssuer;
  readonly guard: Guard;
  readonly events: AuditEvent[];
  get(path: string, headers?: RawHeaders): ReturnType<typeof rawRequest>;
}

export const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});

export function runAdapterSuite(application: Application): void {
  async function door(options: Partial<GuardOptions> = {}): Promise<Door> {
    const issuer = await createTestIssuer();
    const events: AuditEvent[] = [];
    const guard = createGuard({
      ...issuer.options,
      publicUrl: "https://api.test",
      routes: [{ path: "/orders/*", method: "GET", scopes: ["orders:read"] }],
      audit: (event) => events.push(event),
      ...options,
    });
    const server = await application.serve(guard);
    return {
      issuer,
      guard,
      events,
      get: (path, headers) => rawRequest(server.origin, path, headers),
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        await guard.close();
      },
    };
  }

  suite(application.name, () => {
    test("lets a good token through, and the application sees whose it is", async () => {
      await using at = await door();
      const token = await at.issuer.mint({ claims: { scope: "orders:read" } });
      const answer = await at.get("/orders", bearer(token));
      assert.equal(answer.status, 200);
      assert.equal(answer.json()["subject"], "user-1");
    });

    test("waits for keys that are not there yet", async () => {
      const issuer = await createTestIssuer();
      const [{ issuer: name, keys }] = issuer.options.issuers;
      await using at = await door({
        ...issuer.options,
        issuers: { issuer: name, keys: { lookup: async () => keys.lookup() } },
      });
      const mint = (flaw?: "forged") =>
        issuer.mint({
          claims: { scope: "orders:read" },
          ...(flaw && { flaw }),
        });
      const answer = await at.get("/orders", bearer(await mint()));
      assert.equal(answer.json()["subject"], "user-1");
      const refused = await at.get("/orders", bearer(await mint("forged")));
      assert.equal(refused.status, 401);
    });

    test("gives each of a hundred requests at a time its own answer", async () => {
      await using at = await door();
      const answers = await Promise.all(
        Array.from({ length: 100 }, async (_, i) => {
          const token = await at.issuer.mint({
            claims: { scope: "orders:read", sub: `user-${i}` },
            ...(i % 3 === 0 && { flaw: "signature" }),
          });
          return at.get("/orders", bearer(token));
        }),
      );
      assert.deepEqual(
        answers.map((answer) => [answer.status, answer.json()["subject"]]),
        answers.map((_, i) =>
          i % 3 === 0 ? [401, undefined] : [200, `user-${i}`],
        ),
      );
    });

    test("asks for a token where there is none, without an error code", async () => {
      await using at = await door();
      const answer = await at.get("/orders");
      assert.equal(answer.status, 401);
      assert.deepEqual(challenges(answer), ['Bearer scope="orders:read"']);
      assert.equal(answer.headers["content-type"], "application/problem+json");
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.equal(answer.json()["detail"], "This needs an access token.");
    });

    test("refuses a forged token in the same words as any that is not authentic, and the application is never asked", async () => {
      await using at = await door();
      const said = new Set<string>();
      for (const flaw of [
        "forged",
        "signature",
        "payload",
        "unknown_key",
        "other_issuer",
      ] as const) {
        const answer = await at.get(
          "/orders",
          bearer(await at.issuer.mint({ flaw })),
        );
        assert.equal(answer.status, 401);
        said.add(
          `${challenges(answer).join()} ${String(answer.json()["detail"])}`,
        );
      }
      assert.deepEqual(
        [...said],
        [
          'Bearer error="invalid_token", error_description="The access token could not be validated.", scope="orders:read" The access token could not be validated.',
        ],
      );
    });

    test("names the scope that is lacking, by the table and by the route's own word", async () => {
      await using at = await door();
      const token = await at.issuer.mint({ claims: { scope: "orders:write" } });
      for (const [path, scope] of [
        ["/orders", "orders:read"],
        ["/admin", "admin"],
      ] as const) {
        const answer = await at.get(path, bearer(token));
        assert.equal(answer.status, 403);
        assert.deepEqual(challenges(answer), [
          `Bearer error="insufficient_scope", error_description="The access token lacks a scope that this needs.", scope="${scope}"`,
        ]);
        assert.equal(answer.json()["error"], "insufficient_scope");
      }
      const admin = await at.get(
        "/admin",
        bearer(await at.issuer.mint({ claims: { scope: "admin" } })),
      );
      assert.equal(admin.status, 200);
    });

    test("refuses two Authorization headers, whichever of them is good", async () => {
      await using at = await door();
      const good = `Bearer ${await at.issuer.mint({ claims: { scope: "orders:read" } })}`;
      const bad = `Bearer ${await at.issuer.mint({ flaw: "forged" })}`;
      for (const authorization of [
        [good, bad],
        [bad, good],
        [good, good],
      ]) {
        const answer = await at.get("/orders", { authorization });
        assert.equal(answer.status, 400);
        assert.equal(answer.json()["error"], "invalid_request");
      }
    });

    test("refuses a path that can be read in two ways, before it looks a route up", async () => {
      await using at = await door();
      const token = await at.issuer.mint({ claims: { scope: "orders:read" } });
      for (const path of [
        "/orders%2f..%2fadmin",
        "//orders",
        "/orders/%5cadmin",
        "/orders%00",
      ]) {
        const answer = await at.get(path, bearer(token));
        assert.equal(answer.status, 400, path);
        assert.equal(answer.headers["www-authenticate"], undefined);
      }
    });

    test("answers 503 with Retry-After, and calls no token bad, while the keys cannot be had", async () => {
      const issuer = await createTestIssuer();
      await using at = await door({
        issuers: issuer.issuer,
        remote: { fetch: () => Promise.reject(new Error("down")) },
      });
      const answer = await at.get("/orders", bearer(await issuer.mint()));
      assert.equal(answer.status, 503);
      assert.equal(answer.headers["retry-after"], "5");
      assert.equal(answer.headers["www-authenticate"], undefined);
      assert.equal(answer.json()["error"], undefined);
      await at.guard.close();
      assert.equal(at.events[0]?.event, "token.undecided");
    });

    test("demands a proof of a token that is bound, gives the nonce out, and a new one with the answer", async () => {
      await using at = await door({ dpop: { nonces: true } });
      const key = await at.issuer.proofKey();
      const token = await at.issuer.mint({
        claims: { scope: "orders:read" },
        boundTo: key,
      });
      const proof = { method: "GET", url: "https://api.test/orders", token };
      const authorization = `DPoP ${token}`;
      const first = await at.get("/orders", {
        authorization,
        dpop: await at.issuer.prove(key, proof),
      });
      assert.equal(first.status, 401);
      assert.match(
        challenges(first).join("\n"),
        /^DPoP error="use_dpop_nonce"/,
      );
      const nonce = String(first.headers["dpop-nonce"]);
      const second = await at.get("/orders", {
        authorization,
        dpop: await at.issuer.prove(key, { ...proof, nonce }),
      });
      assert.equal(second.status, 200);
      assert.equal(second.headers["dpop-nonce"], nonce);
      const stolen = await at.get("/orders", bearer(token));
      assert.equal(stolen.status, 401);
      assert.equal(stolen.json()["error"], "invalid_token");
    });

    test("takes headers away in which a client says who it is, and how it came here unless a named proxy says so", async () => {
      const said = {
        "x-remote-user": "root",
        "x-forwarded-user": "root",
        "x-original-uri": "/",
        "x-plain": "kept",
      };
      const asProxy = { proxies: ["127.0.0.0/8"] };
      for (const [options, seen] of [
        [
          { proxies: ["192.0.2.0/24"] },
          [undefined, undefined, undefined, "kept"],
        ],
        [asProxy, [undefined, undefined, "/", "kept"]],
        [
          { ...asProxy, proxyIdentityHeaders: ["X-Remote-User"] },
          ["root", undefined, "/", "kept"],
        ],
      ] as const) {
        await using at = await door(options);
        const token = await at.issuer.mint({
          claims: { scope: "orders:read" },
        });
        const answer = await at.get("/orders", { ...bearer(token), ...said });
        const { headers } = answer.json() as unknown as Seen;
        assert.deepEqual(
          Object.keys(said).map((name) => headers[name]),
          seen,
        );
      }
    });

    test("gives a handle that names the audit event, which holds no token", async () => {
      await using at = await door();
      const token = await at.issuer.mint({ flaw: "expired" });
      const answer = await at.get("/orders?access=secret", bearer(token));
      await at.guard.close();
      const [event] = at.events as RefusedEvent[];
      assert.equal(answer.headers["assay-diagnosis"], event?.handle);
      assert.equal(answer.json()["handle"], event?.handle);
      assert.equal(event?.reason, "expiration.expired");
      assert.equal(event?.where.path, "/orders");
      assert.equal(event?.where.method, "GET");
      assert.equal(event?.who?.subject, "user-1");
      assert.equal(event?.who?.proven, true);
      const written = JSON.stringify(event);
      for (const part of [...token.split("."), "secret"])
        assert.ok(!written.includes(part));
    });
  });
}
