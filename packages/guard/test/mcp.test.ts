/** What the Model Context Protocol's authorization chapter of 2026-07-28 demands of a resource server, point by point. */
import assert from "node:assert/strict";
import { createServer, request as begin } from "node:http";
import { describe, it, test } from "node:test";
import {
  createMcpGuard,
  mcpNode,
  type McpCall,
  type McpGuardOptions,
} from "@assay/guard/mcp";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import { listening } from "./listen.ts";
import { until } from "./revocation-server.ts";

interface Bed extends AsyncDisposable {
  readonly issuer: TestIssuer;
  readonly url: string;
  readonly metadata: string;
  /** What came of each request. */
  readonly calls: (McpCall | null)[];
  /** Sends a message, by default a call of the tool `read`. */
  post(init?: {
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly path?: string;
  }): Promise<Response>;
}

async function openBed(
  options: Partial<McpGuardOptions> = {},
  parse = false,
): Promise<Bed> {
  const server = createServer();
  const at = await listening(server);
  const url = `${at.origin}/mcp`;
  const issuer = await createTestIssuer({ audience: url });
  const mcp = createMcpGuard({
    resource: url,
    issuers: issuer.options.issuers,
    clock: issuer.clock,
    scopes: ["notes:read"],
    tools: { write: ["notes:write"], erase: ["notes:write", "notes:erase"] },
    publicUrl: at.origin,
    ...options,
  });
  const calls: (McpCall | null)[] = [];
  server.on("request", (request, response) => {
    void (async () => {
      if (parse) {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        Object.assign(request, {
          body: JSON.parse(Buffer.concat(chunks).toString()) as unknown,
        });
      }
      const call = await mcpNode(mcp, request, response);
      calls.push(call);
      if (call)
        response.end(
          JSON.stringify({ body: call.body, raw: request.rawHeaders }),
        );
    })();
  });
  return {
    issuer,
    url,
    metadata: mcp.resource.url,
    calls,
    post: ({ headers, body = call("read"), path = "" } = {}) =>
      fetch(url + path, { method: "POST", body, ...(headers && { headers }) }),
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      await mcp.guard.close();
    },
  };
}

const call = (name: string): string =>
  JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name },
  });

