/**
 * Backup and restore of the embedded store. PostgreSQL has its own (pg_dump and pg_restore, or base backups): after a restore there,
 * `markRestored` of the store does what `restoreSqlite` does here.
 *
 * Threat: a backup holds what the database holds. It is written with mode 0600; private keys and personal fields stand in it sealed, so
 * the master key must be kept as well, and elsewhere.
 */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { EntryIds } from "../../journal/entry-id.ts";
import { StartError } from "../../start-error.ts";
import { verbOf } from "../sql/verbs.ts";
import { checkDatabase, type DatabaseReport } from "./check-database.ts";
import { runVerb } from "./run-verb.ts";
import { migrateDatabase } from "./migrate.ts";
import { lockForOneServer } from "./server-lock.ts";

/** Copies a database, in use or not, as it is at one moment. Nothing stands under the name `to` until the copy is whole and checked. */
export async function backUpSqlite(
  path: string,
  to: string,
): Promise<DatabaseReport> {
  refuseWhatIsNoFile(
    path,
    "a database",
    `assay backup ${to} --data-folder FOLDER`,
  );
  refuseToReplace(to);
  return published(to, (unfinished) => copyDatabase(path, unfinished));
}

/** With all that its log holds. */
function copyDatabase(path: string, to: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec("PRAGMA busy_timeout = 5000");
    // One read transaction: neither waits for the server's writer nor holds it up.
    database.prepare("VACUUM INTO ?").run(to);
  } finally {
    database.close();
  }
}

export interface Restoration {
  readonly from: string;
  /** Where the server looks for its database. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly random: (bytes: number) => Uint8Array;
  /**
   * Whether tokens from before the backup stay good: also those that were revoked after it, of which the backup knows nothing. Without it
   * everybody signs in anew.
   */
  readonly keepTokens: boolean;
}

export interface Restored extends DatabaseReport {
  /** Where the database is now that stood there before; null: there was none. */
  readonly replaced: string | null;
}

/** Puts a backup in the place of the database. Throws StartError while a server uses that, or when the backup is not whole. */
export async function restoreSqlite({
  from,
  path,
  now,
  random,
  keepTokens,
}: Restoration): Promise<Restored> {
  refuseWhatIsNoFile(from, "a backup");
  const { issuers } = await checkDatabase(from);
  const lock = lockForOneServer(path);
  try {
    let replaced: string | null = null;
    const report = await published(
      path,
      (unfinished) => {
        copyDatabase(from, unfinished);
        markRestored(unfinished, issuers, now, random, keepTokens);
      },
      () => {
        if (existsSync(path)) replaced = putAside(path, now);
      },
    );
    return { ...report, replaced };
  } finally {
    lock.release();
  }
}

/** Also what this user may not read: the database belongs to the one that runs the server. */
function refuseWhatIsNoFile(
  path: string,
  expected: string,
  tryInstead: string | null = null,
): void {
  try {
    if (!statSync(path).isFile())
      throw new StartError(
        `expected ${expected} at ${path}, found what is no file`,
      );
    accessSync(path, constants.R_OK);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `expected ${expected} at ${path}, found ${code === "ENOENT" ? "none" : code}`,
      tryInstead,
      error,
    );
  }
}

function refuseToReplace(to: string): void {
  if (existsSync(to))
    throw new StartError(
      `expected a name for the backup that is free, found a file at ${to}`,
    );
}

/**
 * Writes under another name, and gives the file its own when it is whole, checked and on disk. `makeRoom` comes last. Threat: a disk that is full
 * leaves nothing under the name, and the next start takes that for a server that never was.
 */
async function published(
  to: string,
  write: (unfinished: string) => void,
  makeRoom: () => void = () => {},
): Promise<DatabaseReport> {
  const unfinished = `${to}.unfinished`;
  remove(unfinished);
  try {
    // Made by us, empty: so that nobody else can read it from its first byte on.
    closeSync(openSync(unfinished, "wx", 0o600));
    write(unfinished);
    chmodSync(unfinished, 0o600);
    flush(unfinished);
    const report = await checkDatabase(unfinished);
    makeRoom();
    renameSync(unfinished, to);
    flush(dirname(to));
    return report;
  } catch (error) {
    remove(unfinished);
    throw error instanceof StartError
      ? error
      : new StartError(
          `expected room for a database at ${to}, found that it cannot be written: ${(error as Error).message}`,
          null,
          error,
        );
  }
}

/** With what SQLite puts beside it. */
function remove(path: string): void {
  for (const part of ["-wal", "-shm", "-journal", ""])
    rmSync(path + part, { force: true });
}

function flush(path: string): void {
  const file = openSync(path, statSync(path).isDirectory() ? "r" : "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The old database is kept, with what its log holds, under a name that tells when. */
function putAside(path: string, now: number): string {
  const aside = `${path}.replaced-${new Date(now).toISOString().replaceAll(":", "")}`;
  for (const part of ["-wal", "-shm", ""])
    if (existsSync(path + part)) renameSync(path + part, aside + part);
  return aside;
}

function markRestored(
  path: string,
  issuers: readonly string[],
  now: number,
  random: (bytes: number) => Uint8Array,
  keepTokens: boolean,
): void {
  const ids = new EntryIds(random);
  const database = new DatabaseSync(path);
  try {
    // A backup of an earlier release is brought to this one.
    migrateDatabase(database);
    database.exec("BEGIN IMMEDIATE");
    for (const issuer of issuers) {
      const entry = keepTokens
        ? null
        : {
            id: ids.next(now),
            at: now,
            event: "subject.tokens_revoked_before",
            facts: { because: "restored_from_backup" },
            personal: null,
          };
      runVerb(database, new Map(), verbOf("markRestored")(issuer, now, entry));
    }
    database.exec("COMMIT");
  } finally {
    database.close();
  }
}
