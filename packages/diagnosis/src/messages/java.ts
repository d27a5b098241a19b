/** Java beside Spring: jjwt, java-jwt, jose4j, SmallRye, FusionAuth, Quarkus, and Scala. */
import { cannot } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const JAVA: readonly Message[] = [
  ...messagesOf("jjwt", [
    {
      pattern: /parsed jwt indicates it was signed with/i,
      reasons: ["signature.key_unsuitable", "signature.algorithm_not_allowed"],
      likely: ["key.wrong_type"],
      possible: ["algorithm.mismatch", "token.forged"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /compact jwt strings may not contain whitespace/i,
      reasons: ["format.encoding"],
      possible: [
        "token.line_wrapped",
        "token.whitespace",
        "token.concatenated",
      ],
      source: "jwtk/jjwt JwtTokenizer.java",
    },
    {
      pattern: /(?:^|jsonwebtoken\.|[\s:"])signatureexception\b/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.other_issuer",
        "key.secret_whitespace",
        "token.altered",
        "key.unknown",
      ],
      source: "jwtk/jjwt SignatureException.java; jwtk/jjwt#219",
    },
    {
      pattern: /jws header does not contain a required 'alg'/i,
      reasons: ["format.header"],
      likely: ["token.malformed"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /jwt signature does not match locally computed/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.other_issuer",
        "key.secret_whitespace",
        "token.altered",
        "key.unknown",
      ],
      source: "jwtk/jjwt DefaultJwtParser.java; jwtk/jjwt#219",
    },
    {
      pattern:
        /(?:jwt strings|compact jwss) must contain exactly 2 period characters\. found: 0/i,
      reasons: ["format.not_jwt"],
      possible: [
        "token.placeholder",
        "token.opaque",
        "token.key_instead",
        "token.json_instead",
      ],
      source: "jwtk/jjwt DefaultJwtParser.java; FordLabs/retroquest#256",
    },
    {
      pattern:
        /must contain exactly (?:2|two|4|four) period|must contain exactly 2 or 4 period/i,
      reasons: ["format.segments"],
      possible: [
        "token.truncated",
        "token.encrypted",
        "token.opaque",
        "token.concatenated",
      ],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /unexpected content jws/i,
      reasons: ["format.payload"],
      likely: ["verifier.too_strict"],
      possible: ["token.malformed"],
      source: "jwtk/jjwt#897",
    },
    {
      pattern: /unsecured jwss[^\n]{0,80}disallowed/i,
      reasons: ["signature.algorithm_none"],
      possible: ["token.forged"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /missing the required signature/i,
      reasons: ["signature.missing"],
      possible: ["token.truncated", "token.forged"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /which is not secure enough for/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.too_small"],
      possible: ["key.secret_encoding"],
      source: "jwtk/jjwt Keys.java",
    },
    {
      pattern: /privatekeys may not be used to verify/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.wrong_form"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /decompression failed|unknown zip method/i,
      reasons: ["format.payload"],
      likely: [cannot("compression")],
      possible: ["token.malformed"],
      source: "jwtk/jjwt#938, DCIT/perl-Crypt-JWT#39",
    },
    {
      pattern: /cannot decrypt jwe payload/i,
      reasons: ["format.encrypted"],
      possible: ["token.encrypted"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern:
        /extension header parameter [^\n]{1,60} is not recognized|protected header crit set references unsupported/i,
      reasons: ["format.critical"],
      possible: [cannot("extension"), "token.malformed"],
      source: "jwtk/jjwt DefaultJwtParser.java",
    },
    {
      pattern: /required audience mismatch/i,
      reasons: ["audience.mismatch"],
      possible: ["verifier.too_strict", "audience.other", "audience.form"],
      source: "trinodb/trino#13442",
    },
  ]),
  ...messagesOf("java-jwt", [
    {
      pattern: /the token's signature resulted invalid/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.other_issuer",
        "key.rotated",
        "signature.der",
      ],
      source: "auth0/java-jwt SignatureVerificationException.java",
    },
    {
      pattern: /signatureverificationexception|invalidjwtsignatureexception/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.other_issuer",
        "signature.der",
        "key.unknown",
      ],
      source: "auth0/java-jwt#187, FusionAuth/fusionauth-jwt#1, jwt-dotnet",
    },
    {
      pattern: /invalid der signature format/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.wrong_type"],
      possible: ["signature.der"],
      source: "auth0/java-jwt#348",
    },
    {
      pattern: /the claim '[\w-]{1,40}' value doesn't match the required/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      possible: ["claim.shape"],
      source: "auth0/java-jwt JWTVerifier.java",
    },
    {
      pattern: /the token was expected to have \d parts/i,
      reasons: ["format.segments"],
      possible: ["token.truncated", "token.opaque", "token.encrypted"],
      source: "auth0/java-jwt TokenUtils.java",
    },
    {
      pattern: /payload is not valid json/i,
      reasons: ["format.payload"],
      possible: [cannot("compression"), "token.malformed"],
      source: "jwt-scala/jwt-scala#248",
    },
  ]),
  ...messagesOf("jose4j, SmallRye", [
    {
      pattern: /the value of the '[\w-]{1,40}' claim is not the expected type/i,
      reasons: ["format.claim_type"],
      likely: ["claim.shape"],
      source: "quarkusio/quarkus#7618",
    },
    {
      pattern:
        /signingkeynotfoundexception|no key found in [^\n]{1,160} with kid/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.retired", "key.other_issuer"],
      source: "open-metadata/OpenMetadata#11348, auth0/jwks-rsa-java",
    },
    {
      pattern: /nested jwt expected/i,
      reasons: ["format.payload"],
      possible: ["token.malformed", "verifier.too_strict"],
      source: "apereo/cas#5355",
    },
    {
      pattern: /rejected due to invalid claims/i,
      reasons: ["expiration.expired", "issuer.mismatch", "audience.mismatch"],
      open: true,
      possible: ["time.expired", "issuer.other", "audience.other"],
      source: "jose4j InvalidJwtException.java",
    },
  ]),
  ...messagesOf("java.security", [
    {
      pattern:
        /pkix path building failed|unable to find valid certification path/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unreachable"],
      source: "sun.security.validator.ValidatorException",
    },
  ]),
];
