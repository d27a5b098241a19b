import { tell, type Family } from "./cause-words.ts";
import { allOf } from "./lists.ts";
import { phrase, quoted } from "./untrusted.ts";

/** Words for the causes of the family scope. */
export const SCOPE: Family<"scope"> = {
  "scope.claim_name": ({ claim, read }) =>
    tell(
      "The permissions stand in another claim than the verifier reads.",
      [
        `the verifier reads ${quoted(read)}; the permissions are in ${quoted(claim)}`,
      ],
      `Let the verifier read ${quoted(claim)}, or let the issuer write them into ${quoted(read)}.`,
    ),
  "scope.shape": ({ shape }) =>
    tell(
      "The scopes are written in another shape than the standard's.",
      [
        `found this: ${phrase(shape)}; due is one string with blanks between the scopes (RFC 8693 section 4.2)`,
      ],
      "Write scope as one string, with the scopes separated by blanks.",
    ),
  "scope.prefix": ({ needed, found }) =>
    tell(
      "The scope is there under a slightly different name.",
      [`needed ${quoted(needed)}, found ${quoted(found)}`],
      "Use one spelling on both sides. A prefix such as SCOPE_ or api:// is added by a framework or by the issuer, and can be set there.",
    ),
  "scope.not_granted": ({ lacking }) =>
    tell(
      "The token does not grant what the request needs.",
      [
        lacking.length === 0
          ? "the token grants less than the request needs"
          : `not granted: ${allOf(lacking)}`,
      ],
      lacking.length === 0
        ? "Ask for the needed scopes when you get the token, and see in the answer which were granted."
        : `Ask for ${allOf(lacking)} when you get the token, and see in the answer whether it was granted. The user or an administrator may have to consent.`,
    ),
  "scope.lost_on_refresh": ({ lost }) =>
    tell(
      "A scope was lost when the token was refreshed.",
      [`the token before the refresh had ${allOf(lost)}, this one has not`],
      "Leave out scope in the refresh request, or name all scopes that you need: what is named there is all that you get.",
    ),
  "scope.application_only": ({ by, roles, scopes }) =>
    tell(
      "The token is of an application alone, without a user.",
      [
        `what shows it: ${phrase(by)}`,
        roles.length > 0 && `its roles: ${allOf(roles)}`,
        scopes.length > 0 && `its scopes: ${allOf(scopes)}`,
      ],
      roles.length > 0
        ? "Sign a user in to get delegated scopes, or let the API accept the application's roles for this request."
        : "Sign a user in to get delegated scopes, or grant the application itself a scope or role of this API, and get a new token.",
    ),
  "scope.step_up": ({ needed, found }) =>
    tell(
      "The sign-in behind the token is too weak or too old for this request.",
      [
        needed !== null &&
          `needed ${quoted(needed)}, found ${found === null ? "nothing" : quoted(found)}`,
        needed === null &&
          (found === null
            ? "the request asks for a stronger sign-in"
            : `found ${quoted(found)}`),
      ],
      "Send the user to sign in again with the acr_values or max_age that the API names in its answer (RFC 9470).",
    ),
};
