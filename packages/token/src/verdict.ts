import type { Evidence, Reason, Step } from "./reasons.ts";
import type { UnverifiedToken, VerifiedToken } from "./token.ts";

/** One thing that a step found wrong: the reason, and the evidence that belongs to it. */
export type Finding = {
  [R in Reason]: { readonly reason: R; readonly evidence: Evidence[R] };
}[Reason];

/** Makes a finding; the compiler holds reason and evidence together. */
export function finding<R extends Reason>(
  reason: R,
  evidence: Evidence[R],
): Finding {
  return { reason, evidence } as Finding;
}

export type Outcome = "accepted" | "rejected" | "undecided";

/** How one step came out. */
export type StepReport =
  | { readonly step: Step; readonly outcome: "passed" }
  | {
      readonly step: Step;
      readonly outcome: "failed" | "undecided";
      readonly findings: readonly Finding[];
    }
  /** Not reached: it cannot be judged without the step that `needs` names. */
  | { readonly step: Step; readonly outcome: "skipped"; readonly needs: Step }
  /** Not asked for; `because` says in a few words why. */
  | {
      readonly step: Step;
      readonly outcome: "skipped";
      readonly because: string;
    };

/** The answer of `verify`: a refusal is a value, and "cannot tell" is a third outcome. */
export type Verdict<Claims = Record<string, unknown>> =
  | { readonly outcome: "accepted"; readonly token: VerifiedToken<Claims> }
  | ({
      readonly outcome: "rejected" | "undecided";
      readonly step: Step;
    } & Finding);

/** The answer of `examine`: every step that can be judged was judged. There is no field from which claims could be taken as trusted. */
export interface Examination {
  readonly outcome: Outcome;
  /** Of the first step that failed, else of the first that could not be judged; null when accepted. */
  readonly reason: Reason | null;
  readonly steps: readonly StepReport[];
  /** The token as the step request found it; null when there is none. */
  readonly token: string | null;
  /** What could be read, whatever the outcome; null when nothing could. */
  readonly unverified: UnverifiedToken | null;
}
