/** THE TABLE of the store's verbs: which read, and which write. A driver runs them; the types hold them to the port. */
import type { Store } from "../store.ts";
import { findAccessToken, issueAccessToken } from "./access-token-rows.ts";
import {
  addSecret,
  deleteExchangeRule,
  endSecret,
  findClient,
  findResource,
  listClients,
  listExchangeRules,
  listResources,
  noteSecretUsed,
  putClient,
  putExchangeRule,
  putResource,
  replaceClient,
  replaceResource,
} from "./client-rows.ts";
import { findCode, redeemCode, storeCode } from "./code-rows.ts";
import { settleRevocations } from "./cutoff-rows.ts";
import { findGrant, listGrants } from "./grant-rows.ts";
import { writeGuardEvents } from "./guard-rows.ts";
import { readJournal, trimJournal, writeEntries } from "./journal-rows.ts";
import {
  changeSigningKeys,
  listSigningKeys,
  signingKeysVersion,
} from "./key-rows.ts";
import type { Verb } from "./query.ts";
import { findRefreshToken, useRefreshToken } from "./refresh-rows.ts";
import {
  listStatusLists,
  newestRevocation,
  openStatusList,
  revokedPlaces,
} from "./revocation-rows.ts";
import { revoke } from "./revoke.ts";
import { markRestored } from "./restore-rows.ts";
import { oldestUnsealed, seal } from "./seal.ts";
import { listSealed, replaceSealed } from "./sealed-rows.ts";
import {
  acquireLease,
  erasePersonalKey,
  findHandle,
  personalKey,
  readValue,
  rememberOnce,
  storeHandle,
  sweep,
  writeValue,
} from "./server-rows.ts";

type Verbs = Omit<Store, "ping" | "close">;
export type VerbName = keyof Verbs;

/** The verb of that name as a generator: the issuer's id goes first. */
export type VerbOf<Name extends VerbName> = (
  issuer: string,
  ...args: Parameters<Verbs[Name]>
) => Verb<Awaited<ReturnType<Verbs[Name]>>>;

const READS = {
  findClient,
  listClients,
  findResource,
  listResources,
  listExchangeRules,
  findCode,
  findAccessToken,
  findRefreshToken,
  findGrant,
  listGrants,
  listStatusLists,
  revokedPlaces,
  newestRevocation,
  oldestUnsealed,
  listSigningKeys,
  signingKeysVersion,
  findHandle,
  readJournal,
  readValue,
  listSealed,
};

const WRITES = {
  putClient,
  replaceClient,
  addSecret,
  endSecret,
  noteSecretUsed,
  putResource,
  replaceResource,
  putExchangeRule,
  deleteExchangeRule,
  storeCode,
  redeemCode,
  issueAccessToken,
  useRefreshToken,
  revoke,
  settleRevocations,
  openStatusList,
  changeSigningKeys,
  rememberOnce,
  storeHandle,
  acquireLease,
  personalKey,
  erasePersonalKey,
  writeEntries,
  writeGuardEvents,
  seal,
  trimJournal,
  writeValue,
  replaceSealed,
  sweep,
  markRestored,
};

/** Every verb of the port, in one of the tables. */
const VERBS = { ...READS, ...WRITES } satisfies {
  readonly [Name in VerbName]: VerbOf<Name>;
};

/** Runs a verb by its name. Drivers differ in nothing else. */
export interface Runner {
  read(this: void, name: string, args: readonly unknown[]): Promise<unknown>;
  write(this: void, name: string, args: readonly unknown[]): Promise<unknown>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The port over a runner. */
export function storeOver(runner: Runner): Store {
  const verbs: Record<string, unknown> = {};
  const over =
    (run: Runner["read"], name: string) =>
    // An async function around another costs three turns of the queue.
    (...args: readonly unknown[]): Promise<unknown> =>
      run(name, args);
  for (const name of Object.keys(READS)) verbs[name] = over(runner.read, name);
  for (const name of Object.keys(WRITES))
    verbs[name] = over(runner.write, name);
  return {
    ...(verbs as unknown as Verbs),
    ping: async () => runner.ping(),
    close: async () => runner.close(),
  };
}

type AnyVerb = (issuer: string, ...args: readonly unknown[]) => Verb<unknown>;

export function verbOf(name: string): AnyVerb {
  if (!Object.hasOwn(VERBS, name))
    throw new TypeError(`the store has no verb ${name}`);
  return VERBS[name as VerbName] as unknown as AnyVerb;
}
