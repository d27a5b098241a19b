import type { Outcome, Reason, StepReport } from "@assay/token";
import type { Actor, CauseCode, Facts } from "./causes.ts";

export type Confidence = "certain" | "likely" | "possible";

/** What went wrong in the world so that the check refused: inferred, with the certainty that the evidence gives. */
export type Cause = {
  [C in CauseCode]: {
    readonly cause: C;
    readonly confidence: Confidence;
    readonly actor: Actor;
    readonly facts: Facts[C];
    readonly evidence: readonly string[];
    readonly fix: string;
  };
}[CauseCode];

/** The answer to an inquiry, as the contract has it. It holds no secret and no whole token. */
export interface Diagnosis {
  readonly contract: 1;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly steps: readonly StepReport[];
  /** Best first; empty when accepted. */
  readonly causes: readonly Cause[];
  readonly token: {
    readonly header: object | null;
    readonly claims: object | null;
    readonly trusted: boolean;
  };
  /** What else would have to be known to say more. */
  readonly needs: readonly string[];
}
