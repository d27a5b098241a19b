/** Whether a refused token was shown to be authentic, which decides how much its bearer is told. */
import {
  decodeUnverified,
  finding,
  type Finding,
  type Step,
  type Verdict,
} from "@assay/token";

/** Steps that a token which is not authentic can fail. iss is among them: a token under the name of a stranger is a stranger's. */
const BEFORE: readonly Step[] = ["request", "format", "signature", "issuer"];

type Refusing = Exclude<Verdict<unknown>, { outcome: "accepted" }>;

export interface ProvenRefusal {
  readonly finding: Finding;
  readonly step: Step;
  readonly proven: boolean;
}

/** Of a token that the issuer was asked about: "not active" may well mean that there never was such a token. */
export function isKnown({ step, reason, evidence }: Refusing): ProvenRefusal {
  const proven = step !== "revocation" && !BEFORE.includes(step);
  return { finding: { reason, evidence } as Finding, step, proven };
}

/**
 * With keys of several issuers, a token of none of them has no key to be judged by; the verifier goes on, and may stop at its expiration
 * before it comes to its issuer. Threat: a forger who learns how far he got.
 */
export function isProven(
  verdict: Refusing,
  token: string,
  issuers: readonly string[],
): ProvenRefusal {
  const { step, reason, evidence } = verdict;
  const same = { reason, evidence } as Finding;
  if (BEFORE.includes(step) || verdict.outcome === "undecided")
    return { finding: same, step, proven: false };
  if (issuers.length === 1) return { finding: same, step, proven: true };
  const { claims } = decodeUnverified(token);
  // It was encrypted. Who signed what was in it is not known here any more, so no more is said than to a stranger.
  if (!claims) return { finding: same, step, proven: false };
  const { iss } = claims;
  if (typeof iss === "string" && issuers.includes(iss))
    return { finding: same, step, proven: true };
  return {
    finding:
      typeof iss !== "string"
        ? finding("issuer.missing", { expected: issuers })
        : finding("issuer.mismatch", { expected: issuers, found: iss }),
    step: "issuer",
    proven: false,
  };
}
