/** An MCP server behind the guard, asked by the protocol's own client: it finds the issuer from the challenge, and learns which scope it lacks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createGuard, protectedResource } from "@assay/guard";
import { guardNode } from "@assay/guard/node";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import { listening } from "../../packages/guard/test/listen.ts";

interface Guarded extends AsyncDisposable {
  readonly issuer: TestIssuer;
  readonly url: string;
}

async function guardedServer(): Promise<Guarded> {
  const server = createServer();
  const at = await listening(server);
  const url = `${at.origin}/mcp`;
  const issuer = await createTestIssuer({ audience: url });
  const resource = protectedResource({
    resource: url,
    issuers: [issuer.issuer],
    scopes: ["mcp:tools"],
  });
  const guard = createGuard({
    ...issuer.options,
    ...resource.guard,
    issuers: issuer.options.issuers,
    scopes: ["mcp:tools"],
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response);
  });
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const metadata = resource.respond({
      method: request.method ?? "",
      url: request.url ?? "",
    });
    if (metadata) {
      response.writeHead(metadata.status, Object.fromEntries(metadata.headers));
      response.end(await metadata.text());
      return;
    }
    if (!(await guardNode(guard, request, response))) return;
    const mcp = new McpServer({ name: "guarded", version: "1" });
    mcp.registerTool("greet", { description: "says hello" }, () => ({
      content: [{ type: "text", text: "hello" }],
    }));
    const transport = new StreamableHTTPServerTransport({});
    await mcp.connect(transport);
    await transport.handleRequest(request, response);
  }
  return {
    issuer,
    url,
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  };
}

test("a client without a token is led to the metadata, and from there to the issuer and the scope", async () => {
  await using it = await guardedServer();
  const refused = await fetch(it.url, { method: "POST", body: "{}" });
  assert.equal(refused.status, 401);
  const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(refused);
  assert.equal(scope, "mcp:tools");
  const metadata = await discoverOAuthProtectedResourceMetadata(
    it.url,
    resourceMetadataUrl && { resourceMetadataUrl },
  );
  assert.equal(metadata.resource, it.url);
  assert.deepEqual(metadata.authorization_servers, [it.issuer.issuer]);
  assert.deepEqual(
    (await discoverOAuthProtectedResourceMetadata(it.url)).scopes_supported,
    ["mcp:tools"],
  );
});

test("a client whose token lacks the scope, or is for another server, is told so", async () => {
  await using it = await guardedServer();
  const ask = async (claims: object): Promise<Response> =>
    fetch(it.url, {
      method: "POST",
      body: "{}",
      headers: {
        authorization: `Bearer ${await it.issuer.mint({ claims: { ...claims } })}`,
      },
    });
  const lacking = await ask({ scope: "profile" });
  assert.equal(lacking.status, 403);
  const { error, scope } = extractWWWAuthenticateParams(lacking);
  assert.deepEqual([error, scope], ["insufficient_scope", "mcp:tools"]);
  const elsewhere = await ask({
    scope: "mcp:tools",
    aud: "https://other.test/mcp",
  });
  assert.equal(elsewhere.status, 401);
  assert.equal(extractWWWAuthenticateParams(elsewhere).error, "invalid_token");
});

test("a client with a good token calls a tool", async () => {
  await using it = await guardedServer();
  const authorization = `Bearer ${await it.issuer.mint({ claims: { scope: "mcp:tools" } })}`;
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(it.url), {
      requestInit: { headers: { authorization } },
    }),
  );
  const { content } = await client.callTool({ name: "greet" });
  assert.deepEqual(content, [{ type: "text", text: "hello" }]);
  await client.close();
});
