/** @assay/guard/testing: an issuer for your own tests. Nothing of it belongs into a running service. */
import type { Reason, StepReport } from "@assay/token";
import type { Demands } from "../demands.ts";
import type { Guard } from "../guard.ts";

export { testClock, type TestClock } from "./test-clock.ts";
export {
  createTestIssuer,
  type Flaw,
  type MintOptions,
  type ProofOptions,
  type TestIssuer,
  type TestIssuerOptions,
} from "./test-issuer.ts";

export interface Checked {
  readonly accepted: boolean;
  /** Of the first step that refused; null when accepted. */
  readonly reason: Reason | null;
  readonly steps: readonly StepReport[];
}

/** Would this guard accept this token: every step that can be judged, without an answer and without an audit event. */
export async function check(
  guard: Guard<unknown>,
  token: string,
  demands?: Demands,
): Promise<Checked> {
  const { outcome, reason, steps } = await guard.examine(token, demands);
  return { accepted: outcome === "accepted", reason, steps };
}
