/** THE LIST of judges for requests that carry no bearer JWT (docs/contract/diagnosis.md): the first that knows the request judges it. */
import type { Outcome, Reason, StepReport } from "@assay/token";
import { judgeAws } from "./aws/judge.ts";
import type { Budget } from "./budget.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Suspicion } from "./investigation.ts";
import { judgeOauth } from "./oauth/judge.ts";

export interface Asked {
  readonly inquiry: Inquiry;
  /** The clock that judges, seconds since the epoch. */
  readonly now: number;
  readonly budget: Budget;
  /** The ordinary diagnosis, for a token that the request carries. It has a budget of its own: a second one only after the first was accepted, which costs little. */
  readonly diagnoseToken: (inquiry: Inquiry) => Promise<Diagnosis>;
}

export interface Judgement {
  readonly outcome: Outcome;
  /** null with "rejected": the request or the registration is at fault, not a token. */
  readonly reason: Reason | null;
  /** All nine, in their order. */
  readonly steps: readonly StepReport[];
  readonly suspicions: readonly Suspicion[];
  /** What would tell more: plain sentences without a full stop. */
  readonly needs: readonly string[];
  /** What could be read of a token in the request. */
  readonly token: {
    readonly header: object | null;
    readonly claims: object | null;
    /** False: something else than a verification of this token accepted it, such as the server's own word. Default: as the outcome says. */
    readonly trusted?: boolean;
  };
}

/** null: it is no request of this kind. Cheap for all others. */
export type Judge = (asked: Asked) => Promise<Judgement | null>;

export const JUDGES: readonly Judge[] = [judgeAws, judgeOauth];
