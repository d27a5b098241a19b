import type { Reason } from "@assay/token";
import type { CauseCode, Facts } from "../causes.ts";
import type { Investigation } from "../investigation.ts";

type Guess = {
  [C in CauseCode]: readonly [C, (investigation: Investigation) => Facts[C]];
}[CauseCode];

/**
 * Every refusal is given a cause. When no detector found one, this is the commonest for the step that refused: never more than
 * "possible".
 */
export function suspectLastResort(investigation: Investigation): void {
  const { reason } = investigation;
  // Where no key is known, the asker has simply not said it: that is a question back, and no cause.
  if (
    reason === null ||
    investigation.found("signature.keys_unavailable")?.source === null
  )
    return;
  const [cause, facts] = guess(reason);
  investigation.suspect(cause, {
    confidence: "possible",
    facts: facts(investigation),
    explains: [reason],
    weight: -1,
  });
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : "";

function guess(reason: Reason): Guess {
  switch (reason.slice(0, reason.indexOf("."))) {
    case "request":
      return ["token.absent", () => ({ how: "header_missing" })];
    case "format":
      return [
        "token.malformed",
        () => ({ part: "token", problem: "unreadable", member: null }),
      ];
    case "signature":
      return reason === "signature.algorithm_unsupported"
        ? [
            "verifier.unsupported",
            (i) => ({
              what: text(i.token?.header?.["alg"]).slice(0, 32),
              part: "algorithm" as const,
            }),
          ]
        : ["key.unknown", () => ({ tried: 0, sampleSecret: false })];
    case "expiration":
      if (reason === "expiration.lifetime_too_long")
        return [
          "verifier.too_strict",
          () => ({
            what: "its limit for the lifetime is shorter than what the issuer gives",
          }),
        ];
      return [
        "time.expired",
        () => ({ exp: null, bySeconds: null, lifetimeSeconds: null }),
      ];
    case "issuer":
      return [
        "issuer.other",
        (i) => ({
          expected: text(i.policy.issuer),
          found: text(i.token?.claims?.["iss"]),
        }),
      ];
    case "audience":
      return ["claim.value", () => ({ claim: "aud" })];
    case "binding":
      return [
        "binding.proof_stale",
        () => ({ what: "the proof does not fit the request" }),
      ];
    case "scope":
      return ["scope.not_granted", () => ({ lacking: [] })];
    default:
      return [
        "revoked.by_administrator",
        () => ({ at: null, event: reason, by: null }),
      ];
  }
}
