import type { Evidence } from "@assay/token";
import type { Investigation } from "../investigation.ts";

const EXPLAINS = ["binding.proof_invalid"] as const;

/** Causes of a DPoP proof that is wrong in itself (RFC 9449 section 4.3). */
export function detectInvalidProof(
  i: Investigation,
  { problem, detail }: Evidence["binding.proof_invalid"],
): void {
  const stale = (what: string, weight = 1): void =>
    i.suspect("binding.proof_stale", {
      confidence: "likely",
      facts: { what },
      explains: EXPLAINS,
      weight,
    });
  const malformed = (what: string): void =>
    i.suspect("token.malformed", {
      confidence: "likely",
      facts: { part: "DPoP proof", problem: what, member: null },
      explains: EXPLAINS,
    });
  switch (problem) {
    case "too_old":
      detectSlowClock(i);
      return stale(
        detail === null ? "it was made long ago" : `it is ${detail}`,
      );
    case "in_future":
      return i.suspect("time.clock_behind", {
        confidence: "likely",
        facts: {
          bySeconds: secondsIn(detail),
          against: "the client's clock",
          what: "proof",
        },
        explains: EXPLAINS,
      });
    case "repeated":
      return stale("another proof stands beside it in the request");
    case "claim_missing":
      return detail === "ath"
        ? stale(
            "it was made without an access token, as for the token endpoint",
          )
        : malformed(`the claim ${detail ?? ""} is missing`);
    case "signature":
      return i.suspect("binding.other_key", {
        confidence: "likely",
        facts: { binding: "dpop", by: "signature" },
        explains: EXPLAINS,
      });
    case "algorithm":
      i.suspect("verifier.unsupported", {
        confidence: detail?.includes("cannot be computed")
          ? "likely"
          : "possible",
        facts: {
          what: `the proof's algorithm, ${detail ?? ""}`,
          part: "proof_algorithm",
        },
        explains: EXPLAINS,
      });
      return malformed("its algorithm is not an asymmetric one");
    case "malformed":
    case "typ":
    case "key":
    case "claim_type":
      return malformed(problem);
  }
}

/** A proof that looks old to a verifier whose clock runs ahead of the client's. */
function detectSlowClock(i: Investigation): void {
  const { client, verifier } = i.context.clocks ?? {};
  if (client === undefined) return;
  const ahead =
    (verifier === undefined ? i.now : Date.parse(verifier) / 1000) -
    Date.parse(client) / 1000;
  if (ahead < 60) return;
  i.suspect("time.clock_ahead", {
    confidence: "likely",
    facts: { bySeconds: Math.round(ahead), against: "the client's clock" },
    explains: EXPLAINS,
    weight: 3,
  });
}

const secondsIn = (detail: string | null): number | null => {
  const seconds = Number.parseInt(detail ?? "", 10);
  return Number.isNaN(seconds) ? null : seconds;
};
