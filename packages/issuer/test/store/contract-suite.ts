/** What every back-end of the store must do. `sqlite.test.ts` and `postgres.test.ts` run it. */
import { describe, test } from "node:test";
import type { Store } from "../../src/store/store.ts";
import { proveAccessTokens } from "./contract/access-tokens.ts";
import { proveClients } from "./contract/clients.ts";
import { proveCodes } from "./contract/codes.ts";
import { proveGuards } from "./contract/guards.ts";
import { proveJournal } from "./contract/journal.ts";
import { proveRefresh } from "./contract/refresh.ts";
import { proveRevocation } from "./contract/revocation.ts";
import { proveServer } from "./contract/server.ts";
import { proveSweep } from "./contract/sweep.ts";
import { proveTexts } from "./contract/texts.ts";
import { World } from "./world.ts";

export interface OpenStore {
  readonly store: Store;
  /** Closes it and opens the same data again. */
  reopen(): Promise<Store>;
  /** How many rows each table has. */
  rows(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface BackEnd {
  readonly name: string;
  /** A store without data. */
  open(): Promise<OpenStore>;
}

/** A test with a store of its own. */
export type Prove = (
  sentence: string,
  work: (world: World, opened: OpenStore) => Promise<void>,
) => void;

export function proveStore(backEnd: BackEnd): void {
  const prove: Prove = (sentence, work) => {
    test(sentence, async () => {
      const opened = await backEnd.open();
      try {
        await work(new World(opened.store), opened);
      } finally {
        await opened.close();
      }
    });
  };
  describe(backEnd.name, () => {
    proveClients(prove);
    proveCodes(prove);
    proveAccessTokens(prove);
    proveRefresh(prove);
    proveRevocation(prove);
    proveJournal(prove);
    proveGuards(prove);
    proveServer(prove);
    proveSweep(prove);
    proveTexts(prove);
  });
}
