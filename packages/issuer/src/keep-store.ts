/** What an operator does with the store himself: he says that it was put back from a backup, seals it under a new master key, or asks for a new first admin token. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openExistingStore } from "./configured-store.ts";
import { firstStartAgain } from "./first-start.ts";
import { EntryIds } from "./journal/entry-id.ts";
import type { JournalEntry } from "./journal/events.ts";
import { openMasterKey } from "./master-key.ts";
import {
  CREDENTIALS_VARIABLE,
  MASTER_KEY_VARIABLE,
  parseMasterKeys,
  readMasterKeyFile,
} from "./master-key/read-master-keys.ts";
import { resealAll, type Resealed } from "./master-key/reseal-all.ts";
import type { Settings } from "./options.ts";
import type { Store } from "./store/store.ts";

export type { Resealed };

/**
 * For a PostgreSQL database that was put back by its own means, before a server uses it: what `restoreSqlite` does by itself. All tokens from
 * before now are ended, unless `keepTokens`. Throws StartError.
 */
export async function markStoreRestored(
  settings: Settings,
  keepTokens: boolean,
): Promise<void> {
  await withStore(settings, async (store) => {
    const now = Date.now();
    await store.markRestored(
      now,
      keepTokens
        ? null
        : {
            ...plainEntry(now),
            event: "subject.tokens_revoked_before",
            facts: { because: "restored_from_backup" },
          },
    );
  });
}

/**
 * Seals under the first master key what stands sealed under another that is given. On PostgreSQL beside running servers; SQLite has one process
 * at a time, so its server stands still meanwhile. Throws StartError, and UnsealError for what none of the keys opens.
 */
export async function resealStore(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Resealed> {
  const { dataFolder, masterKeyFile } = settings;
  const variable = env[MASTER_KEY_VARIABLE];
  // No key is made here: a new one opens nothing that is there.
  const secrets = variable
    ? parseMasterKeys(variable, MASTER_KEY_VARIABLE)
    : readMasterKeyFile(
        masterKeyFile || join(dataFolder, "master-key"),
        env[CREDENTIALS_VARIABLE],
      );
  return withStore(settings, async (store) => {
    const master = await openMasterKey(store, secrets, randomBytes);
    return resealAll(store, master, plainEntry(Date.now()));
  });
}

/** The next start makes a first admin token once more. False: it does so already. Throws StartError. */
export const askForAdminToken = async (settings: Settings): Promise<boolean> =>
  withStore(settings, firstStartAgain);

const plainEntry = (now: number): Omit<JournalEntry, "event" | "facts"> => ({
  id: new EntryIds(randomBytes).next(now),
  at: now,
  personal: null,
});

async function withStore<Result>(
  settings: Settings,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openExistingStore(settings);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
