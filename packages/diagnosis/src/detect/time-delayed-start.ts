import type { Investigation } from "../investigation.ts";
import type { Times } from "./time-read.ts";

/** Less than this between iat and nbf, in seconds, is rounding. */
const ROUNDING = 5;

/** nbf was set later than iat on purpose, or by a sample that was copied. */
export function detectDelayedStart(
  i: Investigation,
  { iat, nbf, exp, now, tolerance }: Times,
): void {
  if (!i.found("expiration.not_yet_valid") || nbf === null || nbf > 1e11)
    return;
  const explains = ["expiration.not_yet_valid"] as const;
  const remainingSeconds = Math.ceil(nbf - now);
  if (iat !== null) {
    const delaySeconds = nbf - iat;
    if (delaySeconds < ROUNDING || iat > now + tolerance) return;
    i.suspect("time.delayed_start", {
      confidence: "likely",
      facts: { delaySeconds, remainingSeconds },
      explains,
      weight: exp !== null && exp <= nbf ? 25 : 45,
    });
  } else if (remainingSeconds > 600) {
    i.suspect("time.delayed_start", {
      confidence: "possible",
      facts: { delaySeconds: remainingSeconds, remainingSeconds },
      explains,
      weight: 25,
    });
  }
}
