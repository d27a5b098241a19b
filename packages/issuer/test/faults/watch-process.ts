/** Reads the feed of revocations as a server does for its guards, and tells when it saw each. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Sealer } from "../../src/journal/sealer.ts";
import { openPlace, type Place } from "./store-of.ts";
import { tell } from "./tell.ts";

export interface Sight {
  readonly place: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** How often a server asks its store for what is new. */
const EVERY = 50;
const store = await openPlace(JSON.parse(process.argv[2] ?? "") as Place);
const sealer = new Sealer({
  store,
  clock: () => Date.now(),
  holder: randomUUID(),
  failed: () => {},
});
sealer.start();
tell({ place: "ready", at: Date.now() } satisfies Sight);
let after = 0;
for (;;) {
  for (const { list, index, sequence } of await store.revokedPlaces({
    after,
    limit: 1000,
  })) {
    tell({ place: `${list} ${index}`, at: Date.now() } satisfies Sight);
    after = sequence;
  }
  await wait(EVERY);
}
