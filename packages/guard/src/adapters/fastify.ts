/** Fastify 5: an onRequest or preHandler hook. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Demands } from "../demands.ts";
import type { Admitted, Guard } from "../guard.ts";
import { guardNode } from "./node.ts";

export interface FastifyRequestShape {
  readonly raw: IncomingMessage;
}

export interface FastifyReplyShape {
  readonly raw: ServerResponse;
  hijack(): unknown;
  header(name: string, value: string): unknown;
}

export type FastifyHook = (
  request: FastifyRequestShape,
  reply: FastifyReplyShape,
) => Promise<unknown>;

/** Sets `request.admitted`; declare it with `app.decorateRequest("admitted", null)`. */
export function fastifyGuard<C>(
  guard: Guard<C>,
  demands?: Demands,
): FastifyHook {
  return async (request, reply) => {
    const admitted = await guardNode(guard, request.raw, reply.raw, demands);
    // What was written past Fastify is nothing that it should answer again.
    if (!admitted) return reply.hijack();
    (request as { admitted?: Admitted<C> }).admitted = admitted;
    return undefined;
  };
}
