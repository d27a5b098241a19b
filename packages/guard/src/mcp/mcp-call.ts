/** An MCP request that may go on: who sends it, and the one reading of its body. */
import { platform } from "@assay/token";
import type { Arrival } from "../arrival.ts";
import type { Admitted, Refused } from "../guard.ts";
import type { Answer } from "../respond.ts";
import type { McpGuard } from "./mcp-guard.ts";

export interface McpCall<C = Record<string, unknown>> {
  readonly admitted: Admitted<C>;
  /** The message, parsed: hand it to the transport as its parsed body. undefined for a request without one. */
  readonly body: unknown;
  /** What the transports of `@modelcontextprotocol/sdk` hand on to tools. */
  readonly authInfo: McpAuthInfo;
}

export interface McpAuthInfo {
  /**
   * Always empty. Threat: a tool that sends the caller's token on to another API, which the chapter forbids ("Access Token Privilege
   * Restriction"). The headers that held it are gone too.
   */
  readonly token: "";
  /** client_id, else azp; empty when the token says neither. */
  readonly clientId: string;
  readonly scopes: string[];
  /** Seconds since the epoch. */
  readonly expiresAt?: number;
  readonly resource: URL;
  readonly extra: { readonly claims: Readonly<Record<string, unknown>> };
}

/** A caller who was admitted may still be wrong or busy: no more is read of a message. The SDK has the same bound. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Headers that hold the caller's credentials. */
export const holdsCredentials = (name: string): boolean =>
  name === "authorization" || name === "dpop";

/**
 * Judges the token first, and only then reads the message and judges what its tool needs. `body` is read at most once, and the same reading
 * decides and runs: of two readers of one text, one could see another tool.
 */
export async function admitMcp<C>(
  mcp: McpGuard<C>,
  arrival: Arrival,
  readBody: () => Promise<unknown>,
): Promise<McpCall<C> | Refused> {
  const admitted = await mcp.guard.judge(arrival);
  if (admitted.outcome === "refused") return admitted;
  const body = arrival.method === "POST" ? await readBody() : undefined;
  if (body instanceof UnreadableBody) return body;
  const scopes = mcp.scopesOf(body);
  const lacking =
    scopes && (await mcp.guard.demand(arrival, admitted, { scopes }));
  return (
    lacking ?? {
      admitted,
      body,
      authInfo: authInfoOf(admitted, mcp.resource.guard.audience),
    }
  );
}

function authInfoOf(
  { token }: Admitted<unknown>,
  audience: string,
): McpAuthInfo {
  const claims = token.claims as Readonly<Record<string, unknown>>;
  const { client_id: client = claims["azp"], scope, exp } = claims;
  return {
    token: "",
    clientId: typeof client === "string" ? client : "",
    scopes: typeof scope === "string" ? scope.split(" ").filter(Boolean) : [],
    ...(typeof exp === "number" && { expiresAt: exp }),
    resource: new URL(audience),
    extra: { claims },
  };
}

/** The answer to a body that is no JSON, or too long, as JSON-RPC 2.0 section 5.1 has it. */
export class UnreadableBody implements Refused {
  readonly outcome = "refused";
  readonly answer: Answer;

  constructor(status: 400 | 413, message: string) {
    const error = { code: -32700, message };
    this.answer = {
      status,
      headers: [["content-type", "application/json"]],
      body: JSON.stringify({ jsonrpc: "2.0", error, id: null }),
    };
  }
}

export async function readMessage(
  chunks: AsyncIterable<Uint8Array>,
  declaredBytes: number,
): Promise<unknown> {
  if (declaredBytes > MAX_BYTES) return TOO_LONG;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) return TOO_LONG;
      parts.push(chunk);
    }
    const text = platform.decodeUtf8(joined(parts, bytes));
    if (text !== null) return JSON.parse(text) as unknown;
  } catch {
    // Said below. Threat: a client that breaks off, which is an error too; where nobody catches it, it ends the process.
  }
  return new UnreadableBody(400, "Parse error: expected JSON in UTF-8");
}

const TOO_LONG = new UnreadableBody(
  413,
  `Expected a message of at most ${MAX_BYTES} bytes`,
);

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
