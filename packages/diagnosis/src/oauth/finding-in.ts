import type { Finding } from "@assay/token";
import type { Diagnosis } from "../diagnosis.ts";

/** The finding of the reason that a diagnosis reports. */
export const findingIn = ({ steps, reason }: Diagnosis): Finding | null =>
  steps
    .flatMap((step): readonly Finding[] =>
      "findings" in step ? step.findings : [],
    )
    .find((each) => each.reason === reason) ?? null;
