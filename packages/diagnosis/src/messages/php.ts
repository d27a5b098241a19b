/** PHP: firebase/php-jwt, lcobucci/jwt, tymon/jwt-auth, LexikJWTAuthenticationBundle, Laravel. */
import { messagesOf, type Message } from "./message.ts";

export const PHP: readonly Message[] = [
  ...messagesOf("firebase/php-jwt", [
    {
      pattern: /\bkey may not be empty\b/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["verifier.not_configured"],
      possible: ["key.wrong_form"],
      source: "firebase/php-jwt src/JWT.php",
    },
    {
      pattern: /\bempty algorithm\b/i,
      reasons: ["format.header"],
      likely: ["token.malformed"],
      source: "firebase/php-jwt src/JWT.php",
    },
    {
      pattern: /"kid" empty\b/i,
      reasons: ["signature.key_ambiguous", "signature.key_not_found"],
      possible: ["key.id_missing", "token.opaque", "key.other_issuer"],
      source: "okta/okta-jwt-verifier-php#17, usefulteam/jwt-auth#74",
    },
    {
      pattern: /"kid" invalid, unable to lookup/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "key.id_form",
        "key.retired",
      ],
      source: "googleapis/php-jwt#544",
    },
    {
      pattern: /\bwrong number of segments\b|token must have 3 segments/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.placeholder",
        "token.opaque",
        "token.truncated",
        "token.scheme_repeated",
        "token.encrypted",
      ],
      source: "firebase/php-jwt src/JWT.php; tymondesigns/jwt-auth#869",
    },
    {
      pattern: /\bcannot handle token (?:prior to|with (?:nbf|iat) prior to)/i,
      reasons: ["expiration.not_yet_valid", "expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      possible: ["time.milliseconds"],
      source: "firebase/php-jwt src/JWT.php",
    },
    {
      pattern: /\bincorrect key for this algorithm\b/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      possible: ["key.wrong_type"],
      source: "firebase/php-jwt src/JWT.php",
    },
    {
      pattern: /\bexpired token\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "firebase/php-jwt src/JWT.php",
    },
    {
      pattern: /(?:missing|invalid) claim ["'“]kid["'”]/i,
      reasons: ["signature.key_not_found", "format.type"],
      possible: ["kind.proof", "key.id_missing"],
      source: "googleapis/php-jwt#95",
    },
    {
      pattern: /\binvalid header encoding\b/i,
      reasons: ["format.header"],
      possible: ["token.malformed", "token.opaque"],
      source: "firebase/php-jwt src/JWT.php",
    },
    {
      pattern: /\binvalid claims encoding\b|payload must be a json object/i,
      reasons: ["format.payload"],
      possible: ["token.malformed"],
      source: "firebase/php-jwt src/JWT.php",
    },
  ]),
  ...messagesOf("lcobucci/jwt", [
    {
      pattern: /the jwt string must have two dots/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: ["token.placeholder", "token.opaque", "token.truncated"],
      source: "lcobucci/jwt src/Token/Parser.php; beste/firebase-php#107",
    },
    {
      pattern: /it was not possible to parse your key/i,
      reasons: ["signature.key_unsuitable"],
      possible: ["key.pem_damaged", "key.wrong_type", "key.wrong_form"],
      source: "lcobucci/jwt#860",
    },
    {
      pattern: /token signature mismatch/i,
      reasons: ["signature.mismatch"],
      possible: ["key.secret_encoding", "key.unknown", "key.other_issuer"],
      source: "lcobucci/jwt src/Validation/Constraint/SignedWith.php",
    },
    {
      pattern: /token signer mismatch/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      source: "lcobucci/jwt src/Validation/Constraint/SignedWith.php",
    },
    {
      pattern: /the token was issued in the future/i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      source: "lcobucci/jwt LooseValidAt.php",
    },
    {
      pattern: /the token cannot be used yet/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      possible: ["time.delayed_start"],
      source: "lcobucci/jwt LooseValidAt.php",
    },
    {
      pattern: /the token was not issued by the given issuers/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.trailing_slash", "issuer.host_alias", "issuer.other"],
      source: "lcobucci/jwt IssuedBy.php",
    },
    {
      pattern: /the token is not allowed to be used by this audience/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.client_id", "audience.form", "audience.other"],
      source: "lcobucci/jwt PermittedFor.php",
    },
  ]),
  ...messagesOf("tymon/jwt-auth", [
    {
      pattern: /must have the blacklist enabled to invalidate/i,
      reasons: ["revocation.unavailable"],
      likely: ["verifier.not_configured"],
      source: "tymondesigns/jwt-auth#1213",
    },
    {
      pattern: /token (?:has been|is) blacklisted/i,
      reasons: ["revocation.token"],
      possible: [
        "revoked.by_user",
        "revoked.refresh_reuse",
        "revoked.by_administrator",
      ],
      source: "tymondesigns/jwt-auth#1213",
    },
  ]),
  ...messagesOf("wp-graphql-jwt-authentication", [
    {
      pattern: /the iss do not match with this server/i,
      reasons: ["issuer.mismatch", "signature.mismatch"],
      possible: ["key.unknown", "issuer.trailing_slash", "issuer.host_alias"],
      source: "wp-graphql/wp-graphql-jwt-authentication#126",
    },
  ]),
  ...messagesOf("Laravel Passport", [
    {
      pattern: /the resource owner or authorization server denied the request/i,
      reasons: ["expiration.expired", "signature.mismatch", "revocation.token"],
      open: true,
      possible: [
        "time.expired",
        "key.unknown",
        "revoked.by_user",
        "key.retired",
      ],
      source: "thephpleague/oauth2-server OAuthServerException.php",
    },
  ]),
];
