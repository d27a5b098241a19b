import { tell, type Family } from "./cause-words.ts";
import { duration, moment } from "./time.ts";
import { quoted } from "./untrusted.ts";

type OfTime =
  | "aws.session_expired"
  | "aws.clock_skew"
  | "aws.signature_stale"
  | "aws.presigned_expired"
  | "aws.presigned_outlives_session";

/** Words for the causes of requests to AWS that concern time. */
export const AWS_TIMES: Pick<Family<"aws">, OfTime> = {
  "aws.session_expired": ({ keyId, end, bySeconds }, confidence) =>
    tell(
      "The temporary credentials have run out.",
      [
        keyId !== null && `the key id is ${quoted(keyId)}`,
        end === null
          ? confidence === "possible"
            ? "a session that has ended is refused so"
            : "the answer says that the session has ended"
          : `they ended at ${quoted(end)}`,
        bySeconds !== null && `that was ${duration(bySeconds)} before`,
      ],
      "Get new credentials: sign in again, or assume the role again. In programs let the SDK's credential provider fetch and renew them.",
    ),
  "aws.clock_skew": ({ bySeconds, limitSeconds, clocksKnown }) =>
    tell(
      "A clock is too far from the clock of AWS.",
      [
        `the request is dated ${duration(Math.abs(bySeconds))} ${bySeconds > 0 ? "ahead of" : "behind"} the service's clock, which takes ${duration(limitSeconds)}`,
        clocksKnown && "the clocks of the client and the service differ",
      ],
      "Synchronise the clock (chronyc makestep, timedatectl set-ntp true, w32tm /resync). In a virtual machine after sleep: hwclock -s, or restart it.",
    ),
  "aws.signature_stale": ({ ageSeconds, limitSeconds, attempt, clocksAgree }) =>
    tell(
      "The request was signed long before it was sent.",
      [
        `the signature is ${duration(ageSeconds)} old, and the service takes ${duration(limitSeconds)}`,
        clocksAgree && "the clocks of the client and the service agree",
        attempt !== null && `it is attempt ${attempt} of the same request`,
      ],
      "Sign at the last moment, and anew for each attempt. Send large uploads in parts. For something to be used later, make a presigned URL.",
    ),
  "aws.presigned_expired": ({ lifetimeSeconds, end, bySeconds, tooLong, of }) =>
    tell(
      tooLong
        ? "The presigned URL asks for more time than there is."
        : of === "form"
          ? "The policy of the upload form is past its end."
          : "The presigned URL is past its end.",
      [
        tooLong
          ? "a week, 604800 seconds, is the most that a presigned URL may have"
          : end === null
            ? "the answer says that the request has expired"
            : `it ended at ${moment(end)}`,
        lifetimeSeconds !== null &&
          `it was made for ${duration(lifetimeSeconds)}`,
        bySeconds !== null && `that was ${duration(bySeconds)} before`,
      ],
      tooLong
        ? "Set X-Amz-Expires to at most 604800, and make the link when it is needed."
        : of === "form"
          ? "Ask for a fresh policy. Make it when the form is shown, and let no page be cached longer than its policy lives."
          : "Ask for a fresh link. Make links when they are needed, at the click, and let no page be cached longer than the links on it live.",
    ),
  "aws.presigned_outlives_session": ({
    lifetimeSeconds,
    promisedUntil,
    endedAt,
  }) =>
    tell(
      "The presigned URL ended with the session that signed it.",
      [
        `it promises ${duration(lifetimeSeconds)}, until ${moment(promisedUntil)}`,
        `its session had ended by ${moment(endedAt)}`,
      ],
      "Make links when they are needed. Renew the credentials before you sign, if less time is left in them than the link is to live.",
    ),
};
