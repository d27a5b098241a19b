/** The judgement of a returned refresh token over the entries of an inquiry's history, which names tokens and addresses only. */
import type { HistoryEntry } from "../inquiry.ts";
import { familyOf, type Family } from "./refresh-family.ts";
import {
  judgeRefresh,
  type RefreshGeneration,
  type RefreshJudgement,
} from "./refresh-judgement.ts";
import { networkOf, type RefreshSender } from "./refresh-sender.ts";

export interface Presentation {
  /** The names under which the history knows the token. */
  readonly tokenIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The sender's address; null: not known. */
  readonly ip: string | null;
  /** Ids of tokens that the client is known to hold, its newest access token for instance; empty: nothing is known. */
  readonly held: readonly string[];
}

/** null: the history does not show that the token was superseded. The order of its entries does not count. */
export function judgeInHistory(
  presented: Presentation,
  history: readonly HistoryEntry[],
): RefreshJudgement | null {
  const family = familyOf(presented.tokenIds, history, presented.at);
  if (family.firstUse === null || family.firstUse > presented.at) return null;
  const known = family.entries.flatMap(({ ip, event }) =>
    ip !== undefined && event !== "token.reused" ? [ip] : [],
  );
  // The first use has no address: then any that the family was seen at stands for it.
  const firstUseIp =
    family.firstUseIp ??
    known.find((ip) => networkOf(ip) === networkOf(presented.ip ?? "")) ??
    known[0] ??
    null;
  return judgeRefresh(
    {
      origin: null,
      generations: [
        {
          use: { at: family.firstUse, ...senderAt(firstUseIp) },
          delivered: null,
        },
        ...successorsOf(family, presented, family.firstUse),
      ],
    },
    { generation: 0, at: presented.at, ...senderAt(presented.ip) },
  );
}

const senderAt = (ip: string | null): RefreshSender => ({
  clientId: null,
  key: null,
  network: ip === null ? null : networkOf(ip),
  agent: null,
});

/** How far the family went on from the first use until the presentation. */
function successorsOf(
  { entries, brought }: Family,
  { tokenIds, held }: Presentation,
  firstUse: number,
): readonly RefreshGeneration[] {
  const uses = new Map<string, number>();
  for (const { event, tokenId, at } of entries)
    if (
      event === "token.refreshed" &&
      tokenId !== undefined &&
      !tokenIds.includes(tokenId) &&
      !uses.has(tokenId) &&
      Date.parse(at) > firstUse
    )
      uses.set(tokenId, Date.parse(at));
  const reused = entries.some(
    ({ event, tokenId }) =>
      event === "token.reused" && tokenId !== undefined && brought.has(tokenId),
  );
  const used = [...uses.values()].map((at): RefreshGeneration => ({
    use: { at, ...senderAt(null) },
    delivered: null,
  }));
  const all = [...used, { use: null, delivered: null }];
  return all.map((generation, i) =>
    i === 0
      ? {
          ...generation,
          reused,
          delivered: delivered({ entries, brought }, held),
        }
      : generation,
  );
}

/** A client that holds what the first answer brought got it; one that still holds what came before did not. */
function delivered(
  { entries, brought }: Pick<Family, "entries" | "brought">,
  held: readonly string[],
): boolean | null {
  if (held.some((id) => brought.has(id))) return true;
  return held.some((id) => entries.some(({ tokenId }) => tokenId === id))
    ? false
    : null;
}
