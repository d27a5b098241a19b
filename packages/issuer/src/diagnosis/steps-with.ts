/** The nine steps of a refusal that one finding decided. */
import {
  isUndecided,
  STEPS,
  stepOf,
  type Finding,
  type StepReport,
} from "@assay/token";

export const stepsWith = (found: Finding | null): readonly StepReport[] =>
  STEPS.map((step): StepReport =>
    found && stepOf(found.reason) === step
      ? {
          step,
          outcome: isUndecided(found.reason) ? "undecided" : "failed",
          findings: [found],
        }
      : {
          step,
          outcome: "skipped",
          because: "the request was refused without it",
        },
  );
