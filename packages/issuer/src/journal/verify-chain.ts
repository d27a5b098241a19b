/**
 * Checks a chain of entries, from the store or from an export: numbers without gaps, and a hash in each row that covers the row and the
 * hash before. It needs no key. Threat: somebody with access to the database changes what the journal tells.
 *
 * What it does not promise: whoever can write the database can also make every later hash anew. That shows only against a number and a hash
 * that were noted elsewhere (`known`): an earlier export, a printed head.
 */
import { chainHash, FIRST_HASH } from "./chain.ts";
import type { SealedEntry } from "./events.ts";

/** A place in the chain. */
export interface ChainLink {
  readonly sequence: number;
  readonly hash: string;
}

/** Before the first entry that there ever was. */
export const CHAIN_START: ChainLink = { sequence: 0, hash: FIRST_HASH };

export interface ChainToCheck {
  readonly entries: AsyncIterable<SealedEntry> | Iterable<SealedEntry>;
  /** The place before the first entry. */
  readonly anchor: ChainLink;
  /** The newest entry, as it was noted; null: the end is not checked. */
  readonly head: ChainLink | null;
  /** Places that were noted elsewhere. One behind the end says that the end was cut off; one before the first entry cannot be compared. */
  readonly known?: readonly ChainLink[];
}

export type ChainFault =
  /** The row is not what was sealed under this number. */
  | { readonly kind: "changed"; readonly sequence: number; readonly id: string }
  /** Rows `from` to `to` are not there. */
  | { readonly kind: "missing"; readonly from: number; readonly to: number }
  /** A row more than was sealed: its number stands twice, or lies beyond the end. */
  | {
      readonly kind: "inserted";
      readonly sequence: number;
      readonly id: string;
    }
  /** The row stands behind one with a higher number. */
  | { readonly kind: "order"; readonly sequence: number; readonly id: string }
  /** The chain holds together, and is not the one that was noted: it was made anew. */
  | { readonly kind: "rewritten"; readonly sequence: number };

export interface ChainReport {
  /** Entries that were checked and hold together. */
  readonly checked: number;
  /** The last place that holds. */
  readonly last: ChainLink;
  /** The first place that is wrong; null: none is. */
  readonly fault: ChainFault | null;
}

export async function verifyChain({
  entries,
  anchor,
  head,
  known = [],
}: ChainToCheck): Promise<ChainReport> {
  const noted = new Map(known.map(({ sequence, hash }) => [sequence, hash]));
  let last = anchor;
  let checked = 0;
  const report = (fault: ChainFault | null): ChainReport => ({
    checked,
    last,
    fault,
  });
  const anchorNoted = noted.get(anchor.sequence);
  if (anchorNoted !== undefined && anchorNoted !== anchor.hash)
    return report({ kind: "rewritten", sequence: anchor.sequence });
  for await (const entry of entries) {
    const fault = faultOf(entry, last, head);
    if (fault) return report(fault);
    last = { sequence: entry.sequence, hash: entry.hash };
    if ((noted.get(last.sequence) ?? last.hash) !== last.hash)
      return report({ kind: "rewritten", sequence: last.sequence });
    checked++;
  }
  if (head && last.sequence < head.sequence)
    return report({
      kind: "missing",
      from: last.sequence + 1,
      to: head.sequence,
    });
  if (head && last.hash !== head.hash)
    return report({ kind: "rewritten", sequence: last.sequence });
  const furthest = Math.max(0, ...noted.keys());
  if (furthest > last.sequence)
    return report({
      kind: "missing",
      from: last.sequence + 1,
      to: furthest,
    });
  return report(null);
}

function faultOf(
  entry: SealedEntry,
  last: ChainLink,
  head: ChainLink | null,
): ChainFault | null {
  const { sequence, id } = entry;
  if (sequence === last.sequence) return { kind: "inserted", sequence, id };
  if (sequence < last.sequence) return { kind: "order", sequence, id };
  if (sequence > last.sequence + 1)
    return { kind: "missing", from: last.sequence + 1, to: sequence - 1 };
  if (chainHash(last.hash, entry) !== entry.hash)
    return { kind: "changed", sequence, id };
  return head && sequence > head.sequence
    ? { kind: "inserted", sequence, id }
    : null;
}

/** One sentence: what is wrong, and what it means. */
export function sayFault(fault: ChainFault): string {
  switch (fault.kind) {
    case "changed":
      return `Entry ${fault.sequence} is not the one that was sealed: it was changed, exchanged or moved, or the entry before it was and got a new hash.`;
    case "missing":
      return fault.from === fault.to
        ? `Entry ${fault.from} is missing: it was removed.`
        : `Entries ${fault.from} to ${fault.to} are missing: they were removed.`;
    case "inserted":
      return `Entry ${fault.sequence} was inserted: nothing was sealed at this place.`;
    case "order":
      return `Entry ${fault.sequence} stands behind one with a higher number: the order was changed.`;
    case "rewritten":
      return `The chain was made anew: at entry ${fault.sequence} its hash is not the one that was noted.`;
  }
}
