import type { Facts } from "../causes.ts";
import { tell, type Family } from "./cause-words.ts";
import { allOf, anyOf } from "./lists.ts";
import { phrase, quoted } from "./untrusted.ts";

/** No mapper writes these: the issuer binds a token to what the client shows when it asks for it. */
const BOND: ReadonlyMap<string, string> = new Map([
  [
    "cnf.jkt",
    "Send a DPoP proof with the token request too: the issuer then binds the token to its key, and writes cnf.jkt (RFC 9449 section 5).",
  ],
  [
    "cnf.x5t#S256",
    "Show the client certificate at the token endpoint too, and let the issuer bind this client's tokens to it (RFC 8705 section 3).",
  ],
]);

/** Words for the causes of the families audience and claim. */
export const AUDIENCE: Family<"audience"> & Family<"claim"> = {
  "audience.absent": ({ expected, party }) =>
    tell(
      "The issuer puts no audience into this token.",
      [
        `the token has no aud, expected ${anyOf(expected)}`,
        party !== null && `it was issued to ${quoted(party)}`,
      ],
      "Let the issuer add the API's identifier as aud (a mapper, a resource or an audience parameter). Do not turn the check off.",
    ),
  "audience.client_id": (facts) =>
    tell(
      "A client's id and the API's identifier were mixed up.",
      [
        `expected ${quoted(facts.expected)}, found ${quoted(facts.found)}`,
        facts.clientIdIn === "verifier"
          ? "the verifier expects the id of a client"
          : facts.clientIdIn === "token"
            ? "the token is for a client, by its id"
            : "one of the two is the id of a client",
      ],
      mixedUpFix(facts),
    ),
  "audience.form": ({ expected, found, difference }) =>
    tell(
      "The audience is the right one, written in another way.",
      [
        `expected ${quoted(expected)}, found ${quoted(found)}`,
        `they differ in this: ${phrase(difference)}`,
      ],
      `Configure the audience exactly as the issuer writes it: ${quoted(found)}.`,
    ),
  "audience.default": ({ found, name }) =>
    tell(
      "The token is for the issuer's default audience, because no API was named.",
      [`found ${quoted(found)}: ${phrase(name)}`],
      "Name this API when you ask for the token: by its scope, or by the parameter resource or audience that the issuer takes.",
    ),
  "audience.environment": ({ expected, found }) =>
    tell(
      "The token is for the same API in another environment.",
      [`expected ${quoted(expected)}, found ${quoted(found)}`],
      "Check which environment the client asks tokens for, and which audience the verifier is set to.",
    ),
  "audience.other": ({ expected, found }) =>
    tell(
      "The token is for somebody else.",
      [`expected ${anyOf(expected)}, found ${allOf(found)}`],
      "Ask the issuer for a token for this API, and send that one. A token for another API must not be passed on.",
    ),
  "claim.absent": ({ claim }) =>
    tell(
      "A claim that the verifier needs is not issued.",
      [`the token has no claim ${quoted(claim)}`],
      BOND.get(claim) ??
        `Let the issuer put ${quoted(claim)} into this kind of token: by a mapper, a scope or a setting of the client.`,
    ),
  "claim.shape": ({ claim, expected, found }) =>
    // Expected under its own name, it stands under another one.
    expected === claim
      ? tell(
          "A claim is there under another name.",
          [
            `expected under the name ${quoted(claim)}, found under ${quoted(found)}`,
          ],
          `Issue it under the name ${quoted(claim)}, or let the verifier read ${quoted(found)}.`,
        )
      : tell(
          "A claim is there in another shape.",
          [
            expected === found
              ? `claim ${quoted(claim)}: ${phrase(found)} on both sides, in another order or spelling`
              : `claim ${quoted(claim)}: expected ${phrase(expected)}, found ${phrase(found)}`,
          ],
          expected === found
            ? `Issue ${quoted(claim)} just as it is required: the same values, in the same order and spelling.`
            : `Issue ${quoted(claim)} as ${phrase(expected)}.`,
        ),
  "claim.value": ({ claim }) =>
    tell(
      "A claim has another value than the verifier needs.",
      [`the claim ${quoted(claim)} does not have the required value`],
      "Get a token for the right user, tenant or client. If the token is the right one, correct the expected value.",
    ),
  "claim.nonce": ({ present }) =>
    tell(
      "The ID token belongs to another login.",
      [
        present
          ? "its nonce is not the one of this login"
          : "it has no nonce, and this login sent one",
      ],
      "Keep one nonce for each login and compare with that one. An answer of an earlier attempt, or of another tab, must be dropped.",
    ),
};

/** An access token is for an API, an ID token for a client: who holds the wrong one of the two must change it. */
function mixedUpFix({
  found,
  clientIdIn,
  idToken,
}: Facts["audience.client_id"]): string {
  if (idToken)
    return clientIdIn === "token"
      ? `An ID token is for the client. Configure the id of the client as the audience: ${quoted(found)}.`
      : "Send the ID token of this very client (id_token). A token for an API is no ID token.";
  return clientIdIn === "verifier"
    ? `Configure the API's own identifier as the audience, not the client's id. If ${quoted(found)} is this API, configure that.`
    : "Ask for a token for the API, by its own identifier or scope. A token for the client itself is an ID token or the like.";
}
