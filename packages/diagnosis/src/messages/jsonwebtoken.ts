/** jsonwebtoken for Node, and what stands on it: express-jwt, jwks-rsa, passport-jwt, NestJS. */
import { cannot, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const JSONWEBTOKEN: readonly Message[] = [
  ...messagesOf("jsonwebtoken, express-jwt", [
    {
      pattern: /"exp" should be a number of seconds/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      source: "auth0/node-jsonwebtoken sign.js",
    },
    {
      pattern: /minimum key size of \d{4} bits/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.too_small"],
      source: "auth0/node-jsonwebtoken sign.js",
    },
    {
      pattern: /\bjwt malformed\b/i,
      reasons: ["format.not_jwt", "format.segments"],
      possible: [
        "token.placeholder",
        "token.opaque",
        "token.scheme_repeated",
        "token.encrypted",
        "token.truncated",
        "token.json_instead",
      ],
      source: "auth0/node-jsonwebtoken verify.js; auth0/node-jsonwebtoken#871",
    },
    {
      pattern: /\bjwt must be provided\b/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "token.placeholder",
        "transit.header_stripped",
        "transit.wrong_place",
      ],
      source: "auth0/node-jsonwebtoken verify.js",
    },
    {
      pattern: /\bjwt must be a string\b/i,
      reasons: ["format.not_jwt"],
      possible: ["token.placeholder", "token.json_instead"],
      source: "auth0/node-jsonwebtoken verify.js",
    },
    {
      pattern:
        /secretorpublickey must be an? (?:asymmetric|symmetric) key|invalid public key provided for algorithms/i,
      reasons: ["signature.key_unsuitable"],
      possible: [
        "key.wrong_type",
        "algorithm.mismatch",
        "key.pem_damaged",
        "key.wrong_form",
        cannot("algorithm"),
      ],
      source: "auth0/node-jsonwebtoken verify.js; nearform/fastify-jwt-jwks#42",
    },
    {
      pattern: /secret or public key must be provided/i,
      reasons: ["signature.key_not_found"],
      likely: ["verifier.not_configured"],
      possible: [
        "key.set_unsupported_member",
        "key.set_empty",
        "algorithm.mismatch",
      ],
      source: "auth0/node-jsonwebtoken verify.js; auth0/node-jwks-rsa",
    },
    {
      pattern:
        /\bjsonwebtokenerror: invalid signature|\bunauthorizederror: invalid signature/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.unknown",
        "key.secret_whitespace",
        "key.other_issuer",
        "token.altered",
        "kind.other_resource",
      ],
      source: "auth0/node-jsonwebtoken verify.js; auth0/node-jsonwebtoken#584",
    },
    {
      pattern:
        /\b(?:jsonwebtokenerror|unauthorizederror): invalid algorithm|"message" ?: ?"invalid algorithm"/i,
      reasons: ["signature.algorithm_not_allowed"],
      possible: [
        "algorithm.mismatch",
        "key.pem_damaged",
        "key.wrong_type",
        "token.forged",
      ],
      source: "auth0/node-jsonwebtoken verify.js; santiq/bulletproof-nodejs",
    },
    {
      pattern: /\bjwt subject invalid\b/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("sub")],
      possible: ["claim.shape"],
      source: "auth0/node-jsonwebtoken verify.js",
    },
    {
      pattern: /\bjwt (?:jwtid|id) invalid\b/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("jti")],
      source: "auth0/node-jsonwebtoken verify.js",
    },
    {
      pattern: /\bjwt nonce invalid\b/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.nonce"],
      source: "auth0/node-jsonwebtoken verify.js",
    },
    {
      pattern: /\binvalid (?:exp|nbf) value\b/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      possible: ["time.milliseconds"],
      source: "auth0/node-jsonwebtoken verify.js",
    },
    {
      pattern: /"alg" parameter "\w{1,10}" requires curve/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.wrong_type"],
      source: "auth0/node-jsonwebtoken#862",
    },
    {
      pattern: /(?:jsonwebtokenerror|unauthorizederror): invalid token\b/i,
      reasons: ["format.header", "format.encoding"],
      possible: [
        "token.base64_not_url",
        "token.truncated",
        "token.malformed",
        "token.quoted",
        "token.key_instead",
      ],
      source: "auth0/node-jsonwebtoken verify.js; auth0/node-jsonwebtoken#713",
    },
    {
      pattern: /format is authorization: bearer \[token\]/i,
      reasons: ["request.header_malformed", "request.scheme_unsupported"],
      possible: [
        "token.scheme_missing",
        "token.scheme_repeated",
        "token.concatenated",
        "token.line_wrapped",
        "token.percent_encoded",
      ],
      source: "auth0/express-jwt src/index.ts",
    },
  ]),
  ...messagesOf("Node, OpenSSL", [
    {
      pattern: /failed to parse private key|invalid pem formatted message/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.pem_damaged"],
      possible: ["key.wrong_form"],
      source: "docs/causes/key.pem_damaged.md: firebase-admin",
    },
    {
      pattern:
        /pem routines:|no start line|pem_read_bio|unsupported:?:?decoder|error:1e08010c/i,
      reasons: ["signature.key_unsuitable"],
      possible: [
        "key.pem_damaged",
        "key.wrong_form",
        "key.wrong_type",
        "verifier.not_configured",
      ],
      source:
        "auth0/node-jsonwebtoken#517, okta/okta-sdk-nodejs#286, lcobucci/jwt#860",
    },
  ]),
  ...messagesOf("jwks-rsa", [
    {
      pattern: /jwks does not include keys/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_wrong_document"],
      possible: ["key.set_empty"],
      source: "docs/causes/key.set_wrong_document.md",
    },
    {
      pattern:
        /cannot get \/\.well-known\/jwks|the jwks endpoint did not contain any|jwks request limit|too many requests to the jwks/i,
      reasons: ["signature.keys_unavailable"],
      possible: [
        "key.set_wrong_document",
        "key.set_unreachable",
        "key.set_empty",
        "verifier.not_configured",
        "key.use",
      ],
      source: "auth0/node-jwks-rsa#6, errors",
    },
    {
      pattern: /unable to find a signing key that matches/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.rotated",
        "key.other_issuer",
        "key.id_missing",
        "key.retired",
        "key.use",
        "key.id_form",
      ],
      source: "auth0/node-jwks-rsa JwksClient.js",
    },
  ]),
];
