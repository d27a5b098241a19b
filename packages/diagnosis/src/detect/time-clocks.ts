import type { Investigation } from "../investigation.ts";
import type { Times } from "./time-read.ts";

/** An inferred difference below this, in seconds, is the way of the answer, and not a wrong clock. */
const WAY = 60;
const DAY = 86_400;

/** A clock is wrong: by the other clock the token would be good. */
export function detectClocks(i: Investigation, times: Times): void {
  const { skew, tolerance } = times;
  const ahead = skew?.ahead ?? 0;
  const corrected = i.now - ahead;
  // A document may have been kept for long: its Date is believed within a day, and not before the token was made.
  const plausible =
    Math.abs(ahead) > WAY &&
    Math.abs(ahead) < DAY &&
    corrected >= (times.iat ?? times.nbf ?? corrected) - WAY;
  const counts =
    skew !== null &&
    ahead !== 0 &&
    (skew.measured || plausible || ahead < -WAY);
  const confidence = skew?.measured && skew.settled ? "certain" : "likely";
  const tooLate = endsAt(i, times);
  if (tooLate && counts && ahead > 0 && corrected < tooLate.end) {
    i.suspect("time.clock_ahead", {
      confidence,
      facts: { bySeconds: Math.round(ahead), against: skew.against },
      explains: [tooLate.reason],
      weight: 60,
    });
  }
  const tooEarly = beginsAt(i, times);
  if (!tooEarly) {
    detectUnknownBeginning(i);
    return;
  }
  if (counts && ahead < 0 && corrected + tolerance >= tooEarly.begin) {
    i.suspect("time.clock_behind", {
      confidence,
      facts: {
        bySeconds: Math.round(-ahead),
        against: skew.against,
        what: "token",
      },
      explains: tooEarly.reasons,
      weight: 60,
    });
  } else if (!isFiner(tooEarly.begin)) {
    const by = Math.ceil(tooEarly.begin - i.now);
    i.suspect("time.clock_behind", {
      confidence: times.clocksAgree && by > WAY ? "possible" : "likely",
      facts: {
        bySeconds: by,
        against: "the issuer's clock, as the token shows it",
        what: "token",
      },
      explains: tooEarly.reasons,
      weight: 20,
    });
    if (skew === null)
      i.wouldTell(
        "the issuer's clock and the verifier's, read at one moment, would tell which of them is wrong",
      );
  }
}

function endsAt(i: Investigation, { exp, iat, tolerance }: Times) {
  if (i.found("expiration.expired") && exp !== null)
    return { reason: "expiration.expired" as const, end: exp + tolerance };
  const old = i.found("expiration.too_old");
  return old && iat !== null
    ? {
        reason: "expiration.too_old" as const,
        end: iat + old.maxAgeSeconds + tolerance,
      }
    : null;
}

function beginsAt(i: Investigation, { nbf, iat }: Times) {
  const reasons = (
    ["expiration.not_yet_valid", "expiration.issued_in_future"] as const
  ).filter((reason) => i.found(reason));
  if (reasons.length === 0) return null;
  const begins = [
    i.found("expiration.not_yet_valid") ? nbf : null,
    i.found("expiration.issued_in_future") ? iat : null,
  ].filter((time) => time !== null);
  return begins.length === 0 ? null : { reasons, begin: Math.max(...begins) };
}

/** Only the answer says that the token has not begun; its times are not known. */
function detectUnknownBeginning(i: Investigation): void {
  const explains = (
    ["expiration.not_yet_valid", "expiration.issued_in_future"] as const
  ).filter((reason) => i.found(reason));
  if (explains.length > 0)
    i.suspect("time.clock_behind", {
      confidence: "possible",
      facts: { bySeconds: null, against: "the issuer's clock", what: "token" },
      explains,
    });
}

/** A time in milliseconds or finer lies ten thousands of years ahead. */
const isFiner = (time: number): boolean => time > 1e11;
