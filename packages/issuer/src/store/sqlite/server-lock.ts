/**
 * One server process for one SQLite file. The lock is an open transaction on a small file beside the database: the system ends it with
 * the process, however that ends. Threat: two servers whose sealers number the same rows, and whose caches know nothing of each other.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../../start-error.ts";

export interface ServerLock {
  release(): void;
}

/** Throws StartError, which names the process that has the lock. */
export function lockForOneServer(path: string): ServerLock {
  const name = `${path}.owner`;
  const database = new DatabaseSync(`${path}.lock`);
  try {
    database.exec("PRAGMA journal_mode = MEMORY");
    database.exec("BEGIN EXCLUSIVE");
  } catch {
    database.close();
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
