/**
 * A change of the master key: what stands sealed in the store under an older one is sealed under the one that seals now. It may be
 * interrupted and run again, beside running servers that know both keys. What is derived from the data root stays as it is.
 */
import type { JournalEntry } from "../journal/events.ts";
import { DATA_ROOT, type MasterKey } from "../master-key.ts";
import {
  maySign,
  placeOf,
  SIGNING_KEY,
  SPENT_SIGNING_KEY,
} from "../signing-keys/local-signer.ts";
import type { SigningKeyRecord } from "../store/records.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";

/** A value of the store that is sealed by itself: its name there, and what it was sealed for. */
export interface SealedValue {
  readonly name: string;
  readonly purpose: string;
  readonly aad: string;
}

export interface Resealed {
  readonly values: number;
  readonly signingKeys: number;
}

/** Others may write the same rows; after so many tries something else is wrong. */
const TRIES = 32;

/** The values that stand sealed in the store. Whoever seals another puts it here, or it is lost with the old master key. */
export const SEALED_VALUES: readonly SealedValue[] = [
  { name: DATA_ROOT, purpose: DATA_ROOT, aad: DATA_ROOT },
];

/**
 * Reseals the data root, further values and the signing keys, and writes `entry` to the journal. Run it again when it throws; an older
 * master key may be dropped when it came to its end, and the handles that it sealed have ended. Throws UnsealError for what no given key opens.
 */
export async function resealAll(
  store: Pick<
    Store,
    | "readValue"
    | "writeValue"
    | "listSigningKeys"
    | "changeSigningKeys"
    | "signingKeysVersion"
    | "writeEntries"
  >,
  master: MasterKey,
  entry: Omit<JournalEntry, "event" | "facts">,
): Promise<Resealed> {
  let values = 0;
  for (const value of SEALED_VALUES)
    if (await resealValue(store, master, value)) values++;
  const signingKeys = await resealSigningKeys(store, master);
  await store.writeEntries([
    {
      ...entry,
      event: "master_key.rotated",
      facts: { key: master.keyId, values, signingKeys },
    },
  ]);
  return { values, signingKeys };
}

async function resealValue(
  store: Pick<Store, "readValue" | "writeValue">,
  master: MasterKey,
  { name, purpose, aad }: SealedValue,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const sealed = await store.readValue(name);
    if (sealed === null || !master.needsReseal(sealed)) return false;
    const again = master.reseal(purpose, sealed, aad);
    if (await store.writeValue(name, sealed, again)) return true;
  }
  throw overtaken(name);
}

async function resealSigningKeys(
  store: Pick<
    Store,
    "listSigningKeys" | "changeSigningKeys" | "signingKeysVersion"
  >,
  master: MasterKey,
): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const version = await store.signingKeysVersion();
    const old = (await store.listSigningKeys()).filter(({ sealed }) =>
      master.needsReseal(sealed),
    );
    const resealed = old.map((key) => resealKey(key, master));
    if (
      old.length === 0 ||
      (await store.changeSigningKeys(version, resealed, [], []))
    )
      return old.length;
  }
  throw overtaken("the signing keys");
}

const resealKey = (
  key: SigningKeyRecord,
  master: MasterKey,
): SigningKeyRecord => ({
  ...key,
  sealed: master.reseal(
    maySign(key) ? SIGNING_KEY : SPENT_SIGNING_KEY,
    key.sealed,
    placeOf(key.kid, key.algorithm),
  ),
});

const overtaken = (what: string): StoreUnavailable =>
  new StoreUnavailable(
    `${what}: changed by others ${TRIES} times running while it was sealed again`,
  );
