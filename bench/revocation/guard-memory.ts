/** One guard with its feed, which says how much memory this process uses. Ends when its parent goes. */
import { createGuard, revocationFeed, type Guard } from "@assay/guard";

export interface Whom {
  readonly issuer: string;
  readonly audience: string;
  /** The time, in milliseconds: it stands still. */
  readonly now: number;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type Asked =
  | { readonly start: Whom }
  /** Waits until the token is refused. */
  | { readonly knows: string }
  | { readonly revoked: readonly string[]; readonly good: readonly string[] };

export interface Told {
  readonly bytes: number;
  readonly wrong: number;
}

let guard: Guard | null = null;

async function answer(asked: Asked): Promise<Told> {
  if ("start" in asked) {
    const { now, audience, ...feed } = asked.start;
    guard = createGuard({
      issuers: feed.issuer,
      audience,
      clock: () => now,
      // What was verified is not what is measured.
      cacheBytes: 0,
      // A slow moment must not look like silence: what is measured is memory.
      revocation: revocationFeed({ ...feed, statusLists: false, maxAge: 3600 }),
    });
    await guard.ready();
    return { bytes: await used(), wrong: 0 };
  }
  if ("knows" in asked) {
    while ((await statusOf(asked.knows)) !== 401)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return { bytes: await used(), wrong: 0 };
  }
  let wrong = 0;
  for (const token of asked.revoked)
    if ((await statusOf(token)) !== 401) wrong++;
  for (const token of asked.good) if ((await statusOf(token)) !== 200) wrong++;
  return { bytes: 0, wrong };
}

async function statusOf(token: string): Promise<number> {
  const judged = await guard?.check(
    new Request("https://api.test/", {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  return judged instanceof Response ? judged.status : 200;
}

/** Objects, and what lies beside them: the least of several looks, each after the garbage is gone. */
async function used(): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < 10; look++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}

process.on("message", (asked: Asked) => {
  void (async () => {
    process.send?.(await answer(asked));
  })();
});
process.once("disconnect", () => void guard?.close());
