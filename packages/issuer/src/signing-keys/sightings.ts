/** The rehearsal of a rotation: which guards have not fetched the next key yet. */
import type { SigningKeyRecord } from "../store/records.ts";
import type { RingPolicy } from "./ring-policy.ts";
import { keyOf, maySign, readyAt } from "./ring.ts";

/** A guard, and the set that it fetched. */
export interface Sighting {
  /** client_id of the guard. */
  readonly guard: string;
  /** When it fetched the set, in milliseconds. */
  readonly at: number;
  /** Keys that were in the set. */
  readonly kids: readonly string[];
}

export interface Rehearsal {
  readonly algorithm: string;
  /** The key that the rotation would make current; null: there is none yet. */
  readonly kid: string | null;
  /** When the ring may rotate, in milliseconds. */
  readonly readyAt: number | null;
  /** Guards that hold the next key. */
  readonly informed: readonly string[];
  /** Guards that do not, longest without a fetch first. Tokens under the next key make them fetch again, or are refused there. */
  readonly behind: readonly {
    readonly guard: string;
    readonly lastFetchAt: number;
  }[];
}

/** For each algorithm of the ring. Of several sightings of a guard the newest counts. */
export function rehearse(
  keys: readonly SigningKeyRecord[],
  sightings: readonly Sighting[],
  policy: RingPolicy,
): readonly Rehearsal[] {
  const newest = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const known = newest.get(sighting.guard);
    if (!known || sighting.at > known.at) newest.set(sighting.guard, sighting);
  }
  const guards = [...newest.values()].toSorted(
    (a, b) => a.at - b.at || (a.guard < b.guard ? -1 : 1),
  );
  const algorithms = new Set(
    keys.filter(maySign).map(({ algorithm }) => algorithm),
  );
  return [...algorithms].toSorted().map((algorithm) => {
    const next = keyOf(keys, algorithm, "next");
    const knows = ({ kids }: Sighting): boolean =>
      next !== undefined && kids.includes(next.kid);
    return {
      algorithm,
      kid: next?.kid ?? null,
      readyAt: next ? readyAt(next, policy) : null,
      informed: guards.filter(knows).map(({ guard }) => guard),
      behind: guards
        .filter((guard) => !knows(guard))
        .map(({ guard, at }) => ({ guard, lastFetchAt: at })),
    };
  });
}
