/**
 * The Model Context Protocol's own conformance tests (ASSAY_MCP_CONFORMANCE). Those for authorization servers ask Assay's issuer. Those for MCP
 * servers show no token, so a relay in front of the guard attaches one: whatever fails then, the guard has broken. docs/guides/mcp.md says
 * which of them there are, and why the others do not apply.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createTokenSource } from "@assay/client";
import { createMcpGuard, mcpNode } from "@assay/guard/mcp";
import {
  listen,
  listening,
  type Listening,
} from "../../packages/guard/test/listen.ts";
import { freePort } from "../free-port.ts";
import { runIssuer, type RunningIssuer } from "../interop/running-issuer.ts";

const PROGRAM = process.env["ASSAY_MCP_CONFORMANCE"] ?? "";
const folder = mkdtempSync(join(tmpdir(), "assay-mcp-conformance-"));

let running: RunningIssuer;
let bed: Bed;
before(async () => {
  running = await runIssuer();
  bed = await openBed();
});
after(async () => {
  await bed[Symbol.asyncDispose]();
  await running.close();
  rmSync(folder, { recursive: true });
});

interface Check {
  readonly id: string;
  readonly status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  readonly errorMessage?: string;
}

/** Runs the program; gives what it found, without what it only tells. `heard` is told each line. */
async function run(
  args: readonly string[],
  heard: (line: string) => void = () => {},
): Promise<readonly string[]> {
  const output = mkdtempSync(join(folder, "run-"));
  const child = spawn(
    process.execPath,
    [PROGRAM, ...args, "--output-dir", output],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const said: string[] = [];
  const hear = (chunk: Buffer): void => {
    for (const line of chunk.toString().split("\n")) {
      said.push(line);
      heard(line);
    }
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  await once(child, "close");
  const checks = readdirSync(output)
    .toSorted()
    .flatMap(
      (name) =>
        JSON.parse(
          readFileSync(join(output, name, "checks.json"), "utf8"),
        ) as Check[],
    )
    .filter(({ status }) => status !== "INFO");
  assert.ok(checks.length > 0, said.join("\n"));
  return checks.map(({ id, status, errorMessage }) =>
    status === "SUCCESS"
      ? `${id}: ${status}`
      : `${id}: ${status} ${errorMessage}`,
  );
}

test("the authorization server: metadata and the code grant", async () => {
  const clientId = "conformance";
  await running.addClient({
    clientId,
    authentication: "none",
    redirectUris: ["http://127.0.0.1/callback"],
  });
  const port = String(await freePort());
  const found = await run(
    [
      "authorization",
      "--url",
      running.url,
      "--client-id",
      clientId,
      "--port",
      port,
      "--spec-version",
      "2026-07-28",
    ],
    (line) => {
      if (line.startsWith(`${running.url}/authorize?`))
        void running.signIn(new URL(line)).then(async (back) => fetch(back));
    },
  );
  assert.deepEqual(found, [
    "authorization-code-grant: SUCCESS",
    "authorization-server-metadata: SUCCESS",
    // Clients are registered by whoever runs the server: their documents are not fetched.
    'authorization-server-metadata-cimd: WARNING Authorization server metadata does not include "client_id_metadata_document_supported"',
  ]);
});

interface Bed extends AsyncDisposable {
  readonly url: string;
}

/** A guarded MCP server, and in front of it a relay that has a token. */
async function openBed(): Promise<Bed> {
  const server = createServer();
  const guarded: Listening = await listening(server);
  const resource = `${guarded.origin}/mcp`;
  await running.addResource({ resource, scopes: ["mcp:tools"] });
  const secret = await running.addClient({
    clientId: "relay",
    scopes: ["mcp:tools"],
    resources: [resource],
  });
  const mcp = createMcpGuard({
    resource,
    issuers: running.url,
    scopes: ["mcp:tools"],
  });
  server.on("request", (request, response) => {
    void (async () => {
      const call = await mcpNode(mcp, request, response);
      if (!call) return;
      const transport = new StreamableHTTPServerTransport({});
      await tools().connect(transport);
      await transport.handleRequest(request, response, call.body);
    })();
  });
  const source = createTokenSource({
    issuer: running.url,
    clientId: "relay",
    authentication: { method: "client_secret_basic", secret: () => secret },
    grant: { type: "client_credentials" },
    resource,
    origins: [guarded.origin],
  });
  const listener = getRequestListener(async (request) => {
    const { method, headers } = request;
    headers.delete("host");
    headers.delete("connection");
    headers.delete("content-length");
    return source.fetch(resource, {
      method,
      headers,
      ...(method === "POST" && { body: await request.text() }),
    });
  });
  const relay = await listen((request, response) => {
    void listener(request, response);
  });
  return {
    url: `${relay.origin}/mcp`,
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]();
      await guarded[Symbol.asyncDispose]();
      await mcp.guard.close();
    },
  };
}

/** What the scenarios expect to find. */
function tools(): McpServer {
  const server = new McpServer({ name: "guarded", version: "1" });
  server.registerTool(
    "test_simple_text",
    { description: "Answers a text" },
    () => ({
      content: [
        { type: "text", text: "This is a simple text response for testing." },
      ],
    }),
  );
  server.registerTool(
    "test_error_handling",
    { description: "Answers an error" },
    () => {
      throw new Error("This tool intentionally returns an error for testing");
    },
  );
  return server;
}

for (const scenario of [
  "server-initialize",
  "ping",
  "tools-list",
  "tools-call-simple-text",
  "tools-call-error",
])
  test(`an MCP server behind the guard: ${scenario}`, async () => {
    const found = await run([
      "server",
      "--url",
      bed.url,
      "--scenario",
      scenario,
    ]);
    assert.deepEqual(
      found.filter((line) => !line.endsWith(": SUCCESS")),
      [],
    );
  });
