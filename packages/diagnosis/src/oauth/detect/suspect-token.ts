import type { Diagnosis } from "../../diagnosis.ts";
import type { Exchange } from "../exchange.ts";
import { findingIn } from "../finding-in.ts";

/** Takes over the causes of a token that was refused for itself. */
export function suspectToken(
  exchange: Exchange,
  diagnosis: Diagnosis,
  weight: number,
): void {
  const found = findingIn(diagnosis);
  if (!found) return;
  diagnosis.causes.forEach(({ cause, confidence, facts }, i) =>
    exchange.suspect(cause, {
      confidence,
      facts,
      finding: found,
      weight: weight - i,
    }),
  );
}
