/** What a diagnosis says to people, in the order in which it is said, before it takes the form of terminal, HTML or plain text. */
import type { Outcome, Reason, Step, StepReport } from "@assay/token";
import { ACTORS, type CauseCode } from "../causes.ts";
import type { Cause, Confidence, Diagnosis } from "../diagnosis.ts";
import {
  ENGLISH,
  findingsOf,
  sayFinding,
  verdictSentence,
  wordsOf,
  type CellState,
  type Language,
} from "../explain.ts";
import { timeline, type Mark } from "./timeline.ts";

/** One cell of the strip. Shape and word say the same; colour may be added and never stands alone. */
export interface Cell {
  readonly step: Step;
  readonly sign: "✓" | "✗" | "?" | "–" | "·";
  readonly state: CellState;
  /** The same in a word. */
  readonly word: string;
  /** Why, in a few words. */
  readonly note: string | null;
  /** True for the first cell that decided against the token. */
  readonly decisive: boolean;
}

export interface CauseReport {
  readonly code: CauseCode;
  readonly certainty: "shown" | "likely" | "possible";
  /** What stands beside it: "Likely cause" for the first, "Also possible" for the others. */
  readonly label: string;
  readonly title: string;
  readonly who: string;
  readonly fix: string;
  readonly evidence: readonly string[];
}

export interface Report {
  readonly outcome: Outcome;
  readonly verdict: string;
  readonly reason: Reason | null;
  readonly strip: readonly Cell[];
  readonly findings: readonly {
    readonly cell: Cell;
    readonly sentence: string;
    readonly reason: Reason;
  }[];
  /** Best first. */
  readonly causes: readonly CauseReport[];
  readonly needs: readonly string[];
  readonly timeline: readonly Mark[];
}

/** How certain a cause is, in a word: "certain" means that a computation shows it. */
export const CERTAINTY: Readonly<Record<Confidence, CauseReport["certainty"]>> =
  { certain: "shown", likely: "likely", possible: "possible" };

/**
 * Makes the report. `now` is the verifier's clock in seconds since the epoch; without it no distances in time are said. In another
 * language than English every sentence is made anew from the facts; the contract's own sentences stay English.
 */
export function report(
  diagnosis: Diagnosis,
  now: number | null = null,
  language: Language = ENGLISH,
): Report {
  const strip = stripOf(diagnosis.steps, language);
  return {
    outcome: diagnosis.outcome,
    verdict: verdictSentence(diagnosis, language),
    reason: diagnosis.reason,
    strip,
    findings: diagnosis.steps.flatMap((step, i) =>
      findingsOf([step]).map((finding) => ({
        cell: strip[i] as Cell,
        sentence: sayFinding(finding, language),
        reason: finding.reason,
      })),
    ),
    causes: diagnosis.causes.map((cause, i) =>
      causeReport(cause, i === 0, language),
    ),
    needs: diagnosis.needs.map((need) => language.phrase(need)),
    timeline: timeline(diagnosis.token.claims, now, language),
  };
}

function causeReport(
  { cause, confidence, facts }: Cause,
  first: boolean,
  language: Language,
): CauseReport {
  const labels = first ? language.firstCause : language.otherCause;
  return {
    code: cause,
    certainty: CERTAINTY[confidence],
    label: labels[confidence],
    who: language.actors[ACTORS[cause]],
    ...wordsOf(cause, facts as never, confidence, language),
  };
}

function stripOf(steps: readonly StepReport[], language: Language): Cell[] {
  const decisive =
    steps.find(({ outcome }) => outcome === "failed") ??
    steps.find(({ outcome }) => outcome === "undecided");
  return steps.map((judged) => {
    const state = stateOf(judged);
    return {
      step: judged.step,
      sign: SIGNS[state],
      state,
      word: language.states[state],
      note: noteOf(judged, language),
      decisive: judged === decisive,
    };
  });
}

const SIGNS: Readonly<Record<CellState, Cell["sign"]>> = {
  passed: "✓",
  failed: "✗",
  undecided: "?",
  "not-asked": "–",
  "not-reached": "·",
};

function stateOf(judged: StepReport): CellState {
  if (judged.outcome !== "skipped") return judged.outcome;
  return "needs" in judged ? "not-reached" : "not-asked";
}

function noteOf(judged: StepReport, language: Language): string | null {
  switch (judged.outcome) {
    case "passed":
      return null;
    case "failed":
    case "undecided":
      return judged.findings
        .map((finding) => sayFinding(finding, language))
        .join("; ");
    case "skipped":
      return "needs" in judged
        ? language.withoutStep(judged.needs)
        : language.phrase(judged.because);
  }
}
