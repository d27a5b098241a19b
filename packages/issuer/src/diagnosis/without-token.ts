/** A diagnosis of what the server knows, where the token itself is not there to be shown. */
import type { Cause, Diagnosis } from "@assay/diagnosis";
import type { Finding, Reason } from "@assay/token";
import { stepsWith } from "./steps-with.ts";

export const withoutToken = (
  outcome: "rejected" | "undecided",
  reason: Reason | null,
  found: Finding | null,
  causes: readonly Cause[],
): Diagnosis => ({
  contract: 1,
  outcome,
  reason,
  steps: stepsWith(found),
  causes,
  token: { header: null, claims: null, trusted: false },
  needs: [],
});
