/** Tokens in places that are not theirs: another kind, another client, another resource, more scopes. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  API,
  errorOf,
  OPAQUE_API,
  openAttackBed,
  type AttackBed,
  type Tokens,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
});
after(() => bed.close());

const refresh = (
  clientId: string,
  token: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  bed.post(
    "/token",
    {
      grant_type: "refresh_token",
      refresh_token: token,
      ...(isPublic(clientId) && { client_id: clientId }),
      ...more,
    },
    { headers: isPublic(clientId) ? {} : bed.basic(clientId) },
  );

const isPublic = (clientId: string): boolean => clientId.startsWith("spa");

const introspect = async (
  token: string,
  clientId = "api",
): Promise<Readonly<Record<string, unknown>>> =>
  (await (
    await bed.post("/introspect", { token }, { headers: bed.basic(clientId) })
  ).json()) as Readonly<Record<string, unknown>>;

/** One of each text that the server gives. */
async function texts(): Promise<Readonly<Record<string, string>>> {
  const web = await bed.tokens("web", {
    scope: "openid offline_access read",
    resource: API,
  });
  const opaque = await bed.tokens("web", { resource: OPAQUE_API });
  const { code } = await bed.signIn("web");
  return {
    "a JWT": web.access_token,
    "an opaque access token": opaque.access_token,
    "a refresh token": web.refresh_token,
    "an ID token": web.id_token ?? "",
    "a code": code,
    "a client secret": bed.secretOf("web"),
    "a client's name": "web",
    "half a refresh token": web.refresh_token.slice(0, 30),
    "two refresh tokens": web.refresh_token + opaque.refresh_token,
  };
}

describe("a text in another's place", () => {
  it("is no refresh token", async () => {
    for (const [name, text] of Object.entries(await texts()))
      if (name !== "a refresh token")
        assert.equal(
          await errorOf(await refresh("web", text)),
          "invalid_grant",
          name,
        );
  });

  it("is no code", async () => {
    for (const [name, text] of Object.entries(await texts()))
      if (name !== "a code")
        assert.equal(
          await errorOf(
            await bed.post(
              "/token",
              {
                grant_type: "authorization_code",
                code: text,
                code_verifier: "a".repeat(43),
              },
              { headers: bed.basic("web") },
            ),
          ),
          "invalid_grant",
          name,
        );
  });

  it("is no client secret", async () => {
    for (const [name, text] of Object.entries(await texts()))
      if (name !== "a client secret") {
        const answer = await bed.post("/token", {
          grant_type: "client_credentials",
          client_id: "web",
          client_secret: text,
        });
        assert.equal(await errorOf(answer), "invalid_client", name);
      }
  });

  it("is no token that is active", async () => {
    for (const [name, text] of Object.entries(await texts()))
      if (!/access token|JWT/.test(name))
        assert.deepEqual(await introspect(text), { active: false }, name);
  });

  it("opens neither the feed nor the admin API", async () => {
    for (const [name, text] of Object.entries(await texts()))
      for (const path of ["/revocations", "/admin/clients"])
        assert.equal(
          (
            await bed.get(path, {
              headers: { authorization: `Bearer ${text}` },
            })
          ).status,
          401,
          name,
        );
  });
});

