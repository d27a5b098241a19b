/** The whole way from an inquiry to a diagnosis: judge every step, hear the witnesses, look for causes, rank them, say them. */
import {
  createVerifier,
  selectKey,
  isAlgorithm,
  type Examination,
  type Finding,
  type Key,
  type KeySet,
  type Reason,
  type StepReport,
} from "@assay/token";
import { Budget, DIAGNOSIS_BUDGET } from "./budget.ts";
import type { CauseCode } from "./causes.ts";
import { ACTORS } from "./causes.ts";
import { certificateThumbprint } from "./certificate.ts";
import { withoutConsequences } from "./consequences.ts";
import type { Cause, Diagnosis } from "./diagnosis.ts";
import { DETECTORS } from "./detectors.ts";
import { suspectLastResort } from "./detect/last-resort.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Investigation, Suspicion } from "./investigation.ts";
import { JUDGES } from "./judges.ts";
import { nameForm } from "./name-form.ts";
import { rank } from "./rank.ts";
import { statusSource } from "./status.ts";
import { hearAnswer } from "./testimony.ts";
import { verifierKeys, type VerifierKeys } from "./verifier-keys.ts";
import { verifierPolicy } from "./verifier-policy.ts";
import { verifyWith } from "./verify-with.ts";
import { wordsOf } from "./explain.ts";

