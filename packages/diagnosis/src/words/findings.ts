/** One sentence for each finding, with both sides of what was compared. Lower case at the start, no full stop. */
import type { Evidence, Finding, Reason } from "@assay/token";
import { CLAIMS_FINDINGS } from "./findings-claims.ts";
import { SIGNATURE_FINDINGS } from "./findings-signature.ts";
import { FORMAT_FINDINGS } from "./findings-format.ts";

/** The sentences of the reasons of some steps. */
export type Say<S extends string> = {
  readonly [R in Extract<Reason, `${S}.${string}`>]: (
    evidence: Evidence[R],
  ) => string;
};

const FINDINGS: { readonly [R in Reason]: (evidence: Evidence[R]) => string } =
  {
    ...FORMAT_FINDINGS,
    ...SIGNATURE_FINDINGS,
    ...CLAIMS_FINDINGS,
  };

/** What a step found, in one sentence: "expired 3 hours 12 minutes ago (09:48:11 UTC)". */
export function sayFinding({ reason, evidence }: Finding): string {
  return (FINDINGS[reason] as (evidence: unknown) => string)(evidence);
}
