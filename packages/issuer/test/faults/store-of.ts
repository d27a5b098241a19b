/** Opens the store that a process of these tests was told of. */
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";

export const ISSUER = "http://localhost:4455";

export type Place =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string };

export const openPlace = async (place: Place): Promise<Store> =>
  place.kind === "sqlite"
    ? openSqliteStore({ path: place.path, issuerId: ISSUER })
    : openPostgresStore({
        url: place.url,
        issuerId: ISSUER,
        connectionTimeout: 2000,
      });
