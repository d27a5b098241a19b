/** Fetch handlers: Next.js, Deno, Bun, workers, and Hono. */
import type { Connection } from "../arrival.ts";
import { checkDemands, type Demands } from "../demands.ts";
import type { Admitted, Guard } from "../guard.ts";

export interface FetchGuardOptions<
  R extends readonly unknown[],
> extends Demands {
  /** What the platform knows of the connection: in Deno, `(_, info) => ({ remote: info.remoteAddr.hostname })`. Default: nothing. */
  readonly connection?: (request: Request, ...rest: R) => Connection;
}

/** Wraps a handler; it is called with the request, the token, and whatever else its platform gives. */
export function fetchGuard<C, R extends readonly unknown[]>(
  guard: Guard<C>,
  handler: (
    request: Request,
    admitted: Admitted<C>,
    ...rest: R
  ) => Response | Promise<Response>,
  options: FetchGuardOptions<R> = {},
): (request: Request, ...rest: R) => Promise<Response> {
  checkDemands(options);
  return async (request, ...rest) => {
    const connection = options.connection?.(request, ...rest);
    const answer = await guard.check(
      request,
      connection ? { ...options, ...connection } : options,
    );
    if (answer instanceof Response) return answer;
    const seen = withoutHidden(guard, request, connection?.remote ?? null);
    return withHeaders(
      await handler(seen, answer, ...rest),
      answer.responseHeaders,
    );
  };
}

export interface HonoContextShape {
  readonly req: { raw: Request };
  res: Response;
  set(key: string, value: unknown): void;
}

export type HonoMiddleware = (
  // oxlint-disable-next-line typescript/no-explicit-any -- Hono's context is typed by its application; its shape is what counts.
  context: any,
  next: () => Promise<void>,
) => Promise<Response | undefined>;

/** Hono middleware: sets the variable `admitted`. */
export function honoGuard<C>(
  guard: Guard<C>,
  options: Demands & {
    readonly connection?: (context: unknown) => Connection;
  } = {},
): HonoMiddleware {
  checkDemands(options);
  return async (context: HonoContextShape, next) => {
    const connection = options.connection?.(context);
    const answer = await guard.check(
      context.req.raw,
      connection ? { ...options, ...connection } : options,
    );
    if (answer instanceof Response) return answer;
    context.req.raw = withoutHidden(
      guard,
      context.req.raw,
      connection?.remote ?? null,
    );
    context.set("admitted", answer);
    await next();
    context.res = withHeaders(context.res, answer.responseHeaders);
    return undefined;
  };
}

/** The request as whoever is behind the guard may see it. */
export function withoutHidden(
  guard: Guard<unknown>,
  request: Request,
  remote: string | null,
): Request {
  if (!guard.hidesHeaders) return request;
  const hidden = [...request.headers.keys()].filter((name) =>
    guard.mustGo(name, remote),
  );
  if (hidden.length === 0) return request;
  const headers = new Headers(request.headers);
  for (const name of hidden) headers.delete(name);
  return new Request(request, { headers });
}

/** The answer of an admitted request, with the headers that it must carry. */
export function withHeaders(
  response: Response,
  more: Admitted["responseHeaders"],
): Response {
  if (!more) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
