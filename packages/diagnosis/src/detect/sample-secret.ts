import { importSecret, isAlgorithm, isSymmetric } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { SAMPLE_SECRETS } from "./known-secrets.ts";
import { comesOut, type Signed } from "./signed.ts";

/** Secrets out of tutorials, templates and documentation: whoever signs with one has not configured a secret, or guesses at them. */
export async function explainSampleSecret(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  if (!isAlgorithm(s.alg) || !isSymmetric(s.alg)) return false;
  // For HMAC no secret at all and one zero byte are the same (RFC 2104 section 2).
  for (const secret of [new Uint8Array(1), ...SAMPLE_SECRETS]) {
    if (!(await comesOut(i, s, { key: importSecret(secret) }))) continue;
    const explains = [
      "signature.mismatch",
      "signature.key_not_found",
      "signature.algorithm_not_allowed",
    ] as const;
    i.suspect("key.unknown", {
      confidence: "likely",
      facts: { tried: i.budget.operations, sampleSecret: true },
      explains,
      weight: 40,
    });
    // A verifier that never takes HMAC has no such issuer.
    const stranger = i.found("signature.algorithm_not_allowed") !== null;
    i.suspect("token.forged", {
      confidence: stranger ? "likely" : "possible",
      facts: {
        pattern: "it is signed with a well-known secret out of examples",
        emulator: null,
      },
      explains,
      weight: stranger ? 41 : 5,
    });
    return true;
  }
  return false;
}
