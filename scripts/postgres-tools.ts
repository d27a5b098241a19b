/** Finds PostgreSQL's programs for the tests of the issuer's store; on a Debian that lets us, brings them. */
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { findOrBring } from "./debian-package.ts";

export const HOW_TO_HAVE_POSTGRES =
  "Install PostgreSQL 15 or newer (on Debian: apt-get install postgresql), or name the folder of its programs in ASSAY_POSTGRES.";

/** As `findPostgres`, and tries to bring it when there is none. */
export const bringPostgres = (): string | null =>
  findOrBring(findPostgres, "postgresql");

/** The folder with initdb, pg_ctl and postgres; null: there is none. */
export function findPostgres(): string | null {
  const named = process.env["ASSAY_POSTGRES"];
  const folders = named
    ? [named]
    : [
        ...globSync("/usr/lib/postgresql/*/bin").toSorted(newestFirst),
        ...(process.env["PATH"] ?? "").split(":"),
        "/opt/homebrew/opt/postgresql/bin",
      ];
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

const newestFirst = (one: string, other: string): number =>
  other.localeCompare(one, "en", { numeric: true });
