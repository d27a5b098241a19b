/** What a history holds of the family of one refresh token: when it was first used, what it brought, and what became of that. Pure. */
import type { HistoryEntry } from "../inquiry.ts";

export interface Family {
  /** Entries of the same grant, in the order of time. */
  readonly entries: readonly HistoryEntry[];
  /** The token's first use that brought a successor, milliseconds; null: it was not superseded. */
  readonly firstUse: number | null;
  readonly firstUseIp: string | null;
  /** Ids that were issued at the first use: the successor, and its access token. */
  readonly brought: ReadonlySet<string>;
}

/** Servers write the events of one renewal within this time, in milliseconds. */
const ONE_MOMENT = 5_000;

/** `until`: milliseconds; later entries do not count. */
export function familyOf(
  tokenIds: readonly string[],
  history: readonly HistoryEntry[],
  until: number,
): Family {
  const own = new Set(tokenIds);
  const isOwn = ({ tokenId }: HistoryEntry): boolean =>
    tokenId !== undefined && own.has(tokenId);
  const known = history.find(
    (entry) => isOwn(entry) && entry.grantId !== undefined,
  );
  const first = history.find(isOwn);
  const entries = history
    .filter(
      (entry) =>
        Date.parse(entry.at) <= until &&
        (isOwn(entry) ||
          (known !== undefined
            ? entry.grantId === known.grantId
            : isSibling(entry, first))),
    )
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const uses = entries.filter(
    (entry) => entry.event === "token.refreshed" && isOwn(entry),
  );
  const firstOwn = uses[0];
  const reused = entries.some(
    (entry) => entry.event === "token.reused" && isOwn(entry),
  );
  if (!firstOwn) {
    const successor = issuedAfter(entries, isOwn);
    return {
      entries,
      firstUse: successor ? Date.parse(successor.at) : null,
      firstUseIp: successor?.ip ?? null,
      brought: successor
        ? broughtAt(entries, Date.parse(successor.at), own)
        : new Set(),
    };
  }
  const at = Date.parse(firstOwn.at);
  const brought = broughtAt(entries, at, own);
  const rotates =
    reused ||
    [...brought].some((id) => [...own].some((mine) => sameKind(id, mine)));
  return {
    entries,
    firstUse: rotates ? at : null,
    firstUseIp: firstOwn.ip ?? null,
    brought,
  };
}

/** A history without uses shows a rotation by the next token of the same kind. */
function issuedAfter(
  entries: readonly HistoryEntry[],
  isOwn: (entry: HistoryEntry) => boolean,
): HistoryEntry | undefined {
  const born = entries.find(
    (entry) => entry.event === "token.issued" && isOwn(entry),
  );
  if (!born) return undefined;
  return entries.find(
    (entry) =>
      entry.event === "token.issued" &&
      !isOwn(entry) &&
      Date.parse(entry.at) > Date.parse(born.at) + ONE_MOMENT &&
      sameKind(entry.tokenId ?? "", born.tokenId ?? ""),
  );
}

function broughtAt(
  entries: readonly HistoryEntry[],
  at: number,
  own: ReadonlySet<string>,
): Set<string> {
  return new Set(
    entries.flatMap(({ event, tokenId, at: then }) =>
      event === "token.issued" &&
      tokenId !== undefined &&
      !own.has(tokenId) &&
      Date.parse(then) >= at - 1_000 &&
      Date.parse(then) <= at + ONE_MOMENT
        ? [tokenId]
        : [],
    ),
  );
}

/** Ids of one kind have the same prefix and about the same length: a server's refresh tokens are told from its access tokens so. */
function sameKind(a: string, b: string): boolean {
  return (
    prefixOf(a) === prefixOf(b) &&
    Math.abs(a.length - b.length) <= Math.max(2, b.length / 10)
  );
}

const prefixOf = (id: string): string =>
  /^[A-Za-z0-9]{1,12}(?:_[a-z]{1,8})?(?=[_.:/-])/.exec(id)?.[0] ?? "";

/** Where the history names no grants, the tokens of one client and subject are taken for one family. */
const isSibling = (
  entry: HistoryEntry,
  own: HistoryEntry | undefined,
): boolean =>
  own?.clientId !== undefined &&
  entry.grantId === undefined &&
  entry.clientId === own.clientId &&
  entry.subject === own.subject;
