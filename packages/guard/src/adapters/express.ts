/** Express 5, and everything that takes its middleware. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkRouteDemands, type Demands } from "../demands.ts";
import type { Guard } from "../guard.ts";
import { callBack, judgeNode, type Guarded } from "./node.ts";

export type { Guarded };

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
    callBack(
      () => judgeNode(guard, request, response, demands),
      (admitted) => {
        if (!admitted) return;
        (request as Guarded<C>).admitted = admitted;
        next();
      },
      next,
    );
  };
}
