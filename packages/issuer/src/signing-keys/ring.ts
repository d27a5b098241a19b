/**
 * The ring of signing keys as a state machine without I/O. For each algorithm one key is current and one is next:
 * next -> current -> retired, and withdrawn from any of them. A key is published before it signs and stays published until the last token
 * under it has died, so that a rotation rejects no token. `plan` says what is due; key-ring.ts makes the keys and writes.
 */
import type { SigningKeyRecord } from "../store/records.ts";
import type { RingPolicy } from "./ring-policy.ts";

/**
 * So many retired keys of one algorithm are published at most; while there are more, no rotation takes place. Verifiers refuse large sets.
 */
export const MOST_RETIRED = 16;

export type RingReason =
  "schedule" | "by_hand" | "forced" | "withdrawal" | "lifetime" | "clock";

export interface WantedKey {
  readonly algorithm: string;
  readonly state: "current" | "next";
}

export interface RingPlan {
  readonly reason: RingReason;
  /** Keys in their new state. */
  readonly changed: readonly SigningKeyRecord[];
  readonly create: readonly WantedKey[];
  /** Keys, by kid, of which nothing needs to be known any more. */
  readonly forget: readonly string[];
}

export interface RingRefusal {
  readonly refused:
    | "unknown_algorithm"
    | "unknown_kid"
    | "already_withdrawn"
    /** The next key was not published long enough: verifiers may not know it yet. */
    | "too_early"
    /** Too many retired keys are published; withdraw the oldest, or wait. */
    | "too_many_retired";
  /** When it would be allowed, in milliseconds; null: not by waiting. */
  readonly allowedAt: number | null;
}

const milliseconds = (seconds: number): number => seconds * 1000;

/** Whether the private half is still there: it signs, or will. */
export const maySign = ({ state }: SigningKeyRecord): boolean =>
  state === "next" || state === "current";

/** When a retired key leaves the set: the last token under it has died by then. */
export function leavesAt(key: SigningKeyRecord, policy: RingPolicy): number {
  return (
    (key.retiredAt ?? Infinity) +
    milliseconds(key.longestSeconds + policy.toleranceSeconds)
  );
}

/** Whether the key stands in the public set. */
export function isPublished(
  key: SigningKeyRecord,
  now: number,
  policy: RingPolicy,
): boolean {
  return (
    maySign(key) || (key.state === "retired" && now < leavesAt(key, policy))
  );
}

/** When verifiers have had the time to fetch this key. */
export function readyAt(key: SigningKeyRecord, policy: RingPolicy): number {
  return key.publishedAt + milliseconds(policy.publishAheadSeconds);
}

/** When a current key is due to be replaced. */
export function dueAt(key: SigningKeyRecord, policy: RingPolicy): number {
  return (key.activatedAt ?? 0) + milliseconds(policy.rotateEverySeconds);
}

export function keyOf(
  keys: readonly SigningKeyRecord[],
  algorithm: string,
  state: "current" | "next",
): SigningKeyRecord | undefined {
  return keys.find((key) => key.algorithm === algorithm && key.state === state);
}

/** Algorithms that the policy names, and those that have a current key. */
export function algorithmsInUse(
  keys: readonly SigningKeyRecord[],
  policy: RingPolicy,
): readonly string[] {
  const current = keys.filter(({ state }) => state === "current");
  return [
    ...new Set([
      ...policy.algorithms,
      ...current.map(({ algorithm }) => algorithm),
    ]),
  ];
}

/**
 * Whether the last token under the key died so long ago that nobody asks about it: its record goes. A withdrawn key is remembered as long,
 * so that it can be said why a token under it is no longer good.
 */
function isForgotten(
  key: SigningKeyRecord,
  now: number,
  policy: RingPolicy,
): boolean {
  const end =
    key.state === "withdrawn"
      ? (key.withdrawnAt ?? Infinity) +
        milliseconds(key.longestSeconds + policy.toleranceSeconds)
      : key.state === "retired"
        ? leavesAt(key, policy)
        : Infinity;
  return now >= end + milliseconds(policy.rememberSeconds);
}

/** What is due now: missing keys, rotations and farewells whose time has come. Nothing is due: all lists are empty. */
export function plan(
  keys: readonly SigningKeyRecord[],
  now: number,
  policy: RingPolicy,
): RingPlan {
  const changed: SigningKeyRecord[] = [];
  const create: WantedKey[] = [];
  for (const algorithm of algorithmsInUse(keys, policy)) {
    const current = keyOf(keys, algorithm, "current");
    const next = keyOf(keys, algorithm, "next");
    if (!current) {
      // First start, or the current key was withdrawn. Nobody could be served until a key has been published long enough.
      if (next) changed.push(activate(next, now));
      else create.push({ algorithm, state: "current" });
      create.push({ algorithm, state: "next" });
    } else if (!next) {
      create.push({ algorithm, state: "next" });
    } else if (isAhead(next.publishedAt, now, policy)) {
      // The clock was set back. It is published now, which is later than it was in truth.
      changed.push({ ...next, publishedAt: now });
    } else if (
      (now >= dueAt(current, policy) ||
        isAhead(current.activatedAt ?? 0, now, policy)) &&
      now >= readyAt(next, policy) &&
      hasRoom(keys, algorithm, now, policy)
    ) {
      changed.push(retire(current, now), activate(next, now));
      create.push({ algorithm, state: "next" });
    }
  }
  const forget = keys
    .filter((key) => isForgotten(key, now, policy))
    .map(({ kid }) => kid);
  return { reason: "schedule", changed, create, forget };
}

