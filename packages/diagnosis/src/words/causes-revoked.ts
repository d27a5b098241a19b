import type { Facts } from "../causes.ts";
import { tell, type Family } from "./cause-words.ts";
import { happened } from "./events.ts";
import { isoMoment } from "./time.ts";
import { phrase, quoted } from "./untrusted.ts";

/** What is known of the event that ended a token. */
function ended({ at, event, by }: Facts["revoked.by_user"]): string[] {
  const when = isoMoment(at);
  const who = by === null ? "" : `, by ${quoted(by)}`;
  return [`${happened(event)}${when === null ? "" : ` at ${when}`}${who}`];
}

/** Words for the causes of the families revoked and status. */
export const REVOKED: Family<"revoked"> & Family<"status"> = {
  "revoked.by_user": (facts) =>
    tell(
      "The user ended the session or took the consent back.",
      ended(facts),
      "Let the user sign in again. Drop the tokens that are kept from before.",
    ),
  "revoked.by_administrator": (facts) =>
    tell(
      "It was revoked, disabled or deleted by hand or by a rule.",
      ended(facts),
      againAfter(facts.event),
    ),
  "revoked.refresh_reuse": (facts) =>
    tell(
      "A refresh token was presented twice, and all tokens of its family were revoked.",
      ended(facts),
      "Let the user sign in again. Then see to it that the client stores the new refresh token before it uses it, and refreshes only once at a time.",
    ),
  "revoked.not_before": (facts) =>
    tell(
      "The token was issued before the time from which tokens count.",
      ended(facts),
      "Get a new token. If the limit was not meant to reach this token, correct the not-before time.",
    ),
  "status.unreachable": ({ source, error }) =>
    tell(
      "Whether the token is revoked could not be found out.",
      [
        source === null
          ? `the status could not be had: ${phrase(error)}`
          : `${quoted(source)} could not be had: ${phrase(error)}`,
      ],
      "Check the way from the verifier to the status list or introspection endpoint. The token itself may be good.",
    ),
};

/** What was disabled or suspended can come back; what was revoked, withdrawn or deleted cannot. */
function againAfter(event: string): string {
  switch (event) {
    case "subject.disabled":
    case "client.disabled":
      return "Find out with whoever did it whether it was meant. If it was not, enable it again and get a new token.";
    case "suspended":
      return "Find out with whoever did it why, and for how long. When the suspension is lifted, the token counts again.";
    case "key.withdrawn":
      return "Get a new token: it is signed with another key. If the key leaked, it must not come back, and what it signed is not to be trusted.";
    default:
      return "Find out with whoever did it why. What is revoked stays revoked: get a new token, and if the old one leaked, close the place where it lay open first.";
  }
}