describe("another client's token", () => {
  let web: Tokens;
  let spa: Tokens;
  before(async () => {
    web = await bed.tokens("web");
    spa = await bed.tokens("spa");
  });

  it("is refreshed by nobody else, with the words for a token that there is none of", async () => {
    for (const [token, others] of [
      [web.refresh_token, ["other", "spa", "api"]],
      [spa.refresh_token, ["spa2", "web"]],
    ] as const)
      for (const clientId of others) {
        const guess = `${token.slice(0, 20)}x${token.slice(21)}`;
        const [theirs, none] = await Promise.all(
          [token, guess].map(async (one) => {
            const answer = await refresh(clientId, one);
            assert.equal(answer.status, 400);
            return [await answer.text(), [...answer.headers.keys()]];
          }),
        );
        assert.deepEqual(theirs, none);
      }
    // And nobody's session ended by it.
    assert.equal((await refresh("web", web.refresh_token)).status, 200);
    assert.equal((await refresh("spa", spa.refresh_token)).status, 200);
  });

  it("is not refreshed for what its scope or resource does not matter either", async () => {
    const { refresh_token: token } = await bed.tokens("spa", { scope: "read" });
    for (const more of [
      { scope: "read write" },
      { scope: "root" },
      { resource: "https://nowhere.example" },
    ] as readonly Readonly<Record<string, string>>[]) {
      const answer = await refresh("spa2", token, more);
      assert.equal(await errorOf(answer), "invalid_grant");
    }
  });

  it("is revoked by nobody else, and stays", async () => {
    const mine = await bed.tokens("web", { resource: API });
    for (const token of [mine.access_token, mine.refresh_token]) {
      const answer = await bed.post(
        "/revoke",
        { token },
        { headers: bed.basic("other") },
      );
      assert.equal(await errorOf(answer), "invalid_grant");
    }
    assert.equal((await introspect(mine.access_token))["active"], true);
  });

  it("is introspected by nobody but its resource's server, and a refresh token by its client alone", async () => {
    const mine = await bed.tokens("web", { resource: API });
    for (const clientId of ["web", "other"])
      assert.deepEqual(await introspect(mine.access_token, clientId), {
        active: false,
      });
    for (const clientId of ["api", "other"])
      assert.deepEqual(await introspect(mine.refresh_token, clientId), {
        active: false,
      });
    assert.equal((await introspect(mine.refresh_token, "web"))["active"], true);
    const unproven = await bed.post("/introspect", {
      token: mine.access_token,
      client_id: "spa",
    });
    assert.equal(await errorOf(unproven), "invalid_client");
  });
});

describe("what was granted", () => {
  it("grows by no refresh: not in scopes, not in resources, not in both at once", async () => {
    const start = await bed.tokens("spa", { scope: "read", resource: API });
    let token = start.refresh_token;
    for (const [more, error] of [
      [{ scope: "read write" }, "invalid_scope"],
      [{ scope: "write" }, "invalid_scope"],
      [{ scope: "openid" }, "invalid_scope"],
      [{ scope: "READ" }, "invalid_scope"],
      [{ resource: OPAQUE_API }, "invalid_target"],
      [{ resource: `${API}/` }, "invalid_target"],
      [{ resource: OPAQUE_API, scope: "read" }, "invalid_target"],
    ] as const)
      assert.equal(
        await errorOf(await refresh("spa", token, more)),
        error,
        JSON.stringify(more),
      );
    const two = await bed.post("/token", [
      ["grant_type", "refresh_token"],
      ["refresh_token", token],
      ["client_id", "spa"],
      ["resource", API],
      ["resource", OPAQUE_API],
    ]);
    assert.equal(await errorOf(two), "invalid_target");
    const good = (await (await refresh("spa", token)).json()) as Tokens;
    assert.equal(good.scope, "read");
    token = good.refresh_token;
    assert.equal((await introspect(good.access_token))["scope"], "read");
  });

  it("shrinks for one token alone, and what was taken from the client is gone", async () => {
    const start = await bed.tokens("spa", {
      scope: "read write",
      resource: API,
    });
    const less = (await (
      await refresh("spa", start.refresh_token, { scope: "read" })
    ).json()) as Tokens;
    assert.equal(less.scope, "read");
    const again = (await (
      await refresh("spa", less.refresh_token)
    ).json()) as Tokens;
    assert.equal(again.scope, "read write");
    const found = await bed.store.findClient("spa");
    assert.ok(found);
    await bed.put({ ...found.client, scopes: ["read"] });
    const taken = (await (
      await refresh("spa", again.refresh_token)
    ).json()) as Tokens;
    assert.equal(taken.scope, "read");
    await bed.put({ ...found.client, resources: [OPAQUE_API] });
    assert.equal(
      await errorOf(await refresh("spa", taken.refresh_token)),
      "invalid_target",
    );
    await bed.put(found.client);
  });
});
