/** Refreshes each token that it is told of, many at a time, and tells what became of it. Begins when its standard input ends. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Sealer } from "../../src/journal/sealer.ts";
import type { NamedRefreshToken } from "../../src/store/records.ts";
import { StoreUnavailable } from "../../src/store/store.ts";
import { nextOf, World } from "../store/world.ts";
import { openPlace, type Place } from "./store-of.ts";
import { tell } from "./tell.ts";

export interface Refreshed {
  /** "ready" before all. */
  readonly kind: string;
  readonly token: NamedRefreshToken | null;
  /** The successor that this process brought. */
  readonly next: NamedRefreshToken | null;
  readonly revoked: boolean;
}

const AT_ONCE = 50;
const place = JSON.parse(process.argv[2] ?? "") as Place;
const tokens = JSON.parse(
  readFileSync(process.argv[3] ?? "", "utf8"),
) as readonly NamedRefreshToken[];
const store = await openPlace(place);
const sealer = new Sealer({
  store,
  clock: () => Date.now(),
  holder: randomUUID(),
  failed: () => {},
});
sealer.start();
tell({
  kind: "ready",
  token: null,
  next: null,
  revoked: false,
} satisfies Refreshed);
await new Promise((resolve) => process.stdin.once("end", resolve).resume());

/** On a busy machine the pool's patience ends before it has a connection to give. Then nothing was asked, and a client would come again. */
async function waitForConnection<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (
        !(error instanceof StoreUnavailable) ||
        !error.message.includes("timeout exceeded when trying to connect")
      )
        throw error;
    }
  }
}

const world = new World(store);
let begun = 0;
async function lane(): Promise<void> {
  for (;;) {
    const token = tokens[begun++];
    if (token === undefined) return;
    world.now = Date.now();
    const input = world.use(token);
    const used = await waitForConnection(async () =>
      store.useRefreshToken(input),
    );
    const outcome = used?.outcome;
    tell({
      kind: outcome?.kind ?? "unknown",
      token,
      next: nextOf(input),
      revoked: outcome?.kind === "reused" && outcome.revoked,
    } satisfies Refreshed);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, lane));
await sealer.close();
await store.close();