export interface DiagnoseOptions {
  /** The clock for an inquiry without `now`: milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

/**
 * Says which check refuses the token, what went wrong in the world, who must act and what to do. The inquiry is taken as
 * checked (`readInquiry`). No network is touched. The same inquiry with the same `now` gives the same diagnosis.
 */
export async function diagnose(
  inquiry: Inquiry,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const now =
    inquiry.now === undefined
      ? (options.clock ?? Date.now)() / 1000
      : Date.parse(inquiry.now) / 1000;
  return (await judged(inquiry, now)) ?? diagnoseToken(inquiry, now);
}

/** The diagnosis of a token that an API, or anybody, was shown; `now` in seconds since the epoch. */
async function diagnoseToken(
  inquiry: Inquiry,
  now: number,
): Promise<Diagnosis> {
  const keys = verifierKeys(inquiry);
  const examination = await examineInquiry(inquiry, keys, now);
  const steps = nameForm(
    hearAnswer(inquiry, examination, now),
    examination.token,
  );
  const { outcome, reason } = conclude(steps);
  const { unverified } = examination;
  const read = {
    header: unverified?.header ?? null,
    claims: unverified?.claims ?? null,
  };
  if (outcome === "accepted")
    return {
      contract: 1,
      outcome,
      reason,
      steps,
      causes: [],
      token: { ...read, trusted: true },
      needs: [],
    };
  const investigation = await open(
    inquiry,
    keys,
    now,
    steps,
    reason,
    examination,
  );
  for (const [when, detector] of DETECTORS)
    if (concerns(when, steps)) await detector(investigation);
  if (investigation.suspicions.length === 0) suspectLastResort(investigation);
  if (investigation.budget.exhausted)
    investigation.wouldTell(
      "not everything was tried: the input is too costly to go through",
    );
  const found = steps.flatMap((step) =>
    "findings" in step ? step.findings.map((each) => each.reason) : [],
  );
  const causes = rank(
    withoutConsequences(investigation.suspicions, found),
    reason,
  ).map(putIntoWords);
  return {
    contract: 1,
    outcome,
    reason,
    steps,
    causes,
    token: { ...read, trusted: false },
    needs: investigation.needs,
  };
}

/** A request that carries no bearer JWT has a judge of its own. */
async function judged(
  inquiry: Inquiry,
  now: number,
): Promise<Diagnosis | null> {
  const budget = new Budget(DIAGNOSIS_BUDGET);
  for (const judge of JUDGES) {
    const judgement = await judge({
      inquiry,
      now,
      budget,
      diagnoseToken: (token) => diagnoseToken(token, now),
    });
    if (!judgement) continue;
    const { outcome, reason, steps, suspicions, needs, token } = judgement;
    const accepted = outcome === "accepted";
    return {
      contract: 1,
      outcome,
      reason,
      steps,
      causes: accepted ? [] : rank(suspicions, reason).map(putIntoWords),
      token: {
        header: token.header,
        claims: token.claims,
        trusted: accepted && (token.trusted ?? true),
      },
      needs: accepted ? [] : needs,
    };
  }
  return null;
}

async function examineInquiry(
  inquiry: Inquiry,
  keys: VerifierKeys,
  now: number,
): Promise<Examination> {
  const verifier = createVerifier(
    verifierPolicy(inquiry, keys, statusSource(inquiry, keys.source, now), now),
  );
  const thumbprint = await certificateThumbprint(inquiry.context?.certificate);
  return verifier.examine({
    ...(inquiry.token !== undefined && { token: inquiry.token }),
    ...(inquiry.request && { request: inquiry.request }),
    ...(thumbprint !== null && { certificateThumbprint: thumbprint }),
  });
}

/** A rejected diagnosis takes its reason from the first failed step, an undecided one from the first undecided step. */
function conclude(
  steps: readonly StepReport[],
): Pick<Diagnosis, "outcome" | "reason"> {
  const first = (outcome: "failed" | "undecided"): Reason | null => {
    const report = steps.find((step) => step.outcome === outcome);
    return report && "findings" in report
      ? (report.findings[0]?.reason ?? null)
      : null;
  };
  const failed = first("failed");
  if (failed !== null) return { outcome: "rejected", reason: failed };
  const undecided = first("undecided");
  return undecided === null
    ? { outcome: "accepted", reason: null }
    : { outcome: "undecided", reason: undecided };
}

const concerns = (
  when: readonly string[],
  steps: readonly StepReport[],
): boolean =>
  steps.some(
    ({ step, outcome }) =>
      (outcome === "failed" || outcome === "undecided") && when.includes(step),
  );

type Opened = Investigation & {
  readonly suspicions: readonly Suspicion[];
  readonly needs: readonly string[];
};

async function open(
  inquiry: Inquiry,
  keys: VerifierKeys,
  now: number,
  steps: readonly StepReport[],
  reason: Reason | null,
  examination: Examination,
): Promise<Opened> {
  const suspicions: Suspicion[] = [];
  const needs: string[] = [];
  const budget = new Budget(DIAGNOSIS_BUDGET);
  const findings: readonly Finding[] = steps.flatMap((step) =>
    "findings" in step ? step.findings : [],
  );
  const { unverified, token } = examination;
  const header = unverified?.header ?? null;
  return {
    inquiry,
    policy: inquiry.policy ?? {},
    context: inquiry.context ?? {},
    now,
    steps,
    reason,
    token:
      token === null
        ? null
        : { text: token, header, claims: unverified?.claims ?? null },
    keys: keys.set,
    keysFrom: keys,
    key: selected(keys.set, header),
    budget,
    suspicions,
    needs,
    found: (wanted) =>
      (findings.find((found) => found.reason === wanted)?.evidence as never) ??
      null,
    suspect(cause, { weight = 0, ...suspicion }) {
      suspicions.push({ cause, weight, ...suspicion } as Suspicion);
    },
    wouldTell(need) {
      if (!needs.includes(need)) needs.push(need);
    },
    verifies: (text) =>
      verifyWith(text, keys.set, inquiry.policy?.algorithms ?? null, budget),
  };
}

function selected(
  set: KeySet | null,
  header: Readonly<Record<string, unknown>> | null,
): Key | null {
  const { alg, kid } = header ?? {};
  if (!set || typeof alg !== "string" || !isAlgorithm(alg)) return null;
  const selection = selectKey(set, {
    alg,
    kid: typeof kid === "string" ? kid : null,
  });
  return "key" in selection ? selection.key : null;
}

function putIntoWords({ cause, confidence, facts }: Suspicion): Cause {
  const { evidence, fix } = wordsOf(cause, facts as never, confidence);
  return {
    cause,
    confidence,
    actor: ACTORS[cause as CauseCode],
    facts,
    evidence,
    fix,
  } as Cause;
}
