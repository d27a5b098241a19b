/** API gateways with words of their own: Kong, APISIX, KrakenD, Tyk, Gravitee and kin. */
import { absent, cannot, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const KONG: readonly Message[] = [
  ...messagesOf("Kong", [
    {
      pattern: /exceeds maximum allowed expiration/i,
      reasons: ["expiration.lifetime_too_long"],
      possible: ["verifier.too_strict", "time.clock_behind", "time.limit_edge"],
      source: "Kong/kong kong/plugins/jwt/jwt_parser.lua",
    },
    {
      pattern: /no credentials found for given '[^'\n]{1,60}'/i,
      reasons: ["issuer.mismatch"],
      likely: ["verifier.not_configured"],
      possible: ["issuer.other", "issuer.trailing_slash", "issuer.environment"],
      source: "Kong/kong kong/plugins/jwt/handler.lua",
    },
    {
      pattern: /\bbad token; invalid json/i,
      reasons: ["format.payload", "format.header"],
      possible: ["token.malformed", "token.truncated"],
      source: "Kong/kong kong/plugins/jwt/jwt_parser.lua",
    },
    {
      pattern: /\bbad token; (?:invalid )?alg/i,
      reasons: ["signature.algorithm_unsupported"],
      possible: [cannot("algorithm"), "algorithm.mismatch"],
      source: "Kong/kong kong/plugins/jwt/jwt_parser.lua",
    },
    {
      pattern: /\bbad token; \w/i,
      reasons: ["format.not_jwt", "format.segments"],
      possible: ["token.opaque", "token.truncated", "token.base64_not_url"],
      source: "Kong/kong kong/plugins/jwt/jwt_parser.lua",
    },
    {
      pattern: /\bunrecognizable token\b/i,
      reasons: ["format.not_jwt"],
      possible: ["token.opaque", "token.placeholder"],
      source: "Kong/kong kong/plugins/jwt/handler.lua",
    },
    {
      pattern: /\bmultiple tokens provided\b/i,
      reasons: ["request.token_repeated"],
      possible: ["transit.wrong_place", "token.concatenated"],
      source: "Kong/kong kong/plugins/jwt/handler.lua",
    },
    {
      pattern: /\binvalid key\/secret\b/i,
      reasons: ["signature.key_unsuitable"],
      possible: ["key.wrong_form", "key.pem_damaged", "key.secret_encoding"],
      source: "Kong/kong kong/plugins/jwt/handler.lua",
    },
    {
      pattern: /\bjwt credential not found\b/i,
      reasons: ["issuer.mismatch"],
      likely: ["verifier.not_configured"],
      possible: ["issuer.other"],
      source: "Kong/kong#5616",
    },
    {
      pattern: /"(?:exp|nbf)" ?: ?"must be a number"/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      possible: ["claim.shape"],
      source: "Kong/kong kong/plugins/jwt/jwt_parser.lua",
    },
  ]),
  ...messagesOf("Apache APISIX", [
    {
      pattern: /missing (?:jwt )?token in request/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "transit.header_stripped",
        "transit.wrong_place",
      ],
      source: "apache/apisix apisix/plugins/jwt-auth.lua",
    },
    {
      pattern: /missing user key in jwt token/i,
      reasons: ["audience.claim_missing"],
      likely: [absent("key")],
      source: "apache/apisix#7924",
    },
    {
      pattern: /invalid user key in jwt token/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("key")],
      possible: ["verifier.not_configured"],
      source: "apache/apisix apisix/plugins/jwt-auth.lua",
    },
    {
      pattern: /response indicates failure, status=/i,
      reasons: ["revocation.unavailable"],
      possible: ["verifier.not_configured", "status.unreachable"],
      source: "apache/apisix#3893, apache/apisix#2426",
    },
    {
      pattern: /\bsignature mismatch: /i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.unknown",
        "key.secret_encoding",
        "verifier.not_configured",
      ],
      source: "apache/apisix-dashboard#2176",
    },
  ]),
  ...messagesOf("KrakenD", [
    {
      pattern: /unknown json web key type/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_unsupported_member"],
      possible: ["key.set_wrong_document"],
      source: "krakend/krakend-ce#637",
    },
  ]),
  ...messagesOf("Tyk", [
    {
      pattern: /\bauthorization field missing\b/i,
      reasons: ["request.token_missing"],
      possible: ["token.absent", "transit.header_stripped"],
      source: "TykTechnologies/tyk gateway/mw_jwt.go",
    },
    {
      pattern: /key not authorized: token (?:used before|is not valid yet)/i,
      reasons: ["expiration.not_yet_valid"],
      possible: ["time.clock_behind"],
      source: "TykTechnologies/tyk gateway/mw_jwt.go",
    },
  ]),
];
