/** MCP servers as fetch handlers: Hono, Deno, Bun, workers. */
import {
  withHeaders,
  withoutHidden,
  type FetchGuardOptions,
} from "../adapters/fetch.ts";
import { FetchArrival } from "../arrival.ts";
import { toResponse } from "../respond.ts";
import {
  admitMcp,
  holdsCredentials,
  readMessage,
  type McpCall,
} from "./mcp-call.ts";
import type { McpGuard } from "./mcp-guard.ts";

/** Wraps a handler of MCP requests, as `fetchGuard` does. Its request has no body any more: `call.body` is the message. */
export function mcpFetch<C, R extends readonly unknown[]>(
  mcp: McpGuard<C>,
  handler: (
    request: Request,
    call: McpCall<C>,
    ...rest: R
  ) => Response | Promise<Response>,
  { connection }: Pick<FetchGuardOptions<R>, "connection"> = {},
): (request: Request, ...rest: R) => Promise<Response> {
  const { guard, resource } = mcp;
  return async (request, ...rest) => {
    const metadata = resource.respond(request);
    if (metadata) return metadata;
    const known = connection?.(request, ...rest) ?? {};
    const call = await admitMcp(mcp, new FetchArrival(request, known), () =>
      readMessage(
        (request.body ?? []) as AsyncIterable<Uint8Array>,
        Number(request.headers.get("content-length") ?? 0),
      ),
    );
    if ("outcome" in call) return toResponse(call.answer);
    const { method, url } = request;
    const seen = withoutHidden(guard, request, known.remote ?? null);
    const headers = [...seen.headers].filter(
      ([name]) => !holdsCredentials(name),
    );
    return withHeaders(
      await handler(new Request(url, { method, headers }), call, ...rest),
      call.admitted.responseHeaders,
    );
  };
}
