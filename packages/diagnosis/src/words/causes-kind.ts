import type { Facts } from "../causes.ts";
import { tell, type Family } from "./cause-words.ts";
import { phrase, quoted } from "./untrusted.ts";

/** What such a token is for, and what to send in its place. */
const PLACES: Readonly<Record<Facts["kind.proof"]["proof"], string>> = {
  assertion:
    "Exchange it at the issuer's token endpoint, and send the access token that comes back.",
  custom_token:
    "Exchange it by signing in with it (signInWithCustomToken), and send the ID token that comes back.",
  dpop_proof:
    "Send the access token in the Authorization header, and the proof beside it in the header DPoP.",
  logout_token:
    "Send the access token in the Authorization header. A logout token is a message of the issuer, and opens nothing.",
  other:
    "Send the access token in the Authorization header, and leave proofs and assertions in their own places.",
};

/** Words for the causes of the family kind. */
export const KIND: Family<"kind"> = {
  "kind.id_token": ({ by }) =>
    tell(
      "An ID token was sent where an access token is due.",
      [`what shows it: ${phrase(by)}`],
      "Send the access token of the same answer (access_token). The ID token tells the client who signed in, and is for no API.",
    ),
  "kind.access_token": ({ by }) =>
    tell(
      "An access token was sent where an ID token is due.",
      [`what shows it: ${phrase(by)}`],
      "Send the ID token of the same answer (id_token). To get one, ask for the scope openid.",
    ),
  "kind.refresh_token": ({ by }) =>
    tell(
      "A refresh token was sent where an access token is due.",
      [`what shows it: ${phrase(by)}`],
      "Send the access token (access_token). The refresh token goes to the issuer's token endpoint and nowhere else.",
    ),
  "kind.proof": ({ what, by, proof }) =>
    tell(
      "A token that proves something else was sent as the access token.",
      [`it is ${phrase(what)}; what shows it: ${phrase(by)}`],
      PLACES[proof],
    ),
  "kind.other_resource": ({ resource }, confidence) =>
    tell(
      "The token is for another API, and only that API can check it.",
      [
        `it is made for ${quoted(resource)}`,
        confidence === "certain" &&
          "the signature verifies when the nonce in the header is replaced by its SHA-256",
      ],
      "Ask for a token for this API: name its own scope or resource in the request to the issuer.",
    ),
};
