/**
 * The order of the steps, written once, and the one engine that runs them. `verify` and `examine` differ only in where it stops:
 * at the first refusal, or at the end. Before the signature only form is judged, and iss selects keys (RFC 8725 section 3.10).
 */
import type { Case, Judgement } from "./case.ts";
import type { MaybePromise } from "./crypto/platform.ts";
import { isUndecided, type Step } from "./reasons.ts";
import { judgeAudience } from "./steps/audience.ts";
import { judgeBinding } from "./steps/binding.ts";
import { judgeExpiration } from "./steps/expiration.ts";
import { judgeFormat } from "./steps/format.ts";
import { judgeIssuer } from "./steps/issuer.ts";
import { judgeRequest } from "./steps/request.ts";
import { judgeRevocation } from "./steps/revocation.ts";
import { judgeScope } from "./steps/scope.ts";
import { judgeSignature } from "./steps/signature.ts";
import type { Finding, StepReport } from "./verdict.ts";

type Judge = (token: Case) => MaybePromise<Judgement>;

export const PIPELINE: readonly {
  readonly step: Step;
  readonly judge: Judge;
}[] = [
  { step: "request", judge: judgeRequest },
  { step: "format", judge: judgeFormat },
  { step: "signature", judge: judgeSignature },
  { step: "expiration", judge: judgeExpiration },
  { step: "issuer", judge: judgeIssuer },
  { step: "audience", judge: judgeAudience },
  { step: "binding", judge: judgeBinding },
  { step: "scope", judge: judgeScope },
  { step: "revocation", judge: judgeRevocation },
];

/** The first step that did not pass, when it was one that failed or could not be judged. */
export interface Stop {
  readonly step: Step;
  readonly finding: Finding;
}

/**
 * Runs the steps from `from` on and stops at the first refusal or doubt. null: all passed. It answers at once unless a step
 * needs a promise, so that keys in hand on a platform that can cost no turn of the event loop.
 */
export function runUntilRefused(
  token: Case,
  from = 0,
  owed: Step | null = null,
): MaybePromise<Stop | null> {
  for (let i = from; i < PIPELINE.length; i++) {
    const { step, judge } = PIPELINE[i] as (typeof PIPELINE)[number];
    const judgement = judge(token);
    if (judgement === null) continue;
    if (judgement instanceof Promise) {
      return judgement.then(
        (settled) =>
          stopAt(step, settled) ??
          runUntilRefused(token, i + 1, owed ?? owes(step, settled)),
      );
    }
    const stop = stopAt(step, judgement);
    if (stop) return stop;
    owed ??= owes(step, judgement);
  }
  if (owed !== null) throw notJudged(owed);
  return null;
}

const owes = (step: Step, judgement: Judgement): Step | null =>
  judgement !== null && "needs" in judgement ? step : null;

/** A step that could not be judged must never pass for one that passed: what it needs has to refuse, else the engine is wrong. */
export const notJudged = (step: Step): Error =>
  new Error(`the step ${step} was neither judged nor refused`);

function stopAt(step: Step, judgement: Judgement): Stop | null {
  return Array.isArray(judgement) && judgement.length > 0
    ? { step, finding: judgement[0] as Finding }
    : null;
}

/** Runs every step and reports each: one failure does not hide the next. */
export async function runAll(token: Case): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  for (const { step, judge } of PIPELINE)
    reports.push(reportOf(step, await judge(token)));
  return reports;
}

function reportOf(step: Step, judgement: Judgement): StepReport {
  if (judgement === null) return { step, outcome: "passed" };
  if ("because" in judgement || "needs" in judgement)
    return { step, outcome: "skipped", ...judgement };
  const failed = judgement.filter(({ reason }) => !isUndecided(reason));
  if (failed.length > 0)
    return {
      step,
      outcome: "failed",
      findings: [
        ...failed,
        ...judgement.filter(({ reason }) => isUndecided(reason)),
      ],
    };
  return judgement.length > 0
    ? { step, outcome: "undecided", findings: judgement }
    : { step, outcome: "passed" };
}
