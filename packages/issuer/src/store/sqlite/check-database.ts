/** Whether the file of a database is whole: its pages, its schema, and the chain of its journal. */
import { DatabaseSync } from "node:sqlite";
import { verifyStoredChain } from "../../journal/stored-chain.ts";
import { StartError } from "../../start-error.ts";
import { dueMigrations } from "../migrations/migrations.ts";
import { verbOf } from "../sql/verbs.ts";
import type { Store } from "../store.ts";
import { runVerb, type Prepared } from "./run-verb.ts";

export interface DatabaseReport {
  readonly schemaVersion: number;
  /** Issuers whose data it holds. */
  readonly issuers: readonly string[];
  /** Sealed entries of the journal, all of which hold together. */
  readonly journalEntries: number;
}

/** For a file that no server writes to. Throws StartError, which says what is wrong. */
export async function checkDatabase(path: string): Promise<DatabaseReport> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    checkPages(database, path);
    const schemaVersion = versionOf(database, path);
    const issuers = database
      .prepare(
        "SELECT issuer_id FROM server_values UNION SELECT issuer_id FROM journal UNION SELECT issuer_id FROM clients",
      )
      .all()
      .map((row) => String(row["issuer_id"]));
    let journalEntries = 0;
    for (const issuer of issuers)
      journalEntries += await checkJournal(database, issuer, path);
    return { schemaVersion, issuers, journalEntries };
  } finally {
    database.close();
  }
}

function checkPages(database: DatabaseSync, path: string): void {
  let found: readonly unknown[];
  try {
    found = database
      .prepare("PRAGMA integrity_check(3)")
      .all()
      .map((row) => row["integrity_check"]);
  } catch (error) {
    found = [(error as Error).message];
  }
  if (found.length !== 1 || found[0] !== "ok")
    throw new StartError(
      `expected a whole database in ${path}, found that it is damaged: ${found.join("; ")}`,
    );
}

function versionOf(database: DatabaseSync, path: string): number {
  const row = database.prepare("PRAGMA user_version").get();
  const version = Number(row?.["user_version"]);
  // Throws for one that is too new.
  dueMigrations(version);
  if (version === 0)
    throw new StartError(
      `expected a database of this server in ${path}, found one without its tables`,
    );
  return version;
}

async function checkJournal(
  database: DatabaseSync,
  issuer: string,
  path: string,
): Promise<number> {
  const prepared: Prepared = new Map();
  const run = async (verb: string, ...args: readonly unknown[]) =>
    runVerb(database, prepared, verbOf(verb)(issuer, ...args));
  const journal = {
    readJournal: async (...args: readonly unknown[]) =>
      run("readJournal", ...args),
    readValue: async (...args: readonly unknown[]) => run("readValue", ...args),
  } as Pick<Store, "readJournal" | "readValue">;
  const { checked, fault } = await verifyStoredChain(journal);
  if (fault)
    throw new StartError(
      `expected a journal that holds together in ${path}, found entry ${"from" in fault ? fault.from : fault.sequence} ${fault.kind}`,
    );
  return checked;
}
