/**
 * @assay/guard/mcp: what the Model Context Protocol's authorization chapter of 2026-07-28 demands of an MCP server, as one door for
 * node:http and one for fetch handlers.
 */
export {
  createMcpGuard,
  type McpGuard,
  type McpGuardOptions,
} from "./mcp-guard.ts";
export type { McpAuthInfo, McpCall } from "./mcp-call.ts";
export { mcpFetch } from "./mcp-fetch.ts";
export { mcpNode } from "./mcp-node.ts";
