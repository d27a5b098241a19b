/** The port through which a guard learns what was ended before its time: status lists, a feed, or the operator's own. */
import {
  finding,
  type Finding,
  type KeySource,
  type RevocationSource,
} from "@assay/token";

/** What a source may use of its guard. */
export interface RevocationContext {
  /** The keys of an issuer of the guard. null: it is none of them. */
  keysOf(issuer: string): KeySource | null;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Seconds. */
  readonly clockTolerance: number;
}

/** By what tokens are judged now. */
export interface RevocationStatus {
  /** "nothing": tokens are left undecided. */
  readonly by: "feed" | "status_list" | "nothing";
  /** Why it is not the feed. null: it is. */
  readonly problem: string | null;
}

export interface GuardRevocation extends RevocationSource {
  /** Seconds since what is known was true; null: nothing is known yet, or it cannot be said. */
  age?(): number | null;
  status?(): RevocationStatus;
  /** Resolves when requests need not wait for a first look, or when that failed. */
  ready?(): Promise<void>;
  close?(): void | Promise<void>;
}

/** A source that needs the guard's keys or clock: it is made with the guard. */
export type RevocationPlan = (context: RevocationContext) => GuardRevocation;

export const isPlan = (
  source: RevocationSource | RevocationPlan,
): source is RevocationPlan => typeof source === "function";

/** A source that breaks its promise and throws leaves the token undecided. With `admit`, what cannot be known refuses nobody. */
export function heedful(
  source: RevocationSource,
  unknown: "refuse" | "admit",
): RevocationSource {
  const settle = (
    found: readonly Finding[] | null,
  ): readonly Finding[] | null =>
    unknown === "admit" && found
      ? found.filter(({ reason }) => reason !== "revocation.unavailable")
      : found;
  const failed = (): readonly Finding[] | null =>
    settle([
      finding("revocation.unavailable", {
        source: null,
        problem: "the source of revocations failed",
      }),
    ]);
  return {
    check(token) {
      try {
        const found = source.check(token);
        return found instanceof Promise
          ? found.then(settle, failed)
          : settle(found);
      } catch {
        return failed();
      }
    },
  };
}
