/** The first sentence of every answer: the verdict, and the thing that it is about. */
import type { Reason } from "@assay/token";
import type { VerdictWords } from "./language.ts";
import { and } from "./lists.ts";

/** What is the matter, by reason: the rest of "Refused: …" or "Cannot tell: …". */
const MATTERS: Readonly<Record<Reason, string>> = {
  "request.token_missing": "the request carries no token",
  "request.scheme_unsupported": "the Authorization header has another scheme",
  "request.header_malformed": "the Authorization header cannot be read",
  "request.token_repeated": "the request carries more than one token",
  "request.transport_insecure": "the token travelled over plain http",
  "format.empty": "the token is empty",
  "format.not_jwt": "this is not a JWT",
  "format.segments": "the token has the wrong number of parts",
  "format.encoding": "a part of the token is not base64url",
  "format.header": "the header of the token cannot be read",
  "format.payload": "the payload of the token cannot be read",
  "format.claim_type": "a claim has the wrong type",
  "format.encrypted": "the token is encrypted and cannot be opened",
  "format.critical": "the token demands something that is not understood",
  "format.type": "this is another kind of token than the one due",
  "format.too_large": "the token is too large",
  "signature.algorithm_none": "the token is not signed",
  "signature.algorithm_not_allowed":
    "the algorithm of the signature is not accepted",
  "signature.algorithm_unsupported":
    "this platform cannot compute the algorithm",
  "signature.missing": "the signature is missing",
  "signature.key_not_found": "no key of the issuer fits",
  "signature.key_ambiguous": "several keys could be meant",
  "signature.key_unsuitable": "the key does not suit the algorithm",
  "signature.mismatch": "the signature does not match",
  "signature.keys_unavailable": "the issuer's keys could not be had",
  "expiration.missing": "a time is missing in the token",
  "expiration.expired": "the token has expired",
  "expiration.not_yet_valid": "the token is not valid yet",
  "expiration.issued_in_future": "the token was issued in the future",
  "expiration.too_old": "the token is too old",
  "expiration.lifetime_too_long": "the token lives too long",
  "issuer.missing": "the token names no issuer",
  "issuer.mismatch": "the token is of another issuer",
  "audience.missing": "the token names no audience",
  "audience.mismatch": "the token is for another audience",
  "audience.party_mismatch": "the token was issued to another client",
  "audience.claim_missing": "a required claim is missing",
  "audience.claim_mismatch": "a claim has another value than required",
  "binding.proof_missing": "the proof that belongs to the token is missing",
  "binding.proof_invalid": "the DPoP proof is not valid",
  "binding.key_mismatch":
    "the sender holds another key than the token is bound to",
  "binding.request_mismatch": "the DPoP proof is for another request",
  "binding.nonce": "the DPoP proof lacks the server's nonce",
  "binding.replayed": "the proof was used before",
  "scope.missing": "the token grants no scope",
  "scope.insufficient": "the token lacks a needed scope",
  "scope.authentication": "the sign-in is not strong or fresh enough",
  "revocation.token": "the token is revoked",
  "revocation.grant": "the grant behind the token is revoked",
  "revocation.subject": "the user of the token was signed out or disabled",
  "revocation.client":
    "the client of the token was disabled, or its tokens were ended",
  "revocation.key": "the key that signed the token is withdrawn",
  "revocation.unavailable":
    "whether the token is revoked could not be found out",
};

/** "Refused: the signature does not match." */
export const VERDICT: VerdictWords = {
  accepted: (passed) =>
    `Accepted: ${passed.length === 0 ? "nothing was asked for" : `${and(passed)} ${passed.length === 1 ? "is" : "are"} right`}.`,
  rejected: (reason, usedBefore) =>
    `Refused: ${reason === null ? "the request itself is at fault, not a token" : usedBefore ? "what was presented was used before" : MATTERS[reason]}.`,
  undecided: (reason, keysUnnamed) =>
    `Cannot tell: ${reason === null ? "too little is known" : keysUnnamed ? "the issuer's keys are not known here" : MATTERS[reason]}.`,
};