/** A rotation by hand. With `force` also to a key that verifiers may not know yet. */
export function rotate(
  keys: readonly SigningKeyRecord[],
  algorithm: string,
  now: number,
  policy: RingPolicy,
  force: boolean,
): RingPlan | RingRefusal {
  const current = keyOf(keys, algorithm, "current");
  const next = keyOf(keys, algorithm, "next");
  if (!current || !next)
    return { refused: "unknown_algorithm", allowedAt: null };
  const early = now < readyAt(next, policy);
  if (early && !force)
    return { refused: "too_early", allowedAt: readyAt(next, policy) };
  if (!hasRoom(keys, algorithm, now, policy)) {
    const ends = retiredKeys(keys, algorithm, now, policy).map((key) =>
      leavesAt(key, policy),
    );
    return { refused: "too_many_retired", allowedAt: Math.min(...ends) };
  }
  return {
    reason: early ? "forced" : "by_hand",
    changed: [retire(current, now), activate(next, now)],
    create: [{ algorithm, state: "next" }],
    forget: [],
  };
}

/** Takes a key out of the set at once. The next key takes the place of a current one, however long it was published. */
export function withdraw(
  keys: readonly SigningKeyRecord[],
  kid: string,
  now: number,
  policy: RingPolicy,
): RingPlan | RingRefusal {
  const key = keys.find((candidate) => candidate.kid === kid);
  if (!key) return { refused: "unknown_kid", allowedAt: null };
  if (key.state === "withdrawn")
    return { refused: "already_withdrawn", allowedAt: null };
  const withdrawn: SigningKeyRecord = {
    ...key,
    state: "withdrawn",
    withdrawnAt: now,
  };
  // The algorithm stays in use, even where only this key said so.
  const after = plan(
    keys.map((candidate) => (candidate === key ? withdrawn : candidate)),
    now,
    key.state === "retired"
      ? policy
      : { ...policy, algorithms: [...policy.algorithms, key.algorithm] },
  );
  return {
    reason: "withdrawal",
    changed: [withdrawn, ...after.changed],
    create: after.create,
    forget: after.forget,
  };
}

/** Lets tokens under the current key of an algorithm live so long. Written before the first of them is signed. */
export function allowLifetime(
  keys: readonly SigningKeyRecord[],
  algorithm: string,
  seconds: number,
): RingPlan {
  const current = keyOf(keys, algorithm, "current");
  const short = current && current.longestSeconds < seconds;
  return {
    reason: "lifetime",
    changed: short ? [{ ...current, longestSeconds: Math.ceil(seconds) }] : [],
    create: [],
    forget: [],
  };
}

/**
 * The clock was set back: tokens that were signed before have ends that lie further away now. Their keys must stay published for that
 * much longer. (Keys that are retired already have a `retiredAt` by the clock of then.)
 */
export function clockSetBack(
  keys: readonly SigningKeyRecord[],
  from: number,
  to: number,
): RingPlan {
  const seconds = Math.ceil(Math.max(0, from - to) / 1000);
  return {
    reason: "clock",
    changed: keys
      .filter(({ state }) => state === "current")
      .map((key) => ({ ...key, longestSeconds: key.longestSeconds + seconds })),
    create: [],
    forget: [],
  };
}

const activate = (key: SigningKeyRecord, now: number): SigningKeyRecord => ({
  ...key,
  state: "current",
  activatedAt: now,
});

/** A key that was activated by a clock ahead of this one has signed by that clock too. */
const retire = (key: SigningKeyRecord, now: number): SigningKeyRecord => ({
  ...key,
  state: "retired",
  retiredAt: Math.max(now, key.activatedAt ?? now),
});

/** Whether a time that was written lies further ahead than clocks of several servers may differ. */
const isAhead = (at: number, now: number, policy: RingPolicy): boolean =>
  at > now + milliseconds(policy.toleranceSeconds);

const retiredKeys = (
  keys: readonly SigningKeyRecord[],
  algorithm: string,
  now: number,
  policy: RingPolicy,
): readonly SigningKeyRecord[] =>
  keys.filter(
    (key) =>
      key.algorithm === algorithm &&
      key.state === "retired" &&
      isPublished(key, now, policy),
  );

const hasRoom = (
  keys: readonly SigningKeyRecord[],
  algorithm: string,
  now: number,
  policy: RingPolicy,
): boolean => retiredKeys(keys, algorithm, now, policy).length < MOST_RETIRED;
