/**
 * Why a superseded refresh token came back: a race, a lost answer, an old copy that was kept, or a theft. One pure judgement over
 * what is known of its family, for an issuer at the moment and for a diagnosis afterwards (docs/guides/refresh.md).
 *
 * Input: the generations of one family in their order, who used each, and the presentation at hand: which generation came, when and
 * from whom. What is not known is null, and never counts against anybody. Senders are compared by texts alone, so an issuer may hand
 * in keyed fingerprints of networks and agents in place of the things themselves.
 *
 * Output: the story, what it could be as well, how sure that is, and the signs that led there, as codes. null: this generation was
 * not superseded at that moment, so there is nothing to explain.
 *
 * What it promises: no clock, no chance, no I/O; uses and generations later than the presentation do not count. "theft" is never said of a token
 * that came back from the holder of its key, or from the network of its first use. "race" is said only within RACE_SECONDS of that use. No
 * story is certain: a history shows who came, not who was meant to.
 *
 * What it does not promise: that a thief on the victim's own network is told from the victim, or a roaming phone from a thief.
 * Whether the family is revoked is the caller's decision; RFC 9700 section 4.14.2 asks for it whatever the story, unless a
 * grace applies.
 */
import type { RefreshSender, SenderSign } from "./refresh-sender.ts";
import { compareSenders } from "./refresh-sender.ts";

export type RefreshStory = "race" | "lost_response" | "not_stored" | "theft";

/** One use of a refresh token that brought a successor. */
export interface RefreshUse extends RefreshSender {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface RefreshGeneration {
  /** Its first use that brought the next generation; null: it has not been used. */
  readonly use: RefreshUse | null;
  /** A refused try to use it again is known: whoever made it holds this generation. Default false. */
  readonly reused?: boolean;
  /**
   * Whether the answer that brought this generation reached the client: true when its access token was seen in use, false when the
   * client is known to hold only what came before, null when nobody knows.
   */
  readonly delivered: boolean | null;
}

export interface RefreshFamily {
  /** Who was given the first generation; null: not known. */
  readonly origin: RefreshSender | null;
  /** In their order: the use of one brought the next. */
  readonly generations: readonly RefreshGeneration[];
}

export interface RefreshPresentation extends RefreshSender {
  /** The index in `generations` of the token that came. */
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What the story stands on. */
export type RefreshSign =
  | SenderSign
  | "within_race_seconds"
  | "within_retry_seconds"
  | "long_after"
  | "successor_used"
  | "successor_unused"
  | "answer_arrived"
  | "answer_lost";

export interface RefreshJudgement {
  readonly story: RefreshStory;
  /** What it could be as well. */
  readonly second: RefreshStory;
  /** "possible": a sign that would decide is not known. */
  readonly confidence: "likely" | "possible";
  readonly signs: readonly RefreshSign[];
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

export function judgeRefresh(
  { origin, generations }: RefreshFamily,
  presented: RefreshPresentation,
): RefreshJudgement | null {
  const firstUse = generations[presented.generation]?.use;
  if (!firstUse || !(firstUse.at <= presented.at)) return null;
  const before = generations
    .slice(0, presented.generation)
    .flatMap(({ use }) => use ?? []);
  const sender = compareSenders(presented, firstUse, [
    ...(origin ? [origin] : []),
    ...before,
  ]);
  const successors = generations.slice(presented.generation + 1);
  const later = successors.filter(
    ({ use }) => use !== null && use.at <= presented.at,
  ).length;
  const seen: Seen = {
    secondsAfterFirstUse: (presented.at - firstUse.at) / 1000,
    generationsBehind: 1 + later,
    successorUsed: later > 0 || successors[0]?.reused === true,
    sameSender: sender.same,
    answerArrived: successors[0]?.delivered ?? null,
  };
  const otherKey = sender.sign === "other_key";
  const [story, second] = otherKey
    ? (["theft", "not_stored"] as const)
    : storyOf(seen);
  return {
    story,
    second,
    confidence: isShown(story, seen) ? "likely" : "possible",
    signs: [...(sender.sign ? [sender.sign] : []), ...signsOf(seen)],
    ...seen,
  };
}

type Seen = Omit<RefreshJudgement, "story" | "second" | "confidence" | "signs">;

function storyOf(seen: Seen): readonly [RefreshStory, RefreshStory] {
  const { secondsAfterFirstUse: after, successorUsed } = seen;
  if (seen.sameSender === false) {
    // One sign alone proves nothing: a phone changes its address by leaving the house.
    if (successorUsed) return ["theft", "not_stored"];
    if (after <= RACE_SECONDS) return ["race", "theft"];
    return after <= RETRY_SECONDS && seen.answerArrived !== true
      ? ["lost_response", "theft"]
      : ["theft", "not_stored"];
  }
  if (after <= RACE_SECONDS) return ["race", "lost_response"];
  if (successorUsed)
    return seen.sameSender === true
      ? ["not_stored", "race"]
      : ["theft", "not_stored"];
  if (seen.answerArrived === true) return ["not_stored", "race"];
  if (seen.answerArrived === false || after <= RETRY_SECONDS)
    return ["lost_response", "not_stored"];
  return ["not_stored", "lost_response"];
}

/** Whether the sign that decides between this story and the next is known. */
function isShown(story: RefreshStory, seen: Seen): boolean {
  switch (story) {
    case "theft":
      return seen.sameSender === false;
    case "race":
      return seen.sameSender !== false;
    case "lost_response":
      return seen.sameSender !== false && seen.answerArrived === false;
    case "not_stored":
      return seen.successorUsed || seen.answerArrived === true;
  }
}

function signsOf(seen: Seen): readonly RefreshSign[] {
  const { secondsAfterFirstUse: after, answerArrived } = seen;
  return [
    after <= RACE_SECONDS
      ? "within_race_seconds"
      : after <= RETRY_SECONDS
        ? "within_retry_seconds"
        : "long_after",
    seen.successorUsed ? "successor_used" : "successor_unused",
    ...(answerArrived === null
      ? []
      : ([answerArrived ? "answer_arrived" : "answer_lost"] as const)),
  ];
}
