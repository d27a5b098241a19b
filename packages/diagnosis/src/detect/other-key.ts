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
  const claim = binding === "dpop" ? "cnf.jkt" : "cnf.x5t#S256";
  // The policy demands the bond, and the token was issued without one: there is no other key.
  if (expected === "none")
    return i.suspect("claim.absent", {
      confidence: "likely",
      facts: { claim },
      explains,
      weight: 1,
    });
  if (
    binding === "mtls" &&
    (await forwardedThumbprints(i.inquiry.request ?? {})).includes(expected)
  ) {
    const { names } = certificateTraces(i.inquiry.request ?? {});
    i.suspect("binding.certificate_not_forwarded", {
      confidence: "certain",
      facts: { traces: names, bound: true },
      explains,
      weight: 2,
    });
  }
  // A SHA-256 in base64url is 43 characters long; anything else was never a thumbprint of this form.
  const misspelled = !/^[\w-]{43}$/.test(expected);
  if (misspelled) {
    const facts = {
      claim,
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
    facts: { binding, by: "thumbprint" },
    explains,
    weight: 1,
  });
}
