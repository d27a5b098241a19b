import { tell, type Family } from "./cause-words.ts";
import { phrase, quoted } from "./untrusted.ts";

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
  "kind.proof": ({ what, by }) =>
    tell(
      "A token that proves something else was sent as the access token.",
      [`it is ${phrase(what)}; what shows it: ${phrase(by)}`],
      "Send the access token in the Authorization header, and leave proofs and assertions in their own places.",
    ),
  "kind.other_resource": ({ resource }) =>
    tell(
      "The token is for another API, and only that API can check it.",
      [`it is made for ${quoted(resource)}`],
      "Ask for a token for this API: name its own scope or resource in the request to the issuer.",
    ),
};
