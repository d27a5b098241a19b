/** What a language brings, so that everything which is said to people can be said in it. A language that lacks a word does not compile. */
import type { Evidence, Reason, Step } from "@assay/token";
import type { Actor, CauseCode } from "../causes.ts";
import type { Confidence } from "../diagnosis.ts";
import type { Tell } from "./cause-words.ts";

/** How a cell of the strip came out. */
export type CellState =
  "passed" | "failed" | "undecided" | "not-asked" | "not-reached";

/** The verdict in one sentence, which names the thing. */
export interface VerdictWords {
  accepted(passed: readonly Step[]): string;
  /** `usedBefore`: the grant may live; what was presented is used up. */
  rejected(reason: Reason | null, usedBefore: boolean): string;
  /** `keysUnnamed`: nobody could have had keys that nobody named; that is no outage. */
  undecided(reason: Reason | null, keysUnnamed: boolean): string;
}

/** The sentences of the reasons of some steps, by their evidence. Lower case at the start, no full stop. */
export type Say<S extends string = string> = {
  readonly [R in Extract<Reason, `${S}.${string}`>]: (
    evidence: Evidence[R],
  ) => string;
};

export interface Language {
  /** BCP 47. */
  readonly tag: string;
  readonly verdict: VerdictWords;
  readonly findings: Say;
  readonly causes: { readonly [C in CauseCode]: Tell<C> };
  readonly reasonDefinitions: Readonly<Record<Reason, string>>;
  readonly causeDefinitions: Readonly<Record<CauseCode, string>>;
  /** The actors, as an answer names them after "Who". */
  readonly actors: Readonly<Record<Actor, string>>;
  readonly states: Readonly<Record<CellState, string>>;
  /** What stands beside the first cause, and beside the others. */
  readonly firstCause: Readonly<Record<Confidence, string>>;
  readonly otherCause: Readonly<Record<Confidence, string>>;
  readonly labels: Readonly<
    Record<"who" | "do" | "evidence" | "toKnowMore" | "time", string>
  >;
  /** The words before a distance in time: of what has been, of what is to come. */
  readonly times: Readonly<
    Record<"iat" | "nbf" | "exp", readonly [past: string, future: string]>
  >;
  readonly now: string;
  /** "3 hours 12 minutes", of any number of seconds; the sign does not count. */
  readonly duration: (seconds: number) => string;
  /** "3 hours 12 minutes ago", "in 5 minutes". Seconds since the epoch. */
  readonly distance: (at: number, now: number) => string;
  /** Why a cell was not reached. */
  withoutStep(step: Step): string;
  /** The engine's and the detectors' own fixed words: why a step was not asked for, and what would tell more. Made safe to show. */
  phrase(text: string): string;
}
