/** A request that is not let through, and what is known of it. Nothing here is for the public: `statement.ts` decides what is said. */
import type { Finding, Step } from "@assay/token";
import type { Demands } from "./demands.ts";
import type { Credential } from "./extract.ts";

export interface Refusal {
  readonly outcome: "rejected" | "undecided";
  /** null: no step of the verifier refused. Then `problem` says what did. */
  readonly finding: Finding | null;
  readonly step: Step | null;
  readonly problem:
    "ambiguous_path" | "replay" | "revocation" | "introspection" | null;
  /** True when the token was shown to be authentic: signed by an issuer of ours. */
  readonly proven: boolean;
  readonly credential: Credential | null;
  readonly demands: Demands;
  /** What stands behind a failed port; for the operator's log only. */
  readonly failure?: unknown;
}
