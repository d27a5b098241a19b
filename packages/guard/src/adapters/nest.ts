/** NestJS, on Express or Fastify: an object for `@UseGuards()` or `app.useGlobalGuards()`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Demands } from "../demands.ts";
import type { Admitted, Guard } from "../guard.ts";
import { guardNode } from "./node.ts";

export interface NestContextShape {
  switchToHttp(): { getRequest(): unknown; getResponse(): unknown };
  getHandler(): object;
  getClass(): object;
}

export interface NestGuard {
  canActivate(context: NestContextShape): Promise<boolean>;
}

type Framed<T> = T & { readonly raw?: T; hijack?(): unknown };

/** Sets `request.admitted`. `demandsOf` reads what a handler needs, such as from a decorator's metadata. */
export function nestGuard<C>(
  guard: Guard<C>,
  demandsOf: (context: NestContextShape) => Demands | undefined = () =>
    undefined,
): NestGuard {
  return {
    async canActivate(context) {
      const http = context.switchToHttp();
      const request = http.getRequest() as Framed<IncomingMessage>;
      const response = http.getResponse() as Framed<ServerResponse>;
      const admitted = await guardNode(
        guard,
        request.raw ?? request,
        response.raw ?? response,
        demandsOf(context),
      );
      // Nest throws for false, and sees that an answer was sent; Fastify has to be told.
      if (!admitted) response.hijack?.();
      else (request as { admitted?: Admitted<C> }).admitted = admitted;
      return admitted !== null;
    },
  };
}
