import type { Investigation } from "../investigation.ts";
import {
  certificateTraces,
  forwardedThumbprints,
} from "./certificate-traces.ts";

/** Causes of a proof or certificate whose key is not the one that the token is bound to. */
export async function detectOtherKey(
  i: Investigation,
  binding: "dpop" | "mtls",
  expected: string,
): Promise<void> {
  const explains = ["binding.key_mismatch"] as const;
  if (expected === "none") {
    i.suspect("claim.absent", {
      confidence: "likely",
      facts: { claim: binding === "dpop" ? "cnf.jkt" : "cnf.x5t#S256" },
      explains,
      weight: 1,
    });
    i.suspect("binding.other_key", {
      confidence: "possible",
      facts: { binding },
      explains,
    });
    return;
  }
  if (
    binding === "mtls" &&
    (await forwardedThumbprints(i.inquiry.request ?? {})).includes(expected)
  ) {
    const { names } = certificateTraces(i.inquiry.request ?? {});
    i.suspect("binding.certificate_not_forwarded", {
      confidence: "certain",
      facts: { traces: names },
      explains,
      weight: 2,
    });
  }
  // A SHA-256 in base64url is 43 characters long; anything else was never a thumbprint of this form.
  const misspelled = !/^[\w-]{43}$/.test(expected);
  if (misspelled) {
    const facts = {
      claim: binding === "dpop" ? "cnf.jkt" : "cnf.x5t#S256",
      expected: "SHA-256 in base64url",
      found: /^[0-9a-f]{64}$/i.test(expected) ? "hex" : "another form",
    };
    i.suspect("claim.shape", {
      confidence: "likely",
      facts,
      explains,
      weight: 2,
    });
  }
  i.suspect("binding.other_key", {
    confidence: "likely",
    facts: { binding },
    explains,
    weight: 1,
  });
}
