/** An API behind a guard, with a clock that can be turned. */
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
  }: {
    readonly issuer: string;
    readonly audience: string;
    /** How long keys are kept at least, in milliseconds. */
    readonly keysAtLeast?: number;
  }): Promise<string> => {
    guard = createGuard({
      issuers: issuer,
      audience,
      clock: () => Date.now() + ahead,
      ...(keysAtLeast !== undefined && { remote: { minAge: keysAtLeast } }),
    });
    await guard.ready();
    const { origin } = await listen((request, response) => {
      void (async () => {
        if (!(await guardNode(guard, request, response))) return;
        const { pathname, searchParams } = new URL(
          request.url ?? "/",
          "http://localhost",
        );
        const to = searchParams.get("to");
        if (pathname === "/away" && to !== null)
          response.writeHead(Number(searchParams.get("status")), {
            location: to,
          });
        response.end("in");
      })();
    });
    return origin;
  },
  turn: async (seconds: number): Promise<void> => {
    ahead += seconds * 1000;
  },
};
export type ApiProcess = typeof calls;

offer(calls);
