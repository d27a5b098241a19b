import type { Facts } from "../causes.ts";
import { tell, type Tell } from "./cause-words.ts";
import { witness } from "./oauth-witness.ts";
import { counted, duration } from "./time.ts";
import { quoted } from "./untrusted.ts";

type Renewal = Extract<keyof Facts, `oauth.refresh_${string}`>;

/** What is known of a superseded refresh token that came back. */
function came({
  by,
  secondsAfterFirstUse: after,
  generationsBehind: behind,
  successorUsed,
  sameSender,
  answerArrived,
}: Facts["oauth.refresh_race"]): (string | false)[] {
  return [
    after === null
      ? witness(by)
      : `it came back ${duration(after)} after its first use`,
    behind !== null &&
      behind > 1 &&
      `it lies ${counted(behind, "generation")} back`,
    sameSender !== null &&
      (sameSender
        ? "both times from the same address"
        : "from another address than before"),
    successorUsed !== null &&
      (successorUsed
        ? "its successor had been used"
        : "its successor had not been used"),
    answerArrived !== null &&
      (answerArrived
        ? "the client holds what the first answer brought"
        : "the client does not hold what the first answer brought"),
  ];
}

/** Words for the causes of a refused renewal. */
export const OAUTH_RENEWAL: { readonly [C in Renewal]: Tell<C> } = {
  "oauth.refresh_race": (facts) =>
    tell(
      "Two parts of the client used one refresh token at the same time.",
      came(facts),
      "Refresh once at a time: share the running request, and lock across tabs and processes. After the lock, read the store again before sending.",
    ),
  "oauth.refresh_lost_response": (facts) =>
    tell(
      "The answer to the first use was lost, and the client tried again.",
      came(facts),
      "Refresh ahead of time with a generous timeout, not tied to a page. The server should accept the predecessor for some seconds while its successor is unused.",
    ),
  "oauth.refresh_not_stored": (facts) =>
    tell(
      "The client kept the old refresh token after rotation.",
      came(facts),
      "Store access token, end and refresh token of each answer in one write, where all instances read it. Sign in once to start anew.",
    ),
  "oauth.refresh_theft": (facts) =>
    tell(
      "A used refresh token came back from somewhere else.",
      came(facts),
      "Keep the family revoked and let the user sign in again. Find out where the token leaked, and tell the user and the operator.",
    ),
  "oauth.refresh_expired": ({ by, ageSeconds, limitSeconds }) =>
    tell(
      "The refresh token reached its greatest age.",
      [
        ageSeconds === null
          ? witness(by)
          : `the sign-in was ${duration(ageSeconds)} ago`,
        limitSeconds !== null &&
          `a limit of ${duration(limitSeconds)} would fit`,
      ],
      "Let the user sign in again; a retry does not help. A service without a user should use client credentials.",
    ),
  "oauth.refresh_idle": ({ by, idleSeconds }) =>
    tell(
      "The refresh token was unused for too long.",
      [
        idleSeconds === null
          ? witness(by)
          : `nothing was renewed for ${duration(idleSeconds)}`,
      ],
      "Let the user sign in again. A job that runs seldom may refresh once in between, as long as the connection is wanted.",
    ),
  "oauth.refresh_other_client": ({ by, what, issuedTo, sentBy }) =>
    tell(
      {
        code: "The authorization code belongs to another client.",
        refresh_token: "The refresh token belongs to another client.",
        token: "The token belongs to another client.",
      }[what],
      [
        issuedTo !== null && `it was issued to ${quoted(issuedTo)}`,
        sentBy !== null && `it was sent by ${quoted(sentBy)}`,
        (by !== "comparison" || (issuedTo === null && sentBy === null)) &&
          witness(by),
      ],
      "Store each token with the issuer and client id it was issued to, and check both before use. After a change of id let the users sign in once.",
    ),
};
