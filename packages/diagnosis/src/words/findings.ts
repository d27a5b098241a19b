/** One sentence for each finding, with both sides of what was compared. */
import { CLAIMS_FINDINGS } from "./findings-claims.ts";
import { FORMAT_FINDINGS } from "./findings-format.ts";
import { SIGNATURE_FINDINGS } from "./findings-signature.ts";
import type { Say } from "./language.ts";

export const FINDINGS: Say = {
  ...FORMAT_FINDINGS,
  ...SIGNATURE_FINDINGS,
  ...CLAIMS_FINDINGS,
};
