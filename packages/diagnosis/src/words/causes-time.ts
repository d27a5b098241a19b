import { names } from "./lists.ts";
import { tell, type Family } from "./cause-words.ts";
import { duration, figure, moment } from "./time.ts";
import { phrase, untrusted } from "./untrusted.ts";

const PER_SECOND = { milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 };

const SYNCHRONISE =
  "Set the clock by a time service (NTP) and keep it so. A clock tolerance of a minute at most covers what remains.";

/** Words for the causes of the family time. */
export const TIME: Family<"time"> = {
  "time.expired": ({ exp, bySeconds, lifetimeSeconds }) =>
    tell(
      "The token reached the end of its life, and nobody renewed it.",
      [
        exp !== null &&
          bySeconds !== null &&
          `exp was at ${moment(exp, exp + bySeconds)}, ${duration(bySeconds)} before the token was judged`,
        exp !== null && bySeconds === null && `exp was at ${moment(exp)}`,
        exp === null &&
          bySeconds !== null &&
          `it ended ${duration(bySeconds)} before it was judged`,
        lifetimeSeconds !== null &&
          `it was issued for ${duration(lifetimeSeconds)}`,
        exp === null &&
          bySeconds === null &&
          "the token is refused for its time, and nothing else is known of it",
      ],
      "Get a new token and repeat the request. Renew it a little before exp, so that no request meets the end.",
    ),
  "time.clock_ahead": ({ bySeconds, against }, confidence) =>
    tell(
      "The clock of the machine that judges runs ahead.",
      [
        bySeconds === null
          ? `the verifier's clock runs ahead of ${phrase(against)}`
          : `the verifier's clock is ${duration(bySeconds)} ahead of ${phrase(against)}`,
        confidence === "certain" &&
          "by the other clock the token is still good",
      ],
      SYNCHRONISE,
    ),
  "time.clock_behind": ({ bySeconds, against, what }, confidence) =>
    tell(
      what === "proof"
        ? "The verifier's clock runs behind, or the client's runs ahead."
        : "The verifier's clock runs behind, or the issuer's runs ahead.",
      [
        bySeconds === null
          ? `the verifier's clock runs behind ${phrase(against)}`
          : `the verifier's clock is ${duration(bySeconds)} behind ${phrase(against)}`,
        confidence === "certain" && "by the other clock the token has begun",
      ],
      what === "proof"
        ? "Compare both clocks with a time service (NTP), and set the one that is wrong. The client makes the proof by its own clock."
        : SYNCHRONISE,
    ),
  "time.milliseconds": ({ claims, unit }) =>
    tell(
      `Times in the token are written in ${unit}, not in seconds.`,
      [
        `${names(claims)}, read as ${unit}, ${claims.length === 1 ? "is an ordinary time" : "are ordinary times"}; read as seconds, they lie thousands of years away`,
      ],
      `Write exp, iat and nbf in seconds since 1970: divide by ${figure(PER_SECOND[unit])} and round down before you sign.`,
    ),
  "time.lifetime_unit": ({ how, lifetimeSeconds, meantSeconds, unit }) => {
    switch (how) {
      case "unit":
        return tell(
          "The lifetime was given in another unit than it was read in.",
          [
            `the token lives ${duration(lifetimeSeconds)}; as ${phrase(unit)} the same number makes ${duration(meantSeconds)}`,
          ],
          `Check the unit of the lifetime setting, so that exp lies ${duration(meantSeconds)} after iat.`,
        );
      case "length_as_end":
        return tell(
          "The length of the life stands in exp, where its end belongs.",
          [
            `exp is ${figure(meantSeconds)}: read as ${phrase(unit)}, that is ${duration(meantSeconds)}; read as a moment, it is ${moment(meantSeconds)}`,
          ],
          "Write the time of issue plus the lifetime into exp, in seconds since 1970.",
        );
      case "since_1970":
        return tell(
          "The times count from 1970, but not in seconds.",
          [
            `exp, read as ${phrase(unit)}, is ${moment(meantSeconds)}; read as seconds, it lies in the seventies`,
          ],
          "Write exp, iat and nbf in seconds since 1970.",
        );
    }
  },
  "time.zero_lifetime": ({ iat, exp }) =>
    tell(
      "The token ends before it begins.",
      [
        exp === iat
          ? `exp and iat are the same moment (${moment(exp)})`
          : `exp (${moment(exp)}) is ${duration(iat - exp)} before iat (${moment(iat)})`,
      ],
      "Set exp to iat plus the lifetime. Check that the lifetime setting is read, and is not zero or negative.",
    ),
  "time.zone_offset": ({ claim, offsetSeconds }) =>
    tell(
      "Local time was written as if it were UTC.",
      [
        `${untrusted(claim)} is ${duration(offsetSeconds)} ${offsetSeconds < 0 ? "too early" : "too late"}, the distance of a time zone`,
      ],
      "Take the seconds since 1970 from the clock itself, which counts in UTC, and never from a local date without its zone.",
    ),
  "time.not_numeric": ({ claim, form }) =>
    tell(
      "A time is written as text.",
      [`${untrusted(claim)} is no JSON number: ${phrase(form)}`],
      `Write ${untrusted(claim)} as a JSON number of seconds since 1970, without quotation marks.`,
    ),
  "time.delayed_start": ({ delaySeconds, remainingSeconds }) =>
    tell(
      "The token was issued to begin later.",
      [
        `nbf lies ${duration(delaySeconds)} after iat`,
        remainingSeconds > 0 &&
          `it begins ${duration(remainingSeconds)} after it was judged`,
      ],
      "Set nbf to the time of issue if no delay is meant. If one is meant, tell the client to wait for it.",
    ),
  "time.limit_edge": ({ measure, seconds, limitSeconds }) =>
    tell(
      `The ${measure} stands at the verifier's limit, or a little over it.`,
      [
        // A server that refuses it does not say its limit.
        limitSeconds === 0
          ? `${measure} ${duration(seconds)}`
          : `${measure} ${duration(seconds)}, limit ${duration(limitSeconds)}`,
      ],
      measure === "lifetime"
        ? "Make the token for a little less than the limit: seconds of rounding and of travel count too."
        : "Get a fresh token a little before the limit, and send it at once.",
    ),
  "time.proof_reused": ({ ageSeconds, what }) =>
    tell(
      "What must be made fresh for each use was kept and used again.",
      [
        ageSeconds === null
          ? `${phrase(what)} was used before`
          : `${phrase(what)} was ${duration(ageSeconds)} old when it was judged`,
      ],
      "Make a new one for each request instead of keeping it in a variable, a cache or a file.",
    ),
};
