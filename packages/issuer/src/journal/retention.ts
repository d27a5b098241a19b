/** How long the journal is kept. The front of the chain goes, in small batches; the rest can be checked as before. */
import type { Store } from "../store/store.ts";
import { chainAnchor } from "./stored-chain.ts";
import type { JournalWriter } from "./journal-writer.ts";
import { NOBODY } from "./personal-fields.ts";

export interface RetentionOptions {
  readonly store: Pick<Store, "trimJournal" | "readValue" | "readJournal">;
  readonly journal: Pick<JournalWriter, "write">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly days: number;
  /** Rows that one transaction removes, of one entry or several: no request waits longer than for one. */
  readonly batch?: number;
}

const DAY_MS = 24 * 3600 * 1000;
const BATCH = 500;

/** Removes what is older. What went is told in the journal itself. Returns how many entries that were. */
export async function retainJournal({
  store,
  journal,
  clock,
  days,
  batch = BATCH,
}: RetentionOptions): Promise<number> {
  const before = clock() - days * DAY_MS;
  let gone = 0;
  for (let last = batch; last >= batch; gone += last)
    last = await store.trimJournal(before, batch);
  if (gone === 0) return 0;
  const { sequence, hash } = await chainAnchor(store);
  await journal.write(
    "journal.trimmed",
    { facts: { entries: gone, upTo: sequence, hash } },
    NOBODY,
  );
  return gone;
}
