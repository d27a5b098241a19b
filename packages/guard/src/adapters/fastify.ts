/** Fastify 5: an onRequest or preHandler hook. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkRouteDemands, type Demands } from "../demands.ts";
import type { Admitted, Guard } from "../guard.ts";
import { admitNode, NodeArrival } from "./node.ts";

export interface FastifyRequestShape {
  readonly raw: IncomingMessage;
}

export interface FastifyReplyShape {
  readonly raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string | string[]): unknown;
  send(body: Uint8Array): unknown;
}

export type FastifyHook = (
  request: FastifyRequestShape,
  reply: FastifyReplyShape,
) => Promise<unknown>;

/** Sets `request.admitted`; declare it with `app.decorateRequest("admitted", null)`. What other hooks have put on the answer stays on it. */
export function fastifyGuard<C>(
  guard: Guard<C>,
  demands?: Demands,
): FastifyHook {
  checkRouteDemands(demands);
  return async (request, reply) => {
    const judged = await guard.judge(new NodeArrival(request.raw), demands);
    if (judged.outcome === "accepted") {
      admitNode(guard, judged, request.raw, reply.raw);
      (request as { admitted?: Admitted<C> }).admitted = judged;
      return undefined;
    }
    const { status, headers, body } = judged.answer;
    reply.code(status);
    for (const [name, values] of grouped(headers))
      reply.header(name, values.length === 1 ? String(values[0]) : values);
    // As bytes: to a text Fastify would add a charset, which JSON does not have (RFC 8259 section 11).
    return reply.send(Buffer.from(body));
  };
}

function grouped(
  headers: readonly (readonly [string, string])[],
): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of headers)
    groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}
