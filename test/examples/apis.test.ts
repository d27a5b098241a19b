/** Every example of a guarded API, started as it stands, with an issuer on this machine. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { repositoryPath } from "../../scripts/repository.mjs";
import {
  serveIssuer,
  type IssuerServer,
} from "../../packages/guard/test/issuer-server.ts";
import { freePort } from "../free-port.ts";
import { startExample, type RunningExample } from "./run-example.ts";

let server: IssuerServer;
before(async () => {
  server = await serveIssuer();
});
after(async () => server[Symbol.asyncDispose]());

const scope = "orders:read";

const APIS: Readonly<Record<string, () => string>> = {
  "node-http": () => "node-http/main.ts",
  express: () => "express/main.ts",
  fastify: () => "fastify/main.ts",
  koa: () => "koa/main.ts",
  hono: () => "hono/main.ts",
  nest: builtNest,
  "next-route": () => "./next-host.ts",
};

/** Decorators have to be compiled, as its package.json does; the group `types` checks it. */
function builtNest(): string {
  const tsc = repositoryPath("node_modules/typescript/bin/tsc");
  const project = repositoryPath("examples/nest");
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, "--project", project, "--noEmit", "false", "--noCheck"],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stdout);
  return "nest/dist/main.js";
}

for (const [name, file] of Object.entries(APIS))
  describe(name, () => {
    let api: RunningExample;
    before(async () => {
      const { origin: ISSUER, issuer } = server;
      const env = { ISSUER, AUDIENCE: issuer.audience };
      api = await startExample(file(), env, await freePort());
    });
    after(async () => api[Symbol.asyncDispose]());

    const orders = (token?: string): Promise<Response> =>
      fetch(`${api.origin}/orders`, {
        ...(token !== undefined && {
          headers: { authorization: `Bearer ${token}` },
        }),
      });

    it("answers what needs no token", async () => {
      const answer = await fetch(`${api.origin}/health`);
      assert.deepEqual(await answer.json(), { status: "ok" });
    });

    it("answers a good token with its owner's orders", async () => {
      const answer = await orders(
        await server.issuer.mint({ claims: { scope } }),
      );
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), {
        owner: "user-1",
        orders: ["tea", "cups"],
      });
    });

    it("asks for a token where there is none", async () => {
      const answer = await orders();
      assert.equal(answer.status, 401);
      const challenge = answer.headers.get("www-authenticate") ?? "";
      assert.equal(challenge, `Bearer scope="${scope}"`);
    });

    it("says that a token has expired", async () => {
      const answer = await orders(
        await server.issuer.mint({ flaw: "expired", claims: { scope } }),
      );
      assert.equal(answer.status, 401);
      const { error, detail } = (await answer.json()) as Record<string, string>;
      assert.deepEqual(
        [error, detail],
        ["invalid_token", "The access token has expired."],
      );
    });

    it("serves nothing at another path to a token that lacks the scope", async () => {
      const token = await server.issuer.mint();
      for (const path of ["/", "/order", "/orders/1", "/health/orders"]) {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await fetch(api.origin + path, { headers });
        assert.doesNotMatch(await answer.text(), /tea/, path);
      }
    });

    it("names the scope that a token lacks", async () => {
      const answer = await orders(await server.issuer.mint());
      assert.equal(answer.status, 403);
      assert.match(
        answer.headers.get("www-authenticate") ?? "",
        /error="insufficient_scope".*scope="orders:read"/,
      );
    });
  });

describe("mcp-server", () => {
  let mcp: RunningExample;
  let audience: string;
  before(async () => {
    const port = await freePort();
    audience = `http://127.0.0.1:${port}/mcp`;
    const env = { ISSUER: server.origin, AUDIENCE: audience };
    mcp = await startExample("mcp-server/main.ts", env, port);
  });
  after(async () => mcp[Symbol.asyncDispose]());

  const call = (tool: string, token?: string): Promise<Response> =>
    fetch(audience, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name: tool },
      }),
    });
  const mint = (scopes: string, flaw?: "expired"): Promise<string> =>
    server.issuer.mint({
      claims: { aud: audience, scope: scopes },
      ...(flaw && { flaw }),
    });

  it("runs a tool for a good token, and knows who calls", async () => {
    const answer = await call("read_notes", await mint("notes:read"));
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /client-1 reads: Buy tea/);
  });

  it("leads a client without a token, or with an old one, to the metadata", async () => {
    for (const token of [undefined, await mint("notes:read", "expired")]) {
      const answer = await call("read_notes", token);
      assert.equal(answer.status, 401);
      const challenge = answer.headers.get("www-authenticate") ?? "";
      assert.match(challenge, /scope="notes:read"/);
      const url = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? "";
      const metadata = (await (await fetch(url)).json()) as object;
      assert.partialDeepStrictEqual(metadata, {
        resource: audience,
        authorization_servers: [server.origin],
      });
    }
  });

  it("names the scope that a tool needs", async () => {
    const answer = await call("erase_notes", await mint("notes:read"));
    assert.equal(answer.status, 403);
    assert.match(
      answer.headers.get("www-authenticate") ?? "",
      /scope="notes:read notes:write"/,
    );
    const enough = await mint("notes:read notes:write");
    assert.match(await (await call("erase_notes", enough)).text(), /Erased/);
  });
});
