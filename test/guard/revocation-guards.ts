/**
 * So many guards in this one process, each with a feed and a door of its own. The parent hands over whom to trust, hears where the doors are,
 * and may have it watched when each guard refuses a token. When the parent goes, all is closed, and the process ends by itself.
 */
import { setTimeout as pause } from "node:timers/promises";
import { createGuard, revocationFeed, type Guard } from "@assay/guard";
import { guardNode } from "@assay/guard/node";
import { listen } from "../../packages/guard/test/listen.ts";

export interface Whom {
  readonly issuer: string;
  readonly audience: string;
  /** Where the feed is, if not at the issuer's own address. */
  readonly url?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly statusLists: boolean;
  /** Seconds. */
  readonly maxAge?: number;
  readonly count: number;
}

export type ToGuards =
  | { readonly start: Whom }
  /** Asks every guard again and again, until it refuses. */
  | { readonly watch: string }
  | { readonly statuses: true };

export type FromGuards =
  | { readonly origins: readonly string[] }
  /** When each guard refused, in milliseconds since the epoch. */
  | { readonly refusedAt: readonly number[] }
  | {
      readonly statuses: readonly {
        readonly by: string | undefined;
        readonly problem: string | null | undefined;
        readonly age: number | null;
      }[];
    };

/** The pause before a guard is asked again whether it refuses, in milliseconds: so exact are the times, and so much is left for the server. */
const ASKED_EVERY = 10;

let guards: readonly Guard[] = [];
let doors: readonly AsyncDisposable[] = [];
const say = (message: FromGuards): void => void process.send?.(message);
const now = (): number => performance.timeOrigin + performance.now();

async function start({
  count,
  audience,
  statusLists,
  ...feed
}: Whom): Promise<void> {
  guards = Array.from({ length: count }, () =>
    createGuard({
      issuers: feed.issuer,
      audience,
      revocation: revocationFeed({
        ...feed,
        ...(!statusLists && { statusLists }),
      }),
    }),
  );
  await Promise.all(guards.map(async (guard) => guard.ready()));
  // It does not wait for ever.
  while (guards.some(({ revocation }) => revocation.status()?.by !== "feed"))
    await pause(20);
  const opened = await Promise.all(
    guards.map(async (guard) =>
      listen((request, response) => {
        void (async () => {
          if (await guardNode(guard, request, response)) response.end("in");
        })();
      }),
    ),
  );
  doors = opened;
  say({ origins: opened.map(({ origin }) => origin) });
}

async function watch(token: string): Promise<void> {
  const request = new Request("https://api.example/", {
    headers: { authorization: `Bearer ${token}` },
  });
  const refusedAt = guards.map(() => 0);
  const look = async (): Promise<void> => {
    for (const [i, guard] of guards.entries()) {
      if (refusedAt[i] !== 0) continue;
      const judged = await guard.check(request);
      if (judged instanceof Response && judged.status === 401)
        refusedAt[i] = now();
    }
    if (refusedAt.includes(0)) setTimeout(() => void look(), ASKED_EVERY);
    else say({ refusedAt });
  };
  await look();
}

process.on("message", (message: ToGuards) => {
  if ("start" in message) void start(message.start);
  else if ("watch" in message) void watch(message.watch);
  else
    say({
      statuses: guards.map(({ revocation }) => ({
        by: revocation.status()?.by,
        problem: revocation.status()?.problem,
        age: revocation.age(),
      })),
    });
});
process.once("disconnect", () => {
  for (const door of doors) void door[Symbol.asyncDispose]();
  for (const guard of guards) void guard.close();
});
