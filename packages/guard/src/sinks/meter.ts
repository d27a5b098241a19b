/** A sink that counts, for OpenTelemetry and whatever has the shape of its meter. */
import type { AuditSink } from "../audit-event.ts";

export interface MeterShape {
  createCounter(
    name: string,
    options?: { readonly description?: string; readonly unit?: string },
  ): {
    add(value: number, attributes?: Readonly<Record<string, string>>): void;
  };
}

/**
 * Counts `assay.guard.refused` and `assay.guard.admitted`. Attributes are reasons and statuses alone: what a stranger can write would make
 * a new series with each request. Refusals that were only counted are in it.
 */
export function countWith(meter: MeterShape): AuditSink {
  const refused = meter.createCounter("assay.guard.refused", {
    description: "Requests that were refused or could not be judged",
    unit: "{request}",
  });
  const admitted = meter.createCounter("assay.guard.admitted", {
    description: "Requests that were admitted and told to the audit",
    unit: "{request}",
  });
  return (event) => {
    switch (event.event) {
      case "token.admitted":
        admitted.add(1);
        break;
      case "token.refused":
      case "token.undecided":
        refused.add(1, { reason: event.reason ?? event.problem ?? "unknown" });
        break;
      case "audit.counted":
        for (const [reason, count] of Object.entries(event.reasons))
          (reason === "admitted" ? admitted : refused).add(
            count,
            reason === "admitted" ? {} : { reason },
          );
        break;
    }
  };
}
