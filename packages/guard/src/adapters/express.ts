/** Express 5, and everything that takes its middleware. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkRouteDemands, type Demands } from "../demands.ts";
import type { Admitted, Guard } from "../guard.ts";
import { guardNode } from "./node.ts";

/** What a request carries once it was admitted. */
export interface Guarded<C = Record<string, unknown>> {
  admitted?: Admitted<C>;
}

export type ExpressMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Sets `request.admitted`. */
export function expressGuard<C>(
  guard: Guard<C>,
  demands?: Demands,
): ExpressMiddleware {
  checkRouteDemands(demands);
  return (request, response, next) => {
    guardNode(guard, request, response, demands).then((admitted) => {
      if (!admitted) return undefined;
      (request as Guarded<C>).admitted = admitted;
      return next();
    }, next);
  };
}
