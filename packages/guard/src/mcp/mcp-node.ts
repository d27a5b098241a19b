/** MCP servers on node:http, and on Express and others that stand on it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  admitNode,
  NodeArrival,
  removeHeaders,
  writeAnswer,
} from "../adapters/node.ts";
import {
  admitMcp,
  holdsCredentials,
  readMessage,
  type McpCall,
} from "./mcp-call.ts";
import type { McpGuard } from "./mcp-guard.ts";

/** Where the SDK's transport finds who calls, and where a parser before the guard may have left the message. */
type McpRequest = IncomingMessage & { auth?: unknown; body?: unknown };

/**
 * Answers requests for the metadata, and those that are refused, and gives null for them. Others go on: hand `body` to the transport's
 * `handleRequest`; who calls stands in `request.auth`.
 */
export async function mcpNode<C>(
  mcp: McpGuard<C>,
  request: McpRequest,
  response: ServerResponse,
): Promise<McpCall<C> | null> {
  const arrival = new NodeArrival(request);
  const metadata = mcp.resource.answer({
    method: arrival.method,
    url: arrival.target,
  });
  if (metadata) {
    writeAnswer(response, metadata);
    return null;
  }
  const call = await admitMcp(mcp, arrival, async () =>
    request.body === undefined
      ? readMessage(request, Number(request.headers["content-length"] ?? 0))
      : request.body,
  );
  if ("outcome" in call) {
    writeAnswer(response, call.answer);
    return null;
  }
  admitNode(mcp.guard, call.admitted, request, response);
  removeHeaders(request, holdsCredentials);
  request.auth = call.authInfo;
  return call;
}
