import { recogniseForm, type Finding, type StepReport } from "@assay/token";

/** Says by name what stands in place of a JWT: the engine only knows that it is none, a diagnosis knows the vendors. */
export function nameForm(
  steps: readonly StepReport[],
  token: string | null,
): readonly StepReport[] {
  if (token === null) return steps;
  return steps.map((step) =>
    "findings" in step
      ? { ...step, findings: step.findings.map((found) => named(found, token)) }
      : step,
  );
}

const named = (found: Finding, token: string): Finding =>
  found.reason === "format.not_jwt"
    ? {
        ...found,
        evidence: { ...found.evidence, looksLike: recogniseForm(token).name },
      }
    : found;
