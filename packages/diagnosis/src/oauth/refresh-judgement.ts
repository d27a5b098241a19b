/**
 * Why a superseded refresh token came back: a race, a lost answer, an old copy, or a theft. One pure judgement over the history of
 * its family, for a diagnosis afterwards and for an issuer at the moment (docs/guides/refresh.md). The same history gives the same
 * judgement, in whatever order its entries stand; entries later than the presentation do not count. It works without addresses, and
 * then never says that the sender was another; what it does not know is null.
 *
 * What it promises: "theft" is never said of a token that came back from the address of its first use; "race" only within
 * RACE_SECONDS. What it does not promise: that a thief on the victim's own network is told from the victim, or a roaming phone
 * from a thief. Whether the family is to be revoked is the caller's decision (RFC 9700 section 4.14.2).
 */
import type { HistoryEntry } from "../inquiry.ts";
import { familyOf, type Family } from "./refresh-family.ts";

export type RefreshStory = "race" | "lost_response" | "not_stored" | "theft";

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

export interface RefreshJudgement {
  readonly story: RefreshStory;
  /** What it could be as well. */
  readonly second: RefreshStory;
  readonly secondsAfterFirstUse: number;
  /** 1: its immediate successor is the newest. */
  readonly generationsBehind: number;
  readonly successorUsed: boolean;
  readonly sameSender: boolean | null;
  readonly answerArrived: boolean | null;
}

/** Two parts of one client that start together arrive within this time. */
export const RACE_SECONDS = 5;
/** A client that waits for an answer gives up and tries again within this time. */
export const RETRY_SECONDS = 120;

/** null: the history does not show that the token was superseded. */
export function judgeRefresh(
  presented: Presentation,
  history: readonly HistoryEntry[],
): RefreshJudgement | null {
  const family = familyOf(presented.tokenIds, history, presented.at);
  if (family.firstUse === null || family.firstUse > presented.at) return null;
  const seen = {
    secondsAfterFirstUse: (presented.at - family.firstUse) / 1000,
    ...successionOf(family, presented, family.firstUse),
    sameSender: sameSender(family, presented),
    answerArrived: answerArrived(family, presented),
  };
  const [story, second] = storyOf(seen);
  return { story, second, ...seen };
}

type Seen = Omit<RefreshJudgement, "story" | "second">;

function storyOf(seen: Seen): readonly [RefreshStory, RefreshStory] {
  const { secondsAfterFirstUse: after, successorUsed } = seen;
  if (seen.sameSender === false) {
    // One sign alone proves nothing: a phone changes its address by leaving the house.
    if (successorUsed || seen.generationsBehind > 1)
      return ["theft", "not_stored"];
    if (after <= RACE_SECONDS) return ["race", "theft"];
    return after <= RETRY_SECONDS && seen.answerArrived !== true
      ? ["lost_response", "theft"]
      : ["theft", "not_stored"];
  }
  if (after <= RACE_SECONDS) return ["race", "lost_response"];
  if (successorUsed || seen.generationsBehind > 1)
    return seen.sameSender === true
      ? ["not_stored", "race"]
      : ["theft", "not_stored"];
  if (seen.answerArrived === true) return ["not_stored", "race"];
  if (seen.answerArrived === false || after <= RETRY_SECONDS)
    return ["lost_response", "not_stored"];
  return ["not_stored", "lost_response"];
}

/** How far the family went on from the first use until the presentation. */
function successionOf(
  { entries, brought }: Family,
  { tokenIds }: Presentation,
  firstUse: number,
): Pick<Seen, "generationsBehind" | "successorUsed"> {
  const later = new Set(
    entries.flatMap(({ event, tokenId, at }) =>
      event === "token.refreshed" &&
      tokenId !== undefined &&
      !tokenIds.includes(tokenId) &&
      Date.parse(at) > firstUse
        ? [tokenId]
        : [],
    ),
  );
  const reused = entries.some(
    ({ event, tokenId }) =>
      event === "token.reused" && tokenId !== undefined && brought.has(tokenId),
  );
  return {
    generationsBehind: 1 + later.size,
    successorUsed: later.size > 0 || reused,
  };
}

/** Compared with the first use; where its address is not known, with all addresses of the family before. */
function sameSender(
  { entries, firstUseIp }: Family,
  { ip }: Presentation,
): boolean | null {
  if (ip === null) return null;
  if (firstUseIp !== null) return sameAddress(ip, firstUseIp);
  const known = entries.flatMap((entry) =>
    entry.ip !== undefined && entry.event !== "token.reused" ? [entry.ip] : [],
  );
  return known.length === 0
    ? null
    : known.some((other) => sameAddress(ip, other));
}

/** Of IPv6 the first four groups count: the rest changes by itself (RFC 8981). */
function sameAddress(a: string, b: string): boolean {
  const plain = (address: string): string =>
    address
      .trim()
      .toLowerCase()
      .replace(/^::ffff:(?=\d+\.)/, "");
  const [one, two] = [plain(a), plain(b)];
  if (one === two) return true;
  if (!one.includes(":") || !two.includes(":")) return false;
  const network = (address: string): string | null => {
    const [head = "", tail] = address.split("::", 2);
    const groups = head.split(":");
    return tail !== undefined && groups.length < 4
      ? null
      : groups.slice(0, 4).join(":");
  };
  const mine = network(one);
  return mine !== null && mine === network(two);
}

/** A client that holds what the first answer brought got it; one that still holds what came before did not. */
function answerArrived(
  { entries, brought }: Family,
  { held }: Presentation,
): boolean | null {
  if (held.some((id) => brought.has(id))) return true;
  return held.some((id) => entries.some(({ tokenId }) => tokenId === id))
    ? false
    : null;
}
