/** The key of bound tokens, kept by the browser: it can be used after a reload, and never be read out. */
import { generateDpopKey, type DpopKeyPair } from "../dpop.ts";

/** The parts of IndexedDB that are used. */
interface Pending<Result> {
  readonly result: Result;
  readonly error: Error | null;
  addEventListener(
    type: "success" | "error" | "upgradeneeded",
    heard: () => void,
  ): void;
}
interface Keys {
  get(name: string): Pending<DpopKeyPair | undefined>;
  put(pair: DpopKeyPair, name: string): Pending<unknown>;
}
interface Database {
  createObjectStore(name: string): unknown;
  transaction(
    store: string,
    mode: "readwrite",
  ): { objectStore(name: string): Keys };
  close(): void;
}
const DATABASE = "assay-client";
const STORE = "keys";

/**
 * The key pair of that name, made at its first use; all tabs of an origin get the same. For the option `dpop`. Rejects where the browser
 * keeps nothing, as in some private windows.
 */
export async function keptDpopKey(name: string): Promise<DpopKeyPair> {
  const { indexedDB } = globalThis as unknown as {
    readonly indexedDB: {
      open(name: string, version: number): Pending<Database>;
    };
  };
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener("upgradeneeded", () => {
    opening.result.createObjectStore(STORE);
  });
  const database = await outcome(opening);
  const keys = (): Keys =>
    database.transaction(STORE, "readwrite").objectStore(STORE);
  try {
    const known = await outcome(keys().get(name));
    if (known) return known;
    const made = await generateDpopKey();
    // Another tab may have made one meanwhile; a transaction decides, and must not wait for anything else.
    const writing = keys();
    const first = await outcome(writing.get(name));
    if (first) return first;
    await outcome(writing.put(made, name));
    return made;
  } finally {
    database.close();
  }
}

const outcome = async <Result>(pending: Pending<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    pending.addEventListener("success", () => resolve(pending.result));
    pending.addEventListener("error", () => reject(pending.error));
  });
