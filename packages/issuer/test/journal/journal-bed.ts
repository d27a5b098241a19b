/** A journal over a real store in a folder of its own, with a clock that stands still until it is moved. */
import { randomBytes } from "node:crypto";
import { LifeStories } from "../../src/journal/life-story.ts";
import { JournalWriter, type Who } from "../../src/journal/journal-writer.ts";
import { openMasterKey, type MasterKey } from "../../src/master-key.ts";
import type { Store } from "../../src/store/store.ts";
import { openTemporaryStore } from "../temporary-store.ts";

export const ISSUER = "https://issuer.example";
export const API = "https://api.example";

export interface JournalBed {
  readonly path: string;
  readonly store: Store;
  readonly master: MasterKey;
  readonly journal: JournalWriter;
  readonly lives: LifeStories;
  readonly clock: () => number;
  /** Moves the clock on. */
  pass(seconds: number): void;
  /** Numbers all that was written. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

export async function openJournalBed(): Promise<JournalBed> {
  const { path, store, master: secret, close } = await openTemporaryStore();
  const master = await openMasterKey(store, [secret], randomBytes);
  let now = Date.UTC(2026, 10, 22, 12);
  const clock = (): number => now;
  const journal = new JournalWriter({
    store,
    master,
    clock,
    random: randomBytes,
  });
  const { personal } = journal;
  return {
    path,
    store,
    master,
    journal,
    clock,
    lives: new LifeStories({ store, personal, issuer: ISSUER, clock }),
    pass(seconds) {
      now += seconds * 1000;
    },
    async seal() {
      while ((await store.seal(1000)).entries > 0);
    },
    close,
  };
}

export const who = (more: Partial<Who> = {}): Who => ({
  subject: null,
  clientId: null,
  ip: null,
  agent: null,
  ...more,
});
