/** Amazon API Gateway authorizers, Cognito, and aws-jwt-verify. */
import { messagesOf, type Message } from "./message.ts";

export const AWS_GATEWAY: readonly Message[] = [
  ...messagesOf("aws-jwt-verify", [
    {
      pattern: /jwt header does not have valid kid claim/i,
      reasons: ["signature.key_ambiguous", "signature.key_not_found"],
      likely: ["key.id_missing"],
      possible: ["key.other_issuer"],
      source: "awslabs/aws-jwt-verify src/jwk.ts",
    },
    {
      pattern: /jwt payload \w{2,5} claim is not a (?:number|string)/i,
      reasons: ["format.claim_type"],
      possible: ["time.not_numeric", "claim.shape"],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
    {
      pattern: /\bempty jwt\b/i,
      reasons: ["format.empty"],
      possible: ["token.absent", "token.placeholder"],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
    {
      pattern:
        /token use not allowed: id\b|cognitojwtinvalidtokenuse[^\n]{0,60}: id\b/i,
      reasons: ["format.type"],
      likely: ["kind.id_token"],
      source: "awslabs/aws-jwt-verify#98, src/cognito-verifier.ts",
    },
    {
      pattern: /token use not allowed: access\b/i,
      reasons: ["format.type"],
      likely: ["kind.access_token"],
      source: "awslabs/aws-jwt-verify src/cognito-verifier.ts",
    },
    {
      pattern: /jwt string does not consist of exactly 3 parts/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.encrypted",
        "token.opaque",
        "token.truncated",
        "token.placeholder",
      ],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
    {
      pattern: /jwk for kid "[^"\n]{0,120}" not found/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.other_issuer", "key.rotated", "issuer.tenant"],
      source: "awslabs/aws-jwt-verify src/jwk.ts",
    },
    {
      pattern: /\bissuer not allowed: /i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.tenant", "issuer.environment", "issuer.other"],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
    {
      pattern: /\baudience not allowed: /i,
      reasons: ["audience.mismatch"],
      possible: ["audience.client_id", "audience.other"],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
    {
      pattern: /\bscope not allowed: /i,
      reasons: ["scope.insufficient"],
      possible: ["scope.not_granted", "scope.claim_name"],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
    {
      pattern: /\btoken expired at \d{4}/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "awslabs/aws-jwt-verify src/jwt.ts",
    },
  ]),
  ...messagesOf("Amazon API Gateway", [
    {
      pattern: /^\s{0,8}\{ ?"message" ?: ?"unauthorized" ?\}\s{0,8}$/i,
      reasons: [
        "request.token_missing",
        "expiration.expired",
        "issuer.mismatch",
        "audience.mismatch",
      ],
      open: true,
      possible: [
        "token.absent",
        "kind.access_token",
        "time.expired",
        "issuer.trailing_slash",
        "audience.client_id",
        "verifier.not_configured",
      ],
      source:
        "API Gateway gateway responses, UNAUTHORIZED; amazon-cognito-identity-js#274, aws-samples/ask-around-me#3",
    },
    {
      pattern: /only one auth mechanism allowed/i,
      reasons: ["request.token_repeated"],
      possible: ["transit.redirect", "transit.wrong_place"],
      source: "Amazon S3, error InvalidArgument; auth0/auth0-angular#387",
    },
    {
      pattern: /tokenstring should not contain 'bearer '/i,
      reasons: ["request.header_malformed"],
      possible: ["verifier.too_strict", "token.scheme_repeated"],
      source: "aws/serverless-application-model#1300",
    },
    {
      pattern: /the incoming token has expired/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "API Gateway gateway responses, EXPIRED_TOKEN",
    },
    {
      pattern: /\btoken_use\b[^\n]{0,40}\bid\b/i,
      reasons: ["format.type"],
      likely: ["kind.id_token"],
      possible: ["verifier.not_configured"],
      source: "getmoto/moto#2672",
    },
  ]),
  ...messagesOf("Amazon Cognito", [
    {
      pattern: /access token has been revoked/i,
      reasons: ["revocation.token"],
      possible: ["revoked.by_user", "revoked.by_administrator"],
      source: "Cognito user pools, NotAuthorizedException",
    },
    {
      pattern: /access token does not have required scopes/i,
      reasons: ["scope.insufficient"],
      possible: ["scope.not_granted"],
      source: "Cognito user pools, NotAuthorizedException",
    },
  ]),
];
