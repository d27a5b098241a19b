import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import {
  certificateTraces,
  forwardedThumbprints,
} from "./certificate-traces.ts";

const proofSent = ({ inquiry }: Investigation): boolean =>
  headerValues(inquiry.request ?? {}, "dpop").length > 0;

/** The member of cnf by which the token names a key or a certificate. */
type Member = "jkt" | "x5t#S256";

const named = (i: Investigation, member: Member): unknown =>
  (
    i.token?.claims?.["cnf"] as
      Readonly<Record<string, unknown>> | null | undefined
  )?.[member] ?? null;

function confirmation(i: Investigation, member: Member): string | null {
  const value = named(i, member);
  return typeof value === "string" ? value : null;
}

/** Whether the token is bound at all, or only the policy demands it; null when the token cannot be read. */
const isBound = (i: Investigation, member: Member): boolean | null =>
  i.token?.claims ? named(i, member) !== null : null;

/** A bound token under the scheme Bearer (RFC 9449 section 7.1), or the scheme DPoP at an API that knows Bearer alone. */
export function detectScheme(i: Investigation): void {
  const scheme = i.found("request.scheme_unsupported");
  if (!scheme) return;
  const found = scheme.found?.toLowerCase() ?? null;
  const explains = ["request.scheme_unsupported"] as const;
  const bound = confirmation(i, "jkt") !== null;
  if (scheme.expected === "DPoP") {
    // Above "another word in the scheme's place": here the word is the other scheme of bearer and bound tokens.
    const facts = {
      found: scheme.found,
      proofSent: proofSent(i),
      binding: "dpop",
      bound: isBound(i, "jkt"),
    } as const;
    i.suspect("binding.scheme_downgraded", {
      confidence:
        found !== "bearer" ? "possible" : bound ? "certain" : "likely",
      facts,
      explains,
      weight: 80,
    });
  } else if (found === "dpop") {
    const facts = { what: "the scheme DPoP", part: "scheme" } as const;
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

export function detectNoProof(i: Investigation): void {
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
    facts: {
      found: scheme?.slice(0, 40) ?? null,
      proofSent: false,
      binding: "dpop",
      bound: isBound(i, "jkt"),
    },
    explains,
    weight: 3,
  });
  if (request && scheme?.toLowerCase() === "dpop") {
    i.suspect("transit.header_stripped", {
      confidence: "possible",
      facts: { by: null, header: "DPoP" },
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

export async function detectNoCertificate(i: Investigation): Promise<void> {
  const request = i.inquiry.request ?? {};
  const explains = ["binding.proof_missing"] as const;
  const { names, saysNone } = certificateTraces(request);
  const forwarded = await forwardedThumbprints(request);
  const bound = confirmation(i, "x5t#S256");
  i.suspect("binding.certificate_not_forwarded", {
    confidence: saysNone ? "possible" : "likely",
    facts: { traces: names, bound: isBound(i, "x5t#S256") },
    explains,
    weight: 2,
  });
  if (saysNone)
    i.suspect("binding.scheme_downgraded", {
      confidence: "likely",
      facts: {
        found: null,
        proofSent: false,
        binding: "mtls",
        bound: isBound(i, "x5t#S256"),
      },
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
      facts: { binding: "mtls", by: "thumbprint" },
      explains,
      weight: 1,
    });
  if (names.length === 0)
    i.wouldTell(
      "the headers that the proxy adds would tell whether the client showed a certificate",
    );
}
