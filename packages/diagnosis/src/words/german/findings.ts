import type { Say } from "../language.ts";
import { CLAIMS_FINDINGS } from "./findings-claims.ts";
import { FORMAT_FINDINGS } from "./findings-format.ts";
import { SIGNATURE_FINDINGS } from "./findings-signature.ts";

/** One sentence for each reason: what was expected, what was found. */
export const FINDINGS: Say = {
  ...FORMAT_FINDINGS,
  ...SIGNATURE_FINDINGS,
  ...CLAIMS_FINDINGS,
};
