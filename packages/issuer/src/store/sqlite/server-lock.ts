/**
 * One server process for one SQLite file. The lock is an open transaction on a small file beside the database: the system ends it with
 * the process, however that ends. Threat: two servers whose sealers number the same rows, and whose caches know nothing of each other.
 */
import {
  existsSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isBusy } from "./failure.ts";
import { StartError } from "../../start-error.ts";

export interface ServerLock {
  release(): void;
}

/** Throws StartError, which names the process that has the lock. */
export function lockForOneServer(given: string): ServerLock {
  // Threat: one file under two names has two locks.
  const path = existsSync(given) ? realpathSync(given) : given;
  const name = `${path}.owner`;
  const database = openLock(`${path}.lock`);
  try {
    database.exec("PRAGMA journal_mode = MEMORY");
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw notWritable(path, error);
    throw new StartError(
      `expected a database that no other server uses, found ${path} in use by ${ownerOf(name)}; stop that one first, or give this one another --database`,
    );
  }
  writeFileSync(
    name,
    JSON.stringify({ pid: process.pid, since: new Date().toISOString() }),
    { mode: 0o600 },
  );
  return {
    release() {
      rmSync(name, { force: true });
      database.close();
    },
  };
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path);
  } catch (error) {
    throw notWritable(path, error);
  }
}

const notWritable = (path: string, error: unknown): StartError =>
  new StartError(
    `expected a folder in which a database can be written, found that ${path} cannot be: ${(error as Error).message}`,
    null,
    error,
  );

function ownerOf(name: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(name, "utf8")) as {
      pid: unknown;
      since: unknown;
    };
    return `process ${String(pid)} (since ${String(since)})`;
  } catch {
    return "another process";
  }
}
