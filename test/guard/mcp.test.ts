/**
 * An MCP server behind the guard, asked by the protocol's own client: from the first challenge it finds the issuer, signs somebody in there,
 * calls a tool, and comes back with a greater scope when a tool asks for it.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  discoverOAuthProtectedResourceMetadata,
  UnauthorizedError,
  type OAuthClientProvider,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import {
  createMcpGuard,
  mcpFetch,
  mcpNode,
  type McpAuthInfo,
  type McpGuard,
} from "@assay/guard/mcp";
import { listening, type Listening } from "../../packages/guard/test/listen.ts";
import { runIssuer, type RunningIssuer } from "../interop/running-issuer.ts";

const REDIRECT = "http://127.0.0.1/callback";

/** Answers what a tool was told of its caller. */
function notes(): McpServer {
  const server = new McpServer({ name: "notes", version: "1" });
  for (const name of ["read_notes", "write_note"])
    server.registerTool(name, { description: name }, (extra) => ({
      content: [{ type: "text", text: JSON.stringify(extra) }],
    }));
  return server;
}

type Serve = (mcp: McpGuard, server: ReturnType<typeof createServer>) => void;

const onNode: Serve = (mcp, server) =>
  server.on("request", (request, response) => {
    void (async () => {
      const call = await mcpNode(mcp, request, response);
      if (!call) return;
      const transport = new StreamableHTTPServerTransport({});
      await notes().connect(transport);
      await transport.handleRequest(request, response, call.body);
    })();
  });

const byFetch: Serve = (mcp, server) => {
  const listener = getRequestListener(
    mcpFetch(mcp, async (request, { body, authInfo }) => {
      const transport = new WebStandardStreamableHTTPServerTransport({});
      await notes().connect(transport);
      return transport.handleRequest(request, { parsedBody: body, authInfo });
    }),
  );
  server.on("request", (request, response) => {
    void listener(request, response);
  });
};

interface Bed extends AsyncDisposable {
  readonly url: string;
  readonly running: RunningIssuer;
}

async function openBed(serve: Serve, path = "/mcp"): Promise<Bed> {
  const running = await runIssuer();
  const server = createServer();
  const at: Listening = await listening(server);
  const url = at.origin + path;
  await running.addResource({
    resource: url,
    scopes: ["notes:read", "notes:write"],
  });
  await running.addClient({
    clientId: "agent",
    authentication: "none",
    // Without a refresh token a greater scope means a new sign-in.
    grantTypes: ["authorization_code"],
    redirectUris: [REDIRECT],
    scopes: ["notes:read", "notes:write"],
    resources: [url],
  });
  const mcp = createMcpGuard({
    resource: url,
    issuers: running.url,
    scopes: ["notes:read"],
    tools: { write_note: ["notes:write"] },
  });
  serve(mcp, server);
  return {
    url,
    running,
    async [Symbol.asyncDispose]() {
      await at[Symbol.asyncDispose]();
      await mcp.guard.close();
      await running.close();
    },
  };
}

/** The part of a client that knows a person: it keeps what it is given, and remembers where it was sent to. */
class Person implements OAuthClientProvider {
  readonly redirectUrl = REDIRECT;
  readonly clientMetadata = { redirect_uris: [REDIRECT] };
  sentTo: URL | null = null;
  #tokens: OAuthTokens | undefined;
  #verifier = "";

  clientInformation(): { client_id: string } {
    return { client_id: "agent" };
  }
  tokens(): OAuthTokens | undefined {
    return this.#tokens;
  }
  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
  }
  redirectToAuthorization(url: URL): void {
    this.sentTo = url;
  }
  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }
  codeVerifier(): string {
    return this.#verifier;
  }
}

interface Visit extends AsyncDisposable {
  readonly client: Client;
  readonly person: Person;
  /** Does it; when it takes a sign-in, signs in and gives the address where that was asked for. */
  signedIn(attempt: () => Promise<unknown>): Promise<URL>;
}

async function visit({ url, running }: Bed): Promise<Visit> {
  const person = new Person();
  const transport = (): StreamableHTTPClientTransport =>
    new StreamableHTTPClientTransport(new URL(url), { authProvider: person });
  const client = new Client({ name: "agent", version: "1" });
  let current = transport();
  const signedIn: Visit["signedIn"] = async (attempt) => {
    await assert.rejects(attempt, UnauthorizedError);
    const sentTo = person.sentTo;
    assert.ok(sentTo);
    const back = await running.signIn(sentTo);
    // RFC 9207: the answer names the issuer that was asked.
    assert.equal(back.searchParams.get("iss"), running.url);
    await current.finishAuth(back.searchParams.get("code") ?? "");
    return sentTo;
  };
  const sentTo = await signedIn(() => client.connect(current));
  assert.deepEqual(
    ["scope", "resource", "code_challenge_method"].map((name) =>
      sentTo.searchParams.get(name),
    ),
    ["notes:read", url, "S256"],
  );
  current = transport();
  await client.connect(current);
  return {
    client,
    person,
    signedIn,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

interface Told {
  readonly authInfo: McpAuthInfo;
  readonly requestInfo: { readonly headers: Record<string, unknown> };
}

const told = (result: object): Told => {
  const [{ text }] = (result as { content: [{ text: string }] }).content;
  return JSON.parse(text) as Told;
};

for (const [name, serve] of [
  ["node:http", onNode],
  ["a fetch handler", byFetch],
] as const) {
  test(`${name}: the client goes the whole way, and comes back for the scope that a tool needs`, async () => {
    await using bed = await openBed(serve);
    await using it = await visit(bed);
    const read = told(await it.client.callTool({ name: "read_notes" }));
    assert.equal(read.authInfo.extra.claims.aud, bed.url);
    assert.deepEqual(read.authInfo.scopes, ["notes:read"]);

    const sentTo = await it.signedIn(() =>
      it.client.callTool({ name: "write_note" }),
    );
    // All that the operation needs, in one challenge.
    assert.equal(sentTo.searchParams.get("scope"), "notes:read notes:write");
    const { authInfo } = told(await it.client.callTool({ name: "write_note" }));
    assert.deepEqual(authInfo.scopes, ["notes:read", "notes:write"]);
  });

  test(`${name}: no tool sees the caller's token`, async () => {
    await using bed = await openBed(serve);
    await using it = await visit(bed);
    const result = await it.client.callTool({ name: "read_notes" });
    const { authInfo, requestInfo } = told(result);
    assert.deepEqual(
      [authInfo.token, authInfo.clientId, authInfo.resource],
      ["", "agent", bed.url],
    );
    assert.equal(requestInfo.headers["authorization"], undefined);
    const token = it.person.tokens()?.access_token ?? "none";
    assert.ok(!JSON.stringify(result).includes(token));
  });
}

for (const path of ["/mcp", ""])
  test(`the metadata stand at both addresses, without a token, for ${path || "a server at the root"}`, async () => {
    await using bed = await openBed(onNode, path);
    const { origin } = new URL(bed.url);
    const wellKnown = `${origin}/.well-known/oauth-protected-resource`;
    for (const address of [wellKnown, wellKnown + path]) {
      const metadata = await discoverOAuthProtectedResourceMetadata(bed.url, {
        resourceMetadataUrl: address,
      });
      assert.deepEqual(
        [metadata.resource, metadata.authorization_servers],
        [bed.url, [bed.running.url]],
      );
    }
    await using it = await visit(bed);
    assert.equal((await it.client.listTools()).tools.length, 2);
  });
