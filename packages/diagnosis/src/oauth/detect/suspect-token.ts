import type { Finding } from "@assay/token";
import type { Diagnosis } from "../../diagnosis.ts";
import type { Exchange } from "../exchange.ts";

/** The finding of the reason that a diagnosis reports. */
export const findingIn = ({ steps, reason }: Diagnosis): Finding | null =>
  steps
    .flatMap((step): readonly Finding[] =>
      "findings" in step ? step.findings : [],
    )
    .find((each) => each.reason === reason) ?? null;

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
