/**
 * A change of the master key: what stands sealed in the store under an older one is sealed under the one that seals now. It may be
 * interrupted and run again, beside running servers that know both keys. What is derived from the data root stays as it is.
 */
import {
  CLIENT_SECRET_PURPOSE,
  clientSecretPlace,
} from "../clients/sealed-secret.ts";
import type { JournalEntry } from "../journal/events.ts";
import { PERSONAL_KEY } from "../journal/personal-fields.ts";
import { DATA_ROOT, type MasterKey } from "../master-key.ts";
import { placeOf, purposeOf } from "../signing-keys/local-signer.ts";
import type { SealedRow, SigningKeyRecord } from "../store/records.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";

/** A value of the store that is sealed by itself: its name there, and what it was sealed for. */
export interface SealedValue {
  readonly name: string;
  readonly purpose: string;
  readonly aad: string;
}

/** How many of each were sealed again. */
export interface Resealed {
  readonly values: number;
  readonly signingKeys: number;
  readonly personalKeys: number;
  readonly clientSecrets: number;
}

/** So many rows are read and written at a time, so that no request waits long behind them. */
const BATCH = 100;

/** Others may write the same rows; after so many tries something else is wrong. */
const TRIES = 32;

/** The values that stand sealed in the store. Whoever seals another puts it here, or it is lost with the old master key. */
export const SEALED_VALUES: readonly SealedValue[] = [
  { name: DATA_ROOT, purpose: DATA_ROOT, aad: DATA_ROOT },
];

/** What each kind of row was sealed for, and at which place. */
const ROWS: {
  readonly [Kind in SealedRow["kind"]]: {
    readonly purpose: string;
    readonly aad: (id: readonly string[]) => string;
  };
} = {
  personal_key: { purpose: PERSONAL_KEY, aad: ([keyId = ""]) => keyId },
  client_secret: {
    purpose: CLIENT_SECRET_PURPOSE,
    aad: ([clientId = "", secretId = ""]) =>
      clientSecretPlace(clientId, secretId),
  },
};

/**
 * Reseals the data root, the signing keys, persons' keys and client secrets, and writes `entry` to the journal. Run it again when it throws; an older
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
    | "listSealed"
    | "replaceSealed"
    | "writeEntries"
  >,
  master: MasterKey,
  entry: Omit<JournalEntry, "event" | "facts">,
): Promise<Resealed> {
  let values = 0;
  for (const value of SEALED_VALUES)
    if (await resealValue(store, master, value)) values++;
  const resealed: Resealed = {
    values,
    signingKeys: await resealSigningKeys(store, master),
    personalKeys: await resealRows(store, master, "personal_key"),
    clientSecrets: await resealRows(store, master, "client_secret"),
  };
  await store.writeEntries([
    {
      ...entry,
      event: "master_key.rotated",
      facts: { key: master.keyId, ...resealed },
    },
  ]);
  return resealed;
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

/** A row that was changed meanwhile was sealed by another, under the newest key that it knows: a second run finds what is left. */
async function resealRows(
  store: Pick<Store, "listSealed" | "replaceSealed">,
  master: MasterKey,
  kind: SealedRow["kind"],
): Promise<number> {
  const { purpose, aad } = ROWS[kind];
  let replaced = 0;
  for (let after: readonly string[] = []; ;) {
    const rows = await store.listSealed(kind, after, BATCH);
    const changes = rows
      .filter(({ sealed }) => master.needsReseal(sealed))
      .map((row) => ({
        row,
        sealed: master.reseal(purpose, row.sealed, aad(row.id)),
      }));
    if (changes.length > 0) replaced += await store.replaceSealed(changes);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return replaced;
    after = last.id;
  }
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
    purposeOf(key),
    key.sealed,
    placeOf(key.kid, key.algorithm),
  ),
});

const overtaken = (what: string): StoreUnavailable =>
  new StoreUnavailable(
    `${what}: changed by others ${TRIES} times running while it was sealed again`,
  );
