import type { Investigation } from "../investigation.ts";
import type { Times } from "./time-read.ts";

/** A lifetime over its limit by no more than this share was meant to stand at it. */
const LIFETIME_MARGIN = 0.1;
/** So was an age, within this share or this many seconds. */
const AGE_MARGIN = { share: 0.02, seconds: 15 };

/** The lifetime or the age stands at the verifier's limit, or a little over it. */
export function detectLimits(i: Investigation, { lifetime }: Times): void {
  const tooLong = i.found("expiration.lifetime_too_long");
  if (tooLong && lifetime !== null && lifetime < 1e11) {
    const { lifetimeSeconds: seconds, maxLifetimeSeconds: limitSeconds } =
      tooLong;
    const edge =
      seconds - limitSeconds <= Math.max(1, limitSeconds * LIFETIME_MARGIN);
    const explains = ["expiration.lifetime_too_long"] as const;
    i.suspect("time.limit_edge", {
      confidence: edge ? "likely" : "possible",
      facts: { measure: "lifetime", seconds, limitSeconds },
      explains,
      weight: 40,
    });
    if (!edge)
      i.suspect("verifier.too_strict", {
        confidence: "possible",
        facts: {
          what: "its limit for the lifetime is shorter than what the issuer gives",
        },
        explains,
        weight: 10,
      });
  }
  const old = i.found("expiration.too_old");
  if (!old) return;
  const age = old.now - old.iat;
  const edge =
    age - old.maxAgeSeconds - old.toleranceSeconds <=
    Math.max(AGE_MARGIN.seconds, old.maxAgeSeconds * AGE_MARGIN.share);
  i.suspect("time.limit_edge", {
    confidence: edge ? "likely" : "possible",
    facts: {
      measure: "age",
      seconds: Math.round(age),
      limitSeconds: old.maxAgeSeconds,
    },
    explains: ["expiration.too_old"],
    weight: edge ? 40 : 5,
  });
}
