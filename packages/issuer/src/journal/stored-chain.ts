/** The chain as the store has it. */
import { setImmediate as turn } from "node:timers/promises";
import type { Store } from "../store/store.ts";
import type { SealedEntry } from "./events.ts";
import {
  CHAIN_START,
  verifyChain,
  type ChainLink,
  type ChainReport,
} from "./verify-chain.ts";

type Journal = Pick<Store, "readJournal" | "readValue">;

/** Entries that are read at once. */
const PAGE = 1000;
/** Retention may trim the front while it is being read: then it is begun again. */
const TRIES = 3;

/** The place before the first entry that is still there. */
export const chainAnchor = async (store: Journal): Promise<ChainLink> =>
  (await link(store, "journal-anchor")) ?? CHAIN_START;

/** The newest sealed entry. */
export const chainHead = async (store: Journal): Promise<ChainLink> =>
  (await link(store, "journal-head")) ?? CHAIN_START;

/** Entries after one number up to another, in their order. */
export async function* chainEntries(
  store: Journal,
  after: number,
  upTo: number,
): AsyncGenerator<SealedEntry> {
  for (let last = after; last < upTo;) {
    const page = await store.readJournal({ after: last, limit: PAGE });
    // The embedded store reads at once: without a turn of the event loop between, nobody else would be served until the end.
    await turn();
    for (const entry of page) {
      if (entry.sequence > upTo) return;
      yield entry;
    }
    const end = page.at(-1);
    if (!end) return;
    last = end.sequence;
  }
}

/** Checks what the store holds now, up to the head that it names. `known`: places that were noted elsewhere. */
export async function verifyStoredChain(
  store: Journal,
  known: readonly ChainLink[] = [],
): Promise<ChainReport> {
  for (let tries = 1; ; tries++) {
    const anchor = await chainAnchor(store);
    const head = await chainHead(store);
    const entries = chainEntries(store, anchor.sequence, head.sequence);
    const report = await verifyChain({ entries, anchor, head, known });
    if (report.fault?.kind !== "missing" || tries === TRIES) return report;
    const now = await chainAnchor(store);
    if (now.sequence === anchor.sequence) return report;
  }
}

async function link(store: Journal, name: string): Promise<ChainLink | null> {
  const value = await store.readValue(name);
  return value === null ? null : (JSON.parse(value) as ChainLink);
}
