/** An API behind a guard, with a clock that can be turned. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createGuard, type Guard } from "@assay/guard";
import { guardNode } from "@assay/guard/node";
import { listen } from "../../packages/guard/test/listen.ts";
import { offer } from "./child.ts";

let ahead = 0;
let guard: Guard;

const calls = {
  /** Gives its origin. `/away?to=URL&status=307` sends on to elsewhere. */
  open: async ({
    issuer,
    audience,
    keysAtLeast,
    dpop = false,
  }: {
    readonly issuer: string;
    readonly audience: string;
    /** How long keys are kept at least, in milliseconds. */
    readonly keysAtLeast?: number;
    /** Takes bound tokens, too. */
    readonly dpop?: boolean;
  }): Promise<string> => {
    const { origin } = await listen((request, response) => {
      void answer(request, response);
    });
    guard = createGuard({
      issuers: issuer,
      audience,
      clock: () => Date.now() + ahead,
      remote: {
        // A machine that is slow must not look like an outage.
        timeout: 60_000,
        ...(keysAtLeast !== undefined && { minAge: keysAtLeast }),
      },
      ...(dpop && { dpop, publicUrl: origin }),
    });
    await guard.ready();
    return origin;
  },
  turn: async (seconds: number): Promise<void> => {
    ahead += seconds * 1000;
  },
};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!(await guardNode(guard, request, response))) return;
  const { pathname, searchParams } = new URL(
    request.url ?? "/",
    "http://localhost",
  );
  const to = searchParams.get("to");
  if (pathname === "/away" && to !== null)
    response.writeHead(Number(searchParams.get("status")), { location: to });
  response.end("in");
}

export type ApiProcess = typeof calls;

offer(calls);
