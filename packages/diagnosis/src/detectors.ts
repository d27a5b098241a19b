/** THE LIST of detectors, each with the steps whose failure calls it, in the order of the steps. */
import { STEPS, type Step } from "@assay/token";
import { detectAudience } from "./detect/audience.ts";
import { detectBinding } from "./detect/binding.ts";
import { detectClaim } from "./detect/claim.ts";
import { detectDamage } from "./detect/damage.ts";
import { detectIssuer } from "./detect/issuer.ts";
import { detectKind } from "./detect/kind.ts";
import { detectRevocation } from "./detect/revocation.ts";
import { detectScope } from "./detect/scope.ts";
import { detectSignature } from "./detect/signature.ts";
import { detectTime } from "./detect/time.ts";
import { detectTransit } from "./detect/transit.ts";
import { detectVerifier } from "./detect/verifier.ts";
import type { Detector } from "./investigation.ts";
import { suspectHeard } from "./testimony-causes.ts";

export const DETECTORS: readonly (readonly [readonly Step[], Detector])[] = [
  [["request", "format", "signature", "issuer", "audience"], detectTransit],
  [["request", "format", "signature"], detectDamage],
  [["format", "signature", "issuer", "audience", "scope"], detectKind],
  [["signature"], detectSignature],
  [["format", "expiration", "binding"], detectTime],
  [["issuer"], detectIssuer],
  [["audience"], detectAudience],
  [["audience"], detectClaim],
  [["request", "binding"], detectBinding],
  [["scope"], detectScope],
  [["revocation"], detectRevocation],
  [["format", "signature", "issuer", "audience"], detectVerifier],
  [STEPS, suspectHeard],
];
