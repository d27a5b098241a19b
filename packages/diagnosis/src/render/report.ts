/** What a diagnosis says to people, in the order in which it is said, before it takes the form of terminal, HTML or plain text. */
import type { Outcome, Reason, Step, StepReport } from "@assay/token";
import { ACTORS, type Actor, type CauseCode } from "../causes.ts";
import type { Cause, Confidence, Diagnosis } from "../diagnosis.ts";
import { sayFinding, verdictSentence, wordsOf } from "../explain.ts";
import { timeline, type Mark } from "./timeline.ts";
import { findingsOf } from "../words/verdict.ts";
import { untrusted } from "../words/untrusted.ts";

/** One cell of the strip. Shape and word say the same; colour may be added and never stands alone. */
export interface Cell {
  readonly step: Step;
  readonly sign: "✓" | "✗" | "?" | "–" | "·";
  readonly word:
    "passed" | "failed" | "undecided" | "not asked" | "not reached";
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

/** The actors, as the answer names them after "Who". */
export const ACTOR_NAMES: Readonly<Record<Actor, string>> = {
  client: "the client that sends the request",
  issuer: "the issuer of the token",
  resource_server: "the API that checks the token",
  operator: "whoever runs and configures these systems",
  network: "whoever runs the network and the proxies in between",
};

/** How certain a cause is, in a word: "certain" means that a computation shows it. */
export const CERTAINTY: Readonly<Record<Confidence, CauseReport["certainty"]>> =
  { certain: "shown", likely: "likely", possible: "possible" };

/** Makes the report. `now` is the verifier's clock in seconds since the epoch; without it no distances in time are said. */
export function report(
  diagnosis: Diagnosis,
  now: number | null = null,
): Report {
  const strip = stripOf(diagnosis.steps);
  return {
    outcome: diagnosis.outcome,
    verdict: verdictSentence(diagnosis),
    reason: diagnosis.reason,
    strip,
    findings: diagnosis.steps.flatMap((step, i) =>
      findingsOf([step]).map((finding) => ({
        cell: strip[i] as Cell,
        sentence: sayFinding(finding),
        reason: finding.reason,
      })),
    ),
    causes: diagnosis.causes.map(causeReport),
    needs: diagnosis.needs.map(untrusted),
    timeline: timeline(diagnosis.token.claims, now),
  };
}

const LABELS = {
  certain: "Cause, shown",
  likely: "Likely cause",
  possible: "Possible cause",
};

const causeReport = (
  { cause, confidence, facts, evidence, fix }: Cause,
  index: number,
): CauseReport => ({
  code: cause,
  certainty: CERTAINTY[confidence],
  label: index === 0 ? LABELS[confidence] : `Also ${CERTAINTY[confidence]}`,
  title: wordsOf(cause, facts as never, confidence).title,
  who: ACTOR_NAMES[ACTORS[cause]],
  fix,
  evidence,
});

function stripOf(steps: readonly StepReport[]): Cell[] {
  const decisive =
    steps.find(({ outcome }) => outcome === "failed") ??
    steps.find(({ outcome }) => outcome === "undecided");
  return steps.map((judged) => ({
    step: judged.step,
    ...look(judged),
    decisive: judged === decisive,
  }));
}

function look(judged: StepReport): Pick<Cell, "sign" | "word" | "note"> {
  switch (judged.outcome) {
    case "passed":
      return { sign: "✓", word: "passed", note: null };
    case "failed":
      return {
        sign: "✗",
        word: "failed",
        note: judged.findings.map(sayFinding).join("; "),
      };
    case "undecided":
      return {
        sign: "?",
        word: "undecided",
        note: judged.findings.map(sayFinding).join("; "),
      };
    case "skipped":
      return "needs" in judged
        ? {
            sign: "·",
            word: "not reached",
            note: `cannot be judged without the step ${judged.needs}`,
          }
        : { sign: "–", word: "not asked", note: untrusted(judged.because) };
  }
}