const bearer = async (
  { issuer }: Bed,
  scope: string,
  more: Parameters<TestIssuer["mint"]>[0] = {},
): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await issuer.mint({ ...more, claims: { scope, ...more.claims } })}`,
});

const challenge = (answer: Response): Record<string, string> =>
  Object.fromEntries(
    [
      ...(answer.headers.get("www-authenticate") ?? "").matchAll(
        /(\w+)="([^"]*)"/g,
      ),
    ].map(([, name = "", value = ""]) => [name, value]),
  );

describe("Scope Selection Strategy, Scope Challenge Handling", () => {
  it("a request without a token is told the metadata's address and the scope", async () => {
    await using bed = await openBed();
    const answer = await bed.post();
    assert.equal(answer.status, 401);
    assert.deepEqual(challenge(answer), {
      scope: "notes:read",
      resource_metadata: bed.metadata,
    });
    const { scopes_supported: least } = (await (
      await fetch(bed.metadata)
    ).json()) as Record<string, unknown>;
    assert.deepEqual(least, ["notes:read"]);
  });

  it("a tool that needs more answers 403 with all scopes of this call at once", async () => {
    await using bed = await openBed();
    const headers = await bearer(bed, "notes:read");
    for (const body of [call("erase"), `[${call("read")},${call("erase")}]`]) {
      const answer = await bed.post({ headers, body });
      assert.equal(answer.status, 403);
      const { error_description: _, ...said } = challenge(answer);
      assert.deepEqual(said, {
        error: "insufficient_scope",
        scope: "notes:read notes:write notes:erase",
        resource_metadata: bed.metadata,
      });
    }
    const enough = await bearer(bed, "notes:read notes:write notes:erase");
    assert.equal(
      (await bed.post({ headers: enough, body: call("erase") })).status,
      200,
    );
  });

  it("names that no tool has, and that every object has, need no more", async () => {
    await using bed = await openBed();
    const headers = await bearer(bed, "notes:read");
    for (const body of [
      call("constructor"),
      call("__proto__"),
      "null",
      "[]",
      "7",
      '{"method":"tools/call","params":null}',
      '{"method":"tools/list"}',
    ])
      assert.equal((await bed.post({ headers, body })).status, 200, body);
  });

  it("a proof counts once, though the scope is judged twice", async () => {
    await using bed = await openBed({ dpop: { required: true } });
    const key = await bed.issuer.proofKey();
    const token = await bed.issuer.mint({
      boundTo: key,
      claims: { scope: "notes:read notes:write" },
    });
    const proof = await bed.issuer.prove(key, {
      method: "POST",
      url: bed.url,
      token,
    });
    const headers = { authorization: `DPoP ${token}`, dpop: proof };
    const answer = await bed.post({ headers, body: call("write") });
    assert.equal(answer.status, 200);
    assert.doesNotMatch(await answer.text(), /dpop/i);
    assert.equal(
      (await bed.post({ headers, body: call("write") })).status,
      401,
    );
  });
});

describe("Token Handling", () => {
  const REFUSED: Readonly<Record<string, Parameters<TestIssuer["mint"]>[0]>> = {
    expired: { flaw: "expired" },
    "for another server": { claims: { aud: "https://other.test/mcp" } },
    "for a server whose URI begins alike": {
      claims: { aud: "http://127.0.0.1" },
    },
    "for nobody": { claims: { aud: undefined } },
    forged: { flaw: "forged" },
    "an ID token": { flaw: "id_token" },
  };
  for (const [what, mint] of Object.entries(REFUSED))
    it(`a token that is ${what} gets 401`, async () => {
      await using bed = await openBed();
      const answer = await bed.post({
        headers: await bearer(bed, "notes:read", mint),
      });
      assert.deepEqual(
        [answer.status, challenge(answer)["error"]],
        [401, "invalid_token"],
      );
    });

  it("a token in the query is none, and two are one too many", async () => {
    await using bed = await openBed();
    const headers = await bearer(bed, "notes:read");
    const path = `?access_token=${headers["authorization"]?.slice(7)}`;
    assert.equal((await bed.post({ path })).status, 401);
    assert.equal((await bed.post({ path, headers })).status, 400);
  });

  it("whoever is behind the guard sees no token, and the message that was judged", async () => {
    for (const parse of [false, true]) {
      await using bed = await openBed({}, parse);
      const headers = await bearer(bed, "notes:read");
      const text = await (await bed.post({ headers })).text();
      const { body } = JSON.parse(text) as { body: unknown };
      assert.deepEqual(body, JSON.parse(call("read")));
      assert.doesNotMatch(text, /authorization|Bearer/i);
    }
  });
});

test("nothing of a message is read for a caller without a token", async () => {
  await using bed = await openBed();
  assert.equal((await bed.post({ body: "no JSON" })).status, 401);
});

test("a message that cannot be read is answered as JSON-RPC has it", async () => {
  await using bed = await openBed();
  const headers = await bearer(bed, "notes:read");
  for (const [body, status] of [
    ["no JSON", 400],
    [" ".repeat(4 * 1024 * 1024 + 1), 413],
  ] as const) {
    const answer = await bed.post({ headers, body });
    assert.equal(answer.status, status);
    const { error } = (await answer.json()) as { error: { code: number } };
    assert.equal(error.code, -32700);
  }
});

test("a client that breaks off in its message brings nobody down", async () => {
  await using bed = await openBed();
  const headers = await bearer(bed, "notes:read");
  const broken = begin(bed.url, {
    method: "POST",
    headers: { ...headers, "content-length": "1000" },
  });
  broken.on("error", () => {});
  broken.write("{", () => broken.destroy());
  await until(() => bed.calls.length === 1);
  assert.deepEqual(bed.calls, [null]);
  assert.equal((await bed.post({ headers })).status, 200);
});

test("what the chapter forbids does not start", () => {
  const good = {
    resource: "https://mcp.test/mcp",
    issuers: "https://issuer.test",
  };
  const wrong: readonly [object, RegExp][] = [
    [
      { resource: "https://MCP.test/mcp" },
      /canonical URI .*https:\/\/mcp\.test\/mcp/,
    ],
    [
      { resource: "https://mcp.test/" },
      /canonical URI .*, https:\/\/mcp\.test;/,
    ],
    [
      { resource: "mcp.test" },
      /canonical URI of the server; found "mcp\.test"/,
    ],
    [{ resource: "https://mcp.test/mcp#a" }, /without a fragment/],
    [{ resource: "http://mcp.test" }, /https URL/],
    [{ scopes: ["offline_access"] }, /offline_access/],
    [{ tools: { a: ["offline_access"] } }, /offline_access/],
    [{ tools: { a: "write" } }, /list of texts/],
    [{ audience: null }, /there is no "audience"/],
    [{ tokenPlaces: [{ query: "access_token" }] }, /there is no "tokenPlaces"/],
  ];
  for (const [options, message] of wrong)
    assert.throws(
      () => createMcpGuard({ ...good, ...options }),
      (error) => error instanceof TypeError && message.test(error.message),
      JSON.stringify(options),
    );
});
