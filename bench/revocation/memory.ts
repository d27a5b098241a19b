/** What a guard's knowledge of many revocations costs: a feed here, a guard in a process of its own, which says how much memory it has come to use. */
import { fork } from "node:child_process";
import { once } from "node:events";
import {
  CLIENT,
  event,
  serveFeed,
} from "../../packages/guard/test/revocation-server.ts";
import { testClock } from "../../packages/guard/src/testing/test-clock.ts";
import {
  STATUS_LIST_SIZE,
  STATUS_PLACE_TRIES,
} from "../../packages/issuer/src/revocation/status-places.ts";
import type { Asked, Told, Whom } from "./guard-memory.ts";

export const LIVE = 1e7;
export const REVOKED = 1e6;
/** As the server sends them. */
const PART = 5000;
const SAMPLE = 1000;

export type Fill = "as the server fills its lists" | "full lists";

interface Place {
  readonly list: string;
  readonly index: number;
}

/** `bytes`: what the guard uses more with all revocations than with none. `wrong`: answers of a sample that are not right. */
export async function measureMemory(
  fill: Fill,
): Promise<{ bytes: number; seconds: number; wrong: number }> {
  const { revoked, good, parts } = places(fill);
  const clock = testClock();
  await using feed = await serveFeed(clock);
  const guard = fork(new URL("guard-memory.ts", import.meta.url), [], {
    execArgv: ["--conditions=@assay/source", "--expose-gc"],
  });
  const ask = async (message: Asked): Promise<Told> => {
    guard.send(message);
    const [told] = (await once(guard, "message")) as [Told];
    return told;
  };
  const whom: Whom = {
    issuer: feed.origin,
    audience: feed.issuer.audience,
    now: clock(),
    ...CLIENT,
  };
  const before = await ask({ start: whom });
  const signed = await Promise.all(
    parts.map(async (lists, i) =>
      feed.snapshot({
        seq: REVOKED,
        part: i + 1,
        last: i === parts.length - 1,
        lists,
      }),
    ),
  );
  feed.begin = async (to) => {
    for (const [i, jwt] of signed.entries()) {
      const isLast = i === signed.length - 1;
      if (!to.write(event("snapshot", jwt, isLast ? REVOKED : null)))
        await once(to, "drain");
    }
  };
  feed.seq = REVOKED;
  const began = performance.now();
  feed.end("access_changed");
  const [{ index, list }] = revoked as [Place];
  const after = await ask({ knows: await feed.mint(index, list) });
  const seconds = (performance.now() - began) / 1000;
  const mint = async (sample: readonly Place[]): Promise<readonly string[]> =>
    Promise.all(sample.map(async (one) => feed.mint(one.index, one.list)));
  const judged = await ask({
    revoked: await mint(revoked),
    good: await mint(good),
  });
  guard.disconnect();
  return { bytes: after.bytes - before.bytes, seconds, wrong: judged.wrong };
}

/** Ten million tokens over lists, every tenth of them revoked: the parts of a snapshot, and of both kinds a sample. */
function places(fill: Fill): {
  readonly revoked: readonly Place[];
  readonly good: readonly Place[];
  readonly parts: readonly { list: string; indexes: number[] }[][];
} {
  const parts: Map<string, number[]>[] = [];
  const revoked: Place[] = [];
  const good: Place[] = [];
  let count = 0;
  const draw = fill === "full lists" ? everyPlace() : atRandom();
  for (let live = 0; live < LIVE; live++) {
    const place = draw();
    if (live % (LIVE / REVOKED) !== 0) {
      if (live % (LIVE / SAMPLE) === 1) good.push(place);
      continue;
    }
    if (live % (LIVE / SAMPLE) === 0) revoked.push(place);
    if (count++ % PART === 0) parts.push(new Map());
    const part = parts.at(-1);
    const indexes = part?.get(place.list);
    if (indexes) indexes.push(place.index);
    else part?.set(place.list, [place.index]);
  }
  return {
    revoked,
    good,
    parts: parts.map((lists) =>
      [...lists].map(([list, indexes]) => ({ list, indexes })),
    ),
  };
}

/** The server's way: a random place, another where that is taken, and a new list after so many tries. */
function atRandom(): () => Place {
  let lists = 0;
  let taken = new Uint8Array(STATUS_LIST_SIZE);
  const random = randomNumbers();
  return () => {
    for (;;) {
      for (let tries = 0; tries < STATUS_PLACE_TRIES; tries++) {
        const index = random() % STATUS_LIST_SIZE;
        if (taken[index] === 1) continue;
        taken[index] = 1;
        return { list: nameOf(lists), index };
      }
      lists++;
      taken = new Uint8Array(STATUS_LIST_SIZE);
    }
  };
}

/** Each place of a list, in an order that jumps about. */
function everyPlace(): () => Place {
  let drawn = 0;
  return () => {
    const index = (drawn * 7919) % STATUS_LIST_SIZE;
    const list = nameOf(Math.floor(drawn++ / STATUS_LIST_SIZE));
    return { list, index };
  };
}

/** As long as the server's names. */
const nameOf = (list: number): string =>
  `list${String(list).padStart(10, "0")}`;

/** The same numbers each time (xorshift32: Marsaglia, Journal of Statistical Software 8, 2003). */
function randomNumbers(): () => number {
  let state = 2_463_534_242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
