import { headerValues, type Finding } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { detectInvalidProof } from "./invalid-proof.ts";
import {
  detectNoCertificate,
  detectNoProof,
  detectScheme,
} from "./missing-proof.ts";
import { detectOtherKey } from "./other-key.ts";
import { detectOtherRequest } from "./proof-of-other-request.ts";

/** Causes of a token that is bound to a key, and whose sender did not show that key for this request. */
export async function detectBinding(i: Investigation): Promise<void> {
  detectScheme(i);
  for (const { reason, evidence } of bindingFindings(i)) {
    if (reason === "binding.proof_missing")
      await (evidence.binding === "dpop"
        ? detectNoProof(i)
        : detectNoCertificate(i));
    if (reason === "binding.key_mismatch")
      await detectOtherKey(i, evidence.binding, evidence.expected);
    if (reason === "binding.proof_invalid") detectInvalidProof(i, evidence);
  }
  await detectOtherRequest(i);
  const nonce = i.found("binding.nonce");
  if (nonce) {
    const asked =
      headerValues(i.inquiry.response ?? {}, "dpop-nonce").length > 0;
    i.suspect("binding.nonce_required", {
      confidence: asked ? "certain" : "likely",
      facts: { hadNonce: nonce.found },
      explains: ["binding.nonce"],
      weight: 2,
    });
  }
  if (i.found("binding.replayed")) {
    const assertion = i.policy.kind === "client_assertion";
    const proof = headerValues(i.inquiry.request ?? {}, "dpop").length > 0;
    const explains = ["binding.replayed"] as const;
    if (assertion || proof)
      i.suspect("binding.proof_stale", {
        confidence: assertion ? "possible" : "likely",
        facts: { what: "a proof with this jti was used before" },
        explains,
      });
    // Without a proof beside it, it is the token itself that the server has seen before.
    i.suspect("time.proof_reused", {
      confidence: assertion || !proof ? "likely" : "possible",
      facts: {
        ageSeconds: null,
        what: assertion
          ? "client assertion"
          : proof
            ? "DPoP proof"
            : "the token",
      },
      explains,
    });
  }
}

export const bindingFindings = ({ steps }: Investigation): readonly Finding[] =>
  steps.flatMap((report) =>
    report.step === "binding" && "findings" in report ? report.findings : [],
  );
