/**
 * The journal as JSON Lines: one header, then one entry a line, as they were sealed. Personal fields stay encrypted: an export can be kept
 * where the master key is not, its chain can be checked there, and a person who is erased is erased in it too.
 */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { NEWEST_VERSION } from "../store/migrations/migrations.ts";
import type { Store } from "../store/store.ts";
import type { SealedEntry } from "./events.ts";
import { chainAnchor, chainEntries, chainHead } from "./stored-chain.ts";
import {
  verifyChain,
  type ChainLink,
  type ChainReport,
} from "./verify-chain.ts";

export interface ExportHeader {
  /** Version of this form. */
  readonly assayJournal: 1;
  readonly issuer: string;
  /** Of the database that it comes from. */
  readonly schemaVersion: number;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** The place before the first entry. */
  readonly anchor: ChainLink;
  /** The last entry. */
  readonly head: ChainLink;
}

export interface ExportOptions {
  readonly store: Pick<Store, "readJournal" | "readValue">;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Where the export before ended: only what came later. Entries that retention took are not there any more. */
  readonly after?: ChainLink;
}

/** Lines without their ends. */
export async function* exportJournal({
  store,
  issuer,
  clock,
  after,
}: ExportOptions): AsyncGenerator<string> {
  const first = await chainAnchor(store);
  const anchor = after && after.sequence > first.sequence ? after : first;
  const head = await chainHead(store);
  const header: ExportHeader = {
    assayJournal: 1,
    issuer,
    schemaVersion: NEWEST_VERSION,
    exportedAt: new Date(clock()).toISOString(),
    anchor,
    head,
  };
  yield JSON.stringify(header);
  for await (const entry of chainEntries(store, anchor.sequence, head.sequence))
    yield JSON.stringify(entry);
}

/** A text that is no export, or a line of it that is no entry. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

export interface ExportReport extends ChainReport {
  readonly header: ExportHeader;
}

/** Checks an export without a server and without a key. Throws ExportError. */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  known: readonly ChainLink[] = [],
): Promise<ExportReport> {
  const iterator = numbered(lines);
  const first = await iterator.next();
  const header = first.done === true ? null : headerOf(first.value.text);
  if (!header)
    throw new ExportError(
      "line 1: expected the header of an export of the journal",
    );
  const report = await verifyChain({
    entries: entriesOf(iterator),
    anchor: header.anchor,
    head: header.head,
    known,
  });
  return { ...report, header };
}

/** The lines of a file or of standard input. */
export const linesOf = (stream: Readable): AsyncIterable<string> =>
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });

interface Line {
  readonly text: string;
  readonly number: number;
}

async function* numbered(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of lines) {
    number++;
    if (text.trim() !== "") yield { text, number };
  }
}

async function* entriesOf(
  lines: AsyncIterable<Line>,
): AsyncGenerator<SealedEntry> {
  for await (const { text, number } of lines) {
    const entry = parsed(text);
    if (
      typeof entry?.["sequence"] !== "number" ||
      typeof entry["id"] !== "string" ||
      typeof entry["hash"] !== "string"
    )
      throw new ExportError(`line ${number}: expected an entry of the journal`);
    const sealed = entry as unknown as SealedEntry;
    yield isAsExported(sealed, text) ? sealed : { ...sealed, hash: "" };
  }
}

const SEALED = new Set(
  "sequence id at event clientId grantId tokenId resource facts personal hash".split(
    " ",
  ),
);

/** Threat: a member that no hash covers, or one that stands twice, would be read as if it had been sealed. */
const isAsExported = (entry: SealedEntry, text: string): boolean =>
  JSON.stringify(entry) === text.trim() &&
  Object.keys(entry).every((name) => SEALED.has(name)) &&
  Object.keys(entry.personal ?? {}).every(
    (name) => name === "keyId" || name === "cipher",
  );

function headerOf(line: string): ExportHeader | null {
  const header = parsed(line);
  return header?.["assayJournal"] === 1 &&
    isLink(header["anchor"]) &&
    isLink(header["head"])
    ? (header as unknown as ExportHeader)
    : null;
}

const isLink = (value: unknown): value is ChainLink =>
  typeof value === "object" &&
  value !== null &&
  "sequence" in value &&
  typeof value.sequence === "number" &&
  "hash" in value &&
  typeof value.hash === "string";

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
