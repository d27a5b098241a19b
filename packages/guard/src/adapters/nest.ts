/** NestJS, on Express or Fastify: an object for `@UseGuards()` or `app.useGlobalGuards()`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Demands } from "../demands.ts";
import type { Guard } from "../guard.ts";
import { judgeNode, type Guarded } from "./node.ts";

export type { Guarded };

export interface NestContextShape {
  switchToHttp(): { getRequest(): unknown; getResponse(): unknown };
  getHandler(): object;
  getClass(): object;
}

export interface NestGuard<X extends NestContextShape = NestContextShape> {
  canActivate(context: X): Promise<boolean>;
}

type Framed<T> = T & { readonly raw?: T; hijack?(): unknown };

/** Sets `request.admitted`. `demandsOf` reads what a handler needs from Nest's ExecutionContext, such as what a decorator said of it. */
export function nestGuard<C, X extends NestContextShape = NestContextShape>(
  guard: Guard<C>,
  demandsOf: (context: X) => Demands | undefined = () => undefined,
): NestGuard<X> {
  return {
    async canActivate(context) {
      const http = context.switchToHttp();
      const request = http.getRequest() as Framed<IncomingMessage>;
      const response = http.getResponse() as Framed<ServerResponse>;
      const admitted = await judgeNode(
        guard,
        request.raw ?? request,
        response.raw ?? response,
        demandsOf(context),
      );
      // Nest throws for false, and sees that an answer was sent; Fastify has to be told.
      if (!admitted) response.hijack?.();
      else (request as Guarded<C>).admitted = admitted;
      return admitted !== null;
    },
  };
}
