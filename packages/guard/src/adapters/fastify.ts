/** Fastify 5: an onRequest or preHandler hook. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkRouteDemands, type Demands } from "../demands.ts";
import type { Guard } from "../guard.ts";
import type { Answer } from "../respond.ts";
import { admitNode, callBack, NodeArrival, type Guarded } from "./node.ts";

export type { Guarded };

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
  done: (error?: Error) => void,
) => void;

/** Sets `request.admitted`; declare it with `app.decorateRequest("admitted", undefined)`. What other hooks have put on the answer stays on it. */
export function fastifyGuard<C>(
  guard: Guard<C>,
  demands?: Demands,
): FastifyHook {
  checkRouteDemands(demands);
  return (request, reply, done) => {
    callBack(
      () => guard.judge(new NodeArrival(request.raw), demands),
      (judged) => {
        if (judged.outcome === "refused") {
          refuse(reply, judged.answer);
          return;
        }
        admitNode(guard, judged, request.raw, reply.raw);
        (request as Guarded<C>).admitted = judged;
        done();
      },
      (error) => done(error as Error),
    );
  };
}

function refuse(
  reply: FastifyReplyShape,
  { status, headers, body }: Answer,
): void {
  reply.code(status);
  for (const [name, values] of grouped(headers))
    reply.header(name, values.length === 1 ? String(values[0]) : values);
  // As bytes: to a text Fastify would add a charset, which JSON does not have (RFC 8259 section 11).
  reply.send(Buffer.from(body));
}

function grouped(
  headers: readonly (readonly [string, string])[],
): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of headers)
    groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}
