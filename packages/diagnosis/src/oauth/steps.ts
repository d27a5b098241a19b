/** The nine steps where a request to an OAuth endpoint is judged: only the token that it presents can fail one. */
import {
  STEPS,
  stepOf,
  isUndecided,
  type Finding,
  type StepReport,
} from "@assay/token";

const NO_STEP =
  "the request is one to an authorization server, and bears no token to an API";

export function stepsWith(found: Finding | null): readonly StepReport[] {
  return STEPS.map((step): StepReport => {
    if (found && stepOf(found.reason) === step)
      return {
        step,
        outcome: isUndecided(found.reason) ? "undecided" : "failed",
        findings: [found],
      };
    return { step, outcome: "skipped", because: NO_STEP };
  });
}
