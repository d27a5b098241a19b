/** What the detectors share: the inquiry, how the steps came out, the keys in hand, a budget, and a place for suspicions. */
import type { Evidence, Key, KeySet, Reason, StepReport } from "@assay/token";
import type { Budget } from "./budget.ts";
import type { CauseCode, Facts } from "./causes.ts";
import type { Confidence } from "./diagnosis.ts";
import type { VerifierKeys } from "./verifier-keys.ts";
import type { Inquiry, InquiryContext, InquiryPolicy } from "./inquiry.ts";

/** One suspected cause, before it is ranked and put into words. */
export type Suspicion = {
  [C in CauseCode]: {
    readonly cause: C;
    readonly confidence: Confidence;
    readonly facts: Facts[C];
    /** The reasons that it would explain. */
    readonly explains: readonly Reason[];
    /** Between equals of one confidence the greater comes first; 0 when nothing is said. */
    readonly weight: number;
  };
}[CauseCode];

/** The token as it stands, taken apart as far as that goes; nothing of it is trusted. */
export interface TokenSeen {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>> | null;
  readonly claims: Readonly<Record<string, unknown>> | null;
}

export interface Investigation {
  readonly inquiry: Inquiry;
  readonly policy: InquiryPolicy;
  readonly context: InquiryContext;
  /** The verifier's clock, seconds since the epoch. */
  readonly now: number;
  readonly steps: readonly StepReport[];
  /** The reported reason: what the causes must explain first. */
  readonly reason: Reason | null;
  readonly token: TokenSeen | null;
  /** The keys that the verifier judged with; null when none were known. */
  readonly keys: KeySet | null;
  /** Where those keys came from, and the address at which they are, or should have been. */
  readonly keysFrom: Pick<VerifierKeys, "url" | "from">;
  /** The key that the header selected, when there was one. */
  readonly key: Key | null;
  readonly budget: Budget;
  /** The evidence of a reason that was found, in any step; null when it was not. */
  found<R extends Reason>(reason: R): Evidence[R] | null;
  /** Notes a suspicion. */
  suspect<C extends CauseCode>(
    cause: C,
    suspicion: {
      confidence: Confidence;
      facts: Facts[C];
      explains: readonly Reason[];
      weight?: number;
    },
  ): void;
  /** Notes what would have to be known to say more: one plain sentence without a full stop. */
  wouldTell(need: string): void;
  /** Would the repaired text pass the signature with the verifier's own keys? Costs budget; null when it could not be tried. */
  verifies(text: string): Promise<boolean | null>;
}

/** Looks for the causes of one family. It runs when one of its steps did not pass, and must be cheap to leave again. */
export type Detector = (investigation: Investigation) => void | Promise<void>;
