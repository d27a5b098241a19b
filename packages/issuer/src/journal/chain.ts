/**
 * The chain of the journal: each row's hash covers the row and the hash before it. Threat: somebody with access to the database
 * removes or changes the row that tells of what was done; `assay journal verify` finds the place. The hash covers ciphertext where
 * personal fields stand, so that erasing a person's key breaks nothing.
 */
import { hash } from "node:crypto";
import type { JournalEntry } from "./events.ts";

/** What stands before the first row. */
export const FIRST_HASH = "";
/** Characters of a SHA-256 in base64url. */
export const HASH_LENGTH = 43;

/** SHA-256, base64url. The row is written as a JSON array, in this order, for ever: another order would be another chain. */
export function chainHash(
  before: string,
  entry: JournalEntry & { readonly sequence: number },
): string {
  const row = [
    before,
    entry.sequence,
    entry.id,
    entry.at,
    entry.event,
    entry.clientId ?? null,
    entry.grantId ?? null,
    entry.tokenId ?? null,
    entry.resource ?? null,
    entry.facts ?? null,
    entry.personal?.keyId ?? null,
    entry.personal?.cipher ?? null,
  ];
  return hash("sha256", JSON.stringify(row), "base64url");
}
