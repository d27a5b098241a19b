import type { Reason } from "@assay/token";

/** What each reason means, in one sentence. */
export const REASON_DEFINITIONS: Readonly<Record<Reason, string>> = {
  "request.token_missing":
    "The request has no token in the place where the policy wants one.",
  "request.scheme_unsupported":
    "The Authorization header is there, with another scheme than the policy's, or with none.",
  "request.header_malformed":
    "The Authorization header has more after its scheme than one token.",
  "request.token_repeated":
    "The request carries tokens in several places, and nothing says which one counts.",
  "request.transport_insecure":
    "The token went over http without TLS to another machine.",
  "format.empty":
    "What should be the token has no characters, or nothing but white space.",
  "format.not_jwt":
    "The value is no compact JWS or JWE at all: an opaque token, a placeholder, a key or some other text.",
  "format.segments":
    "The value has dots, but a signed token has exactly two of them and an encrypted one four.",
  "format.encoding":
    "A part between the dots is not strict base64url: a foreign character, padding, a wrong length or stray bits.",
  "format.header":
    "The header is no JSON object, has a member twice, or has a parameter of the wrong type.",
  "format.payload": "The payload is no JSON object, or has a member twice.",
  "format.claim_type":
    "A claim of the standards has another JSON type than the standards give it.",
  "format.encrypted":
    "The token is a JWE that is not wanted here, or that none of the given keys opens.",
  "format.critical":
    "The header parameter crit is malformed, or names an extension that this verifier does not know.",
  "format.type":
    "The token marks or shows itself as another kind than the one that is due, for example an ID token at an API.",
  "format.too_large":
    "The token is over the limit for its length or its nesting.",
  "signature.algorithm_none":
    "The header declares the token unsigned, so that anybody could have written it.",
  "signature.algorithm_not_allowed":
    "The token is signed with an algorithm that the policy does not accept.",
  "signature.algorithm_unsupported":
    "The policy accepts the algorithm, and this platform cannot compute it; the token is left undecided.",
  "signature.missing":
    "The header names an algorithm, and the part for the signature is empty.",
  "signature.key_not_found":
    "None of the issuer's keys has the name and the algorithm that the header asks for.",
  "signature.key_ambiguous":
    "Several keys fit the header, and it names none of them.",
  "signature.key_unsuitable":
    "The key that is meant cannot serve the algorithm: its type, curve, use or size is wrong, or it cannot be read.",
  "signature.mismatch":
    "The key fits, and the signature does not come out: another key signed, or the token was changed.",
  "signature.keys_unavailable":
    "The issuer's keys could not be had, so that the signature is left undecided.",
  "expiration.missing":
    "The token lacks exp, or lacks iat where the policy counts from it.",
  "expiration.expired":
    "The verifier's clock has reached exp, also when the tolerance is added.",
  "expiration.not_yet_valid":
    "The verifier's clock has not reached nbf, also when the tolerance is added.",
  "expiration.issued_in_future":
    "By the verifier's clock, iat lies ahead by more than the tolerance.",
  "expiration.too_old":
    "Counted from iat, the token is older than the policy bears.",
  "expiration.lifetime_too_long":
    "From iat to exp is more than the policy bears.",
  "issuer.missing": "The token has no claim iss.",
  "issuer.mismatch":
    "The claim iss is none of the issuers that the policy trusts, compared character by character.",
  "audience.missing": "The token has no claim aud.",
  "audience.mismatch":
    "None of the values in aud is one that the policy accepts.",
  "audience.party_mismatch":
    "The client that the token was issued to is none that the policy accepts.",
  "audience.claim_missing": "The token lacks a claim that the policy requires.",
  "audience.claim_mismatch":
    "A claim such as sub, nonce or tenant has another value than the policy requires.",
  "binding.proof_missing":
    "The token is bound to a key or certificate, and the request brings no proof of it.",
  "binding.proof_invalid":
    "The DPoP proof is not well made: its form, type, key, signature or time is wrong.",
  "binding.key_mismatch":
    "The proof or certificate belongs to another key than the one that the token names in cnf.",
  "binding.request_mismatch":
    "The proof was made for another method, another URL or another access token.",
  "binding.nonce":
    "The proof lacks the nonce that the server handed out, or has one that no longer counts.",
  "binding.replayed":
    "A proof or a token that may be used once was used before.",
  "scope.missing": "The token has no scope at all.",
  "scope.insufficient":
    "The token has scopes, and lacks one that the request needs.",
  "scope.authentication":
    "The sign-in behind the token is weaker or longer ago than the request needs.",
  "revocation.token": "This one token was revoked before its end.",
  "revocation.grant":
    "The consent or the family of refresh tokens that the token came from was revoked.",
  "revocation.subject":
    "The user was disabled or deleted, or all of the user's tokens before a certain time were ended.",
  "revocation.client":
    "The client was disabled, or all of its tokens were ended.",
  "revocation.key": "The issuer withdrew the key that signed the token.",
  "revocation.unavailable":
    "Whether the token was revoked could not be found out, so that it is left undecided.",
};
