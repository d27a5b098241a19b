/** A SQLite store in a folder of its own, which goes when it is closed, and a master key for it. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MasterSecret } from "../src/master-key.ts";
import { openSqliteStore } from "../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../src/store/store.ts";

export interface TemporaryStore {
  readonly folder: string;
  /** Of the database. */
  readonly path: string;
  readonly store: Store;
  readonly master: MasterSecret;
  readonly close: () => Promise<void>;
}

export async function openTemporaryStore(): Promise<TemporaryStore> {
  const folder = mkdtempSync(join(tmpdir(), "assay-issuer-"));
  const path = join(folder, "issuer.sqlite");
  const store = await openSqliteStore({ path, issuerId: "one" });
  return {
    folder,
    path,
    store,
    master: new MasterSecret(randomBytes(32)),
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
