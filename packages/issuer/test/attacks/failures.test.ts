/** What a stranger sees when the server fails: that it does, and no more. What its operator sees: why. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createIssuer } from "../../src/create-issuer.ts";
import { StoreUnavailable, type Store } from "../../src/store/store.ts";
import {
  ACCOUNT,
  ISSUER,
  OPAQUE_API,
  openAttackBed,
  type AttackBed,
} from "./attack-bed.ts";

const INNERMOST = "SELECT * FROM tokens at /srv/assay line 7";

let bed: AttackBed;
afterEach(() => bed.close());

describe("a failure", () => {
  it("is told in the log with its error, and to nobody else", async () => {
    bed = await openAttackBed({
      claims: () => {
        throw new Error(INNERMOST);
      },
    });
    const answer = await bed.post(
      "/token?trace=1",
      { grant_type: "client_credentials" },
      { headers: bed.basic("web") },
    );
    const text = await answer.text();
    assert.equal(answer.status, 500);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.deepEqual(JSON.parse(text), {
      error: "server_error",
      error_description: "The server failed. Its log says more.",
    });
    const [line = "", ...more] = bed.logged;
    assert.equal(more.length, 0);
    assert.ok(line.includes(INNERMOST));
    assert.ok(line.includes('"level":50'));
    assert.ok(!line.includes("trace=1"));
    assert.ok(!line.includes(bed.secretOf("web")));
  });
});

describe("a store that is away", () => {
  it("is 503 with Retry-After at every endpoint, and an answer about no token, client or key", async () => {
    let away = false;
    bed = await openAttackBed();
    const { access_token: token } = await bed.tokens("web", {
      resource: OPAQUE_API,
    });
    const authorization = `Bearer ${token}`;
    // The same store, and a connection that can be lost.
    const store = new Proxy(bed.store, {
      get: (target, name: keyof Store) => {
        const verb = target[name] as (...given: unknown[]) => Promise<unknown>;
        return async (...given: unknown[]) => {
          if (away) throw new StoreUnavailable("the connection was lost");
          return verb.call(target, ...given);
        };
      },
    });
    const { context } = bed.issuer;
    const issuer = await createIssuer({
      issuer: ISSUER,
      store,
      masterKeys: bed.masterKeys,
      account: ACCOUNT,
      clock: () => bed.now,
      logger: context.logger,
    });
    const send = (path: string, init?: RequestInit): Promise<Response> =>
      issuer.fetch(new Request(ISSUER + path, init), { ip: "127.0.0.1" });
    const post = (path: string): Promise<Response> =>
      send(path, {
        method: "POST",
        headers: { ...bed.basic("web"), origin: "https://app.example" },
        body: new URLSearchParams({
          grant_type: "client_credentials",
          token,
          handle: "A".repeat(22),
        }),
      });
    away = true;
    bed.now += 600_000;
    for (const answer of [
      await post("/token"),
      await post("/introspect"),
      await post("/revoke"),
      await post("/diagnosis"),
      await send("/authorize?client_id=spa"),
      await send("/status-lists"),
      await send("/status-lists/x"),
      await send("/.well-known/openid-configuration"),
      await send("/revocations", { headers: { authorization } }),
      await send("/admin/clients", { headers: { authorization } }),
    ]) {
      const text = await answer.text();
      assert.equal(answer.status, 503, text);
      assert.ok(answer.headers.get("retry-after"));
      assert.doesNotMatch(text, /connection|invalid|active/);
    }
    assert.equal((await send("/jwks")).status, 200);
    away = false;
    await issuer.close();
  });
});
