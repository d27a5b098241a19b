/** Spring Security and Nimbus JOSE + JWT under it. */
import { messagesOf, type Message } from "./message.ts";

export const SPRING: readonly Message[] = [
  ...messagesOf("Nimbus, Spring Security", [
    {
      pattern: /another algorithm expected, or no matching key/i,
      reasons: ["signature.key_not_found", "signature.algorithm_not_allowed"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "algorithm.mismatch",
        "key.algorithm_label",
        "key.set_empty",
        "key.id_form",
      ],
      source:
        "connect2id/nimbus-jose-jwt DefaultJWTProcessor.java; camunda, okta-jwt-verifier-java, Spring Authorization Server, field notes",
    },
    {
      pattern: /signed jwt rejected: invalid signature/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.id_reused",
        "key.other_issuer",
        "token.altered",
        "key.rotated",
        "signature.der",
      ],
      source: "connect2id/nimbus-jose-jwt DefaultJWTProcessor.java",
    },
    {
      pattern: /encrypted jwt rejected|no jwe key selector/i,
      reasons: ["format.encrypted"],
      possible: ["token.encrypted", "audience.default"],
      source: "connect2id/nimbus-jose-jwt DefaultJWTProcessor.java",
    },
    {
      pattern:
        /invalid (?:serialized )?unsecured\/jws\/jwe|missing part delimiters|missing dot delimiter/i,
      reasons: ["format.not_jwt", "format.segments"],
      possible: [
        "token.opaque",
        "token.placeholder",
        "token.truncated",
        "token.key_instead",
        "token.scheme_repeated",
      ],
      source:
        "connect2id/nimbus-jose-jwt JOSEObject.java; opensearch-project/security#4945",
    },
    {
      pattern: /unsecured \(plain\) jwts are rejected/i,
      reasons: ["signature.algorithm_none"],
      possible: ["token.forged"],
      source: "connect2id/nimbus-jose-jwt DefaultJWTProcessor.java",
    },
    {
      pattern: /\btyp\b(?: \(type\))?[^\n]{0,40}not allowed/i,
      reasons: ["format.type"],
      likely: ["verifier.too_strict"],
      possible: ["kind.id_token", "kind.proof"],
      source:
        "connect2id/nimbus-jose-jwt DefaultJOSEObjectTypeVerifier.java; elastic/elasticsearch#126687",
    },
    {
      pattern: /unsupported jws algorithm|unsupported algorithm of \w/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      source:
        "spring-projects/spring-security oauth2-jose, NimbusJwtDecoder.java",
    },
    {
      pattern: /couldn't retrieve (?:remote )?jwk|couldn't retrieve jwk set/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unreachable"],
      possible: ["key.set_wrong_document"],
      source: "connect2id/nimbus-jose-jwt RemoteJWKSet.java",
    },
    {
      pattern: /payload of jws object is not a valid json/i,
      reasons: ["format.payload"],
      possible: ["token.malformed", "token.encrypted"],
      source: "connect2id/nimbus-jose-jwt DefaultJWTProcessor.java",
    },
  ]),
  ...messagesOf("Spring Security", [
    {
      pattern: /^\s{0,9}(?:403:? )?access (?:is )?denied\.?\s{0,9}$/im,
      reasons: ["scope.insufficient"],
      possible: [
        "scope.claim_name",
        "scope.prefix",
        "scope.not_granted",
        "claim.value",
      ],
      source:
        "spring-projects/spring-security ExceptionTranslationFilter; ch4mpy/spring-addons#37",
    },
    {
      pattern: /bearer token is malformed/i,
      reasons: ["request.header_malformed"],
      possible: [
        "token.scheme_repeated",
        "token.quoted",
        "token.whitespace",
        "token.json_instead",
        "token.scheme_missing",
        "token.percent_encoded",
      ],
      source: "spring-security DefaultBearerTokenResolver.java",
    },
    {
      pattern: /found multiple bearer tokens/i,
      reasons: ["request.token_repeated"],
      possible: ["transit.wrong_place", "token.concatenated"],
      source: "spring-security DefaultBearerTokenResolver.java",
    },
    {
      pattern: /requires higher privileges than provided by the access token/i,
      reasons: ["scope.insufficient"],
      possible: ["scope.not_granted", "scope.prefix", "scope.claim_name"],
      source: "spring-security BearerTokenAccessDeniedHandler.java",
    },
    {
      pattern: /the (?!iss|aud)[\w-]{1,40} claim is not valid/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      possible: ["claim.absent"],
      source: "spring-security JwtClaimValidator.java",
    },
    {
      pattern: /rsa signature did not match content/i,
      reasons: ["signature.mismatch"],
      possible: ["key.id_reused", "key.other_issuer", "key.rotated"],
      source: "spring-attic spring-security-jwt RsaVerifier.java",
    },
    {
      pattern: /unmapped id token|the id token contains invalid claims/i,
      reasons: ["audience.claim_mismatch"],
      possible: ["claim.value", "audience.client_id"],
      source: "spring-security OidcIdTokenValidator.java",
    },
  ]),
];
