import { headerValues, type Finding } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import {
  certificateTraces,
  forwardedThumbprints,
} from "./certificate-traces.ts";
import { detectInvalidProof } from "./invalid-proof.ts";
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
    const explains = ["binding.replayed"] as const;
    i.suspect("binding.proof_stale", {
      confidence: assertion ? "possible" : "likely",
      facts: { what: "a proof with this jti was used before" },
      explains,
    });
    i.suspect("time.proof_reused", {
      confidence: assertion ? "likely" : "possible",
      facts: {
        ageSeconds: null,
        what: assertion ? "client assertion" : "DPoP proof",
      },
      explains,
    });
  }
}

export const bindingFindings = ({ steps }: Investigation): readonly Finding[] =>
  steps.flatMap((report) =>
    report.step === "binding" && "findings" in report ? report.findings : [],
  );

const proofSent = ({ inquiry }: Investigation): boolean =>
  headerValues(inquiry.request ?? {}, "dpop").length > 0;

function confirmation(
  i: Investigation,
  member: "jkt" | "x5t#S256",
): string | null {
  const value = (
    i.token?.claims?.["cnf"] as
      Readonly<Record<string, unknown>> | null | undefined
  )?.[member];
  return typeof value === "string" ? value : null;
}

/** A bound token under the scheme Bearer (RFC 9449 section 7.1), or the scheme DPoP at an API that knows Bearer alone. */
function detectScheme(i: Investigation): void {
  const scheme = i.found("request.scheme_unsupported");
  if (!scheme) return;
  const found = scheme.found?.toLowerCase() ?? null;
  const explains = ["request.scheme_unsupported"] as const;
  const bound = confirmation(i, "jkt") !== null;
  if (scheme.expected === "DPoP") {
    // Above "another word in the scheme's place": here the word is the other scheme of bearer and bound tokens.
    const facts = { found: scheme.found, proofSent: proofSent(i) };
    i.suspect("binding.scheme_downgraded", {
      confidence:
        found !== "bearer" ? "possible" : bound ? "certain" : "likely",
      facts,
      explains,
      weight: 80,
    });
  } else if (found === "dpop") {
    const facts = { what: "the scheme DPoP" };
    i.suspect("verifier.unsupported", {
      confidence: bound && proofSent(i) ? "likely" : "possible",
      facts,
      explains,
      weight: 80,
    });
    if (!bound)
      i.suspect("token.scheme_missing", {
        confidence: "likely",
        facts: { found: scheme.found, expected: scheme.expected ?? "Bearer" },
        explains,
      });
  }
}

function detectNoProof(i: Investigation): void {
  const { request } = i.inquiry;
  const explains = ["binding.proof_missing"] as const;
  const scheme =
    /^\s*(\S+)\s/.exec(
      headerValues(request ?? {}, "authorization")[0] ?? "",
    )?.[1] ?? null;
  const asBearer = scheme?.toLowerCase() === "bearer";
  const certain = asBearer && confirmation(i, "jkt") !== null;
  i.suspect("binding.scheme_downgraded", {
    confidence: certain ? "certain" : "likely",
    facts: { found: scheme?.slice(0, 40) ?? null, proofSent: false },
    explains,
    weight: 3,
  });
  if (request && scheme?.toLowerCase() === "dpop") {
    i.suspect("transit.header_stripped", {
      confidence: "possible",
      facts: { by: null },
      explains,
    });
    i.wouldTell(
      "the request as the client sent it would tell whether the header DPoP was lost on the way",
    );
  }
  if (!request)
    i.wouldTell(
      "the request with its headers would tell whether a proof was sent",
    );
}

async function detectNoCertificate(i: Investigation): Promise<void> {
  const request = i.inquiry.request ?? {};
  const explains = ["binding.proof_missing"] as const;
  const { names, saysNone } = certificateTraces(request);
  const forwarded = await forwardedThumbprints(request);
  const bound = confirmation(i, "x5t#S256");
  i.suspect("binding.certificate_not_forwarded", {
    confidence: saysNone ? "possible" : "likely",
    facts: { traces: names },
    explains,
    weight: 2,
  });
  if (saysNone)
    i.suspect("binding.scheme_downgraded", {
      confidence: "likely",
      facts: { found: null, proofSent: false },
      explains,
    });
  if (bound !== null && forwarded.includes(bound))
    i.suspect("verifier.not_configured", {
      confidence: "possible",
      facts: { setting: "the header that holds the client certificate" },
      explains,
      weight: 1,
    });
  else if (forwarded.length > 0 && bound !== null)
    i.suspect("binding.other_key", {
      confidence: "possible",
      facts: { binding: "mtls" },
      explains,
      weight: 1,
    });
  if (names.length === 0)
    i.wouldTell(
      "the headers that the proxy adds would tell whether the client showed a certificate",
    );
}

async function detectOtherKey(
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
