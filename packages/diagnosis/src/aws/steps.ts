/** The nine steps, read by analogy (contract, "AWS Signature Version 4"): what was found, what passed, and what nobody asked for. */
import {
  finding,
  isUndecided,
  STEPS,
  stepOf,
  type Finding,
  type Step,
  type StepReport,
} from "@assay/token";
import type { AwsCase } from "./aws-case.ts";

/** Why a step is not asked for where a signature is judged. */
const BECAUSE: Readonly<Partial<Record<Step, string>>> = {
  issuer: "the policy names no issuer",
  audience: "the policy names no audience, party or claim",
  binding: "neither the policy nor the token demands a proof",
  scope: "the policy names no scope",
  revocation: "nobody is known who says what is revoked",
};

/** The service answered, and did not do what it was asked for: then nothing is accepted, whatever comes out here. */
export const isRefusal = ({ inquiry, refused }: AwsCase): boolean =>
  inquiry.response !== undefined && refused;

export const OTHER_REFUSAL =
  "the answer refuses the request for a reason that is none of its signature or its token: the service's own words would tell";

export function stepsOf(
  seen: AwsCase,
  verified: boolean,
): readonly StepReport[] {
  const found = new Map<Step, Finding[]>();
  for (const each of seen.findings) {
    const step = stepOf(each.reason);
    found.set(step, [...(found.get(step) ?? []), each]);
  }
  return STEPS.map((step): StepReport => {
    const findings = found.get(step);
    if (findings)
      return {
        step,
        outcome: findings.every(({ reason }) => isUndecided(reason))
          ? "undecided"
          : "failed",
        findings,
      };
    return unfound(seen, step, verified);
  });
}

function unfound(seen: AwsCase, step: Step, verified: boolean): StepReport {
  const { parsed, endpoint, wire, keyId } = seen;
  if (!wire && step === "request")
    return { step, outcome: "skipped", because: "no request is known" };
  if (step === "request") return { step, outcome: "passed" };
  if (step === "signature") {
    if (verified) return { step, outcome: "passed" };
    // Where nothing was signed there is nothing to check; where that is not known, it stays open.
    if (
      !parsed &&
      (wire || (keyId === null && seen.found("request.token_missing")))
    )
      return { step, outcome: "skipped", needs: "request" };
    if (parsed && parsed.algorithm !== "AWS4-HMAC-SHA256")
      return {
        step,
        outcome: "undecided",
        findings: [
          finding("signature.algorithm_unsupported", { alg: parsed.algorithm }),
        ],
      };
    return {
      step,
      outcome: "undecided",
      findings: [
        finding("signature.keys_unavailable", {
          source: null,
          problem: "the secret of this key is not known",
        }),
      ],
    };
  }
  if (step === "format" || step === "expiration")
    return parsed
      ? { step, outcome: "passed" }
      : { step, outcome: "skipped", needs: "request" };
  if (step === "audience" && parsed && endpoint)
    return { step, outcome: "passed" };
  return { step, outcome: "skipped", because: BECAUSE[step] ?? "" };
}
