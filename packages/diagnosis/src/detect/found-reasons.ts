import { stepOf, type Reason, type Step } from "@assay/token";
import type { Investigation } from "../investigation.ts";

/** The reasons that were found in these steps: what a cause of theirs explains. */
export function reasonsIn(
  i: Investigation,
  ...steps: readonly Step[]
): readonly Reason[] {
  const findings = i.steps.flatMap((report) =>
    "findings" in report ? report.findings : [],
  );
  return findings
    .map(({ reason }) => reason)
    .filter((reason) => steps.includes(stepOf(reason)));
}
