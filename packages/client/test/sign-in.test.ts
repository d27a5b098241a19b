/** The code flow: what comes back is taken only when it belongs to the sign-in that was begun. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTokenSource, RequestRefused, TokenError } from "../src/index.ts";
import { signInByLoopback } from "../src/node.ts";
import { listen, LOOPBACK, openBed, type Bed } from "./bed.ts";

const GRANT = { type: "authorization_code" } as const;
let bed: Bed;
before(async () => {
  bed = await openBed();
});
after(async () => bed.close());

describe("an answer", () => {
  const wrong: Readonly<Record<string, (back: URL) => void>> = {
    "with another state": (back) => back.searchParams.set("state", "guessed"),
    "with two states": (back) => back.searchParams.append("state", "guessed"),
    "without a state": (back) => back.searchParams.delete("state"),
    "of another issuer": (back) =>
      back.searchParams.set("iss", "https://other.example"),
    "that names no issuer, where the server names itself": (back) =>
      back.searchParams.delete("iss"),
    "without a code": (back) => back.searchParams.delete("code"),
  };
  for (const [name, change] of Object.entries(wrong))
    it(`${name} is refused, and its code is not redeemed`, async () => {
      const source = bed.source({ grant: GRANT, metadata: bed.metadata });
      const { url, pending } = await source.beginSignIn({
        redirectUri: LOOPBACK,
      });
      const back = await bed.running.signIn(new URL(url));
      const right = back.href;
      change(back);
      const asked = bed.way.requests.length;
      await assert.rejects(
        source.finishSignIn(pending, back),
        (error: unknown) =>
          error instanceof TokenError &&
          error.code === "unexpected_answer" &&
          !error.message.includes("asy_ac"),
      );
      assert.equal(bed.way.requests.length, asked);
      assert.ok(await source.finishSignIn(pending, right));
    });

  it("that says no says why", async () => {
    const source = bed.source({ grant: GRANT });
    const { url, pending } = await source.beginSignIn({
      redirectUri: LOOPBACK,
      parameters: { prompt: "none" },
    });
    await assert.rejects(
      source.finishSignIn(pending, await bed.running.signIn(new URL(url))),
      (error: unknown) =>
        error instanceof RequestRefused && error.error === "login_required",
    );
  });

  it("that was lost is not asked for again: a code that comes twice ends the grant", async () => {
    const source = bed.source({ grant: GRANT, metadata: bed.metadata });
    const { url, pending } = await source.beginSignIn({
      redirectUri: LOOPBACK,
    });
    const back = await bed.running.signIn(new URL(url));
    const asked = bed.way.requests.length;
    bed.fates.push("lose");
    await assert.rejects(source.finishSignIn(pending, back), {
      code: "temporarily_unavailable",
    });
    assert.equal(bed.way.requests.length - asked, 1);
  });
});

it("a step-up asks for the scopes that it names, instead of the usual ones", async () => {
  const source = bed.source({ grant: GRANT, scopes: ["read"] });
  await bed.signIn(source);
  assert.deepEqual((await source.token()).scopes, ["read"]);
  const { url, pending } = await source.beginSignIn({
    redirectUri: LOOPBACK,
    scopes: ["read", "write"],
  });
  await source.finishSignIn(pending, await bed.running.signIn(new URL(url)));
  assert.deepEqual((await source.token()).scopes, ["read", "write"]);
});

describe("by loopback", () => {
  it("the browser is told when it went wrong, and so is the program", async () => {
    let page = "";
    await assert.rejects(
      signInByLoopback(bed.source({ grant: GRANT }), {
        parameters: { prompt: "none" },
        show: async (url) => {
          page = await (
            await fetch(await bed.running.signIn(new URL(url)))
          ).text();
        },
      }),
      { code: "request_refused" },
    );
    assert.equal(
      page,
      "You are not signed in: login_required. Go back to the program and try again.\n",
    );
  });
  it("a stranger's page that asks for what is no address ends nothing", async () => {
    const token = await signInByLoopback(bed.source({ grant: GRANT }), {
      show: async (url) => {
        const start = new URL(url);
        const { origin } = new URL(
          start.searchParams.get("redirect_uri") ?? "",
        );
        for (const path of ["//", "//[", "/"])
          assert.equal((await fetch(origin + path)).status, 404, path);
        await fetch(await bed.running.signIn(start));
      },
    });
    assert.notEqual(token.value, "");
  });
  it("waiting can be ended", async () => {
    const ending = new AbortController();
    await assert.rejects(
      signInByLoopback(bed.source({ grant: GRANT }), {
        signal: ending.signal,
        show: () => ending.abort(),
      }),
      { name: "AbortError" },
    );
    await assert.rejects(
      signInByLoopback(bed.source({ grant: GRANT }), {
        timeoutSeconds: 0.01,
        show: () => {},
      }),
      { code: "temporarily_unavailable" },
    );
  });
});

describe("the issuer", () => {
  it("is the one that was named, or nothing is sent to it", async () => {
    const liar = await listen((_, response) =>
      response.setHeader("content-type", "application/json").end(
        JSON.stringify({
          issuer: bed.running.url,
          token_endpoint: `${bed.running.url}/token`,
        }),
      ),
    );
    const source = createTokenSource({
      issuer: liar.url,
      clientId: "x",
      grant: { type: "client_credentials" },
    });
    await assert.rejects(source.token(), {
      code: "configuration",
      found: bed.running.url,
    });
    liar.close();
  });
  it("in the clear, or with endpoints in the clear, is refused", async () => {
    await assert.rejects(
      createTokenSource({
        issuer: "http://issuer.example",
        clientId: "x",
        grant: { type: "client_credentials" },
      }).token(),
      { code: "configuration" },
    );
    const careless = await listen((_, response) =>
      response.end(
        JSON.stringify({
          issuer: careless.url,
          token_endpoint: "http://issuer.example/token",
        }),
      ),
    );
    await assert.rejects(
      createTokenSource({
        issuer: careless.url,
        clientId: "x",
        grant: { type: "client_credentials" },
      }).token(),
      { code: "configuration" },
    );
    careless.close();
  });
  it("that is away is said to be away", async () => {
    const gone = await listen(() => {});
    gone.close();
    await assert.rejects(
      createTokenSource({
        issuer: gone.url,
        clientId: "x",
        grant: { type: "client_credentials" },
        wait: async () => {},
      }).token(),
      {
        code: "temporarily_unavailable",
        found: "no connection (ECONNREFUSED)",
      },
    );
  });
});
