/** Koa 3. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkRouteDemands, type Demands } from "../demands.ts";
import type { Guard } from "../guard.ts";
import { judgeNode, type Guarded } from "./node.ts";

/** For the application's own type: `new Koa<Guarded>()`. */
export type { Guarded };

export interface KoaContextShape {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  respond?: boolean | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- Koa's own state is one too.
  readonly state: any;
}

export type KoaMiddleware = (
  context: KoaContextShape,
  next: () => Promise<unknown>,
) => Promise<void>;

/** Sets `context.state.admitted`. */
export function koaGuard<C>(guard: Guard<C>, demands?: Demands): KoaMiddleware {
  checkRouteDemands(demands);
  return async (context, next) => {
    const admitted = await judgeNode(guard, context.req, context.res, demands);
    if (!admitted) {
      context.respond = false;
      return;
    }
    context.state.admitted = admitted;
    await next();
  };
}
