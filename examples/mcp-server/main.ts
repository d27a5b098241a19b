/** An MCP server whose tools need scopes. Clients find the issuer by themselves: from the refusal to the metadata, from there to the sign-in. */
import { createServer } from "node:http";
import { createMcpGuard, mcpNode } from "@assay/guard/mcp";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const port = Number(process.env["PORT"] ?? 3000);

const mcp = createMcpGuard({
  resource: process.env["AUDIENCE"] ?? `http://127.0.0.1:${port}/mcp`,
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  scopes: ["notes:read"],
  tools: { erase_notes: ["notes:write"] },
  name: "Notes",
});

let notes = ["Buy tea"];

function notesServer(): McpServer {
  const server = new McpServer({ name: "notes", version: "1.0.0" });
  server.registerTool(
    "read_notes",
    { description: "Reads all notes" },
    ({ authInfo }) => {
      const text = `${authInfo?.clientId} reads: ${notes.join(", ")}`;
      return { content: [{ type: "text", text }] };
    },
  );
  server.registerTool(
    "erase_notes",
    { description: "Erases all notes" },
    () => {
      notes = [];
      return { content: [{ type: "text", text: "Erased" }] };
    },
  );
  return server;
}

const server = createServer((request, response) => {
  (async () => {
    const call = await mcpNode(mcp, request, response);
    // It asked for the metadata, or was refused: the answer is written.
    if (!call) return;
    const transport = new StreamableHTTPServerTransport({});
    response.on("close", () => void transport.close());
    await notesServer().connect(transport);
    await transport.handleRequest(request, response, call.body);
    // One request that fails must not end the server.
  })().catch(() => response.destroy());
});

server.listen(port, "127.0.0.1", () =>
  console.log(`Listening at http://127.0.0.1:${port}`),
);
