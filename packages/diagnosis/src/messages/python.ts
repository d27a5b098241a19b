/** Python: PyJWT, Authlib, python-jose, Django, Flask, FastAPI. */
import { absent, cannot, shaped } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const PYTHON: readonly Message[] = [
  ...messagesOf("PyJWT", [
    {
      pattern: /insecurekeylengthwarning|below the minimum recommended length/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.too_small"],
      source: "jpadilla/pyjwt jwt/algorithms.py",
    },
    {
      pattern: /\bnot enough segments\b/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.placeholder",
        "token.opaque",
        "token.truncated",
        "token.scheme_repeated",
        "token.key_instead",
      ],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /\b(?:invalid (?:header|payload|crypto)|incorrect) padding\b/i,
      reasons: ["format.encoding"],
      possible: [
        "token.truncated",
        "token.base64_not_url",
        "token.quoted",
        "token.line_wrapped",
      ],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern:
        /\binvalid header string\b|key id header parameter must be a string/i,
      reasons: ["format.header"],
      possible: ["token.malformed", "token.base64_not_url", "token.opaque"],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /\balgorithm not specified\b/i,
      reasons: ["format.header"],
      likely: ["token.malformed"],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /\binvalid payload string\b/i,
      reasons: ["format.payload"],
      possible: ["token.malformed", "token.encrypted"],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /\bsubject must be a string\b/i,
      reasons: ["format.claim_type"],
      likely: [shaped("sub", "string")],
      source: "jpadilla/pyjwt#1017, vimalloc/flask-jwt-extended#557",
    },
    {
      pattern: /claim \(?(?:exp|nbf|iat)\)? must be an integer/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      possible: ["claim.shape"],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern:
        /could not deserialize key data|unable to load pem file|could not parse the provided public key/i,
      reasons: ["signature.key_unsuitable"],
      possible: ["key.pem_damaged", "key.wrong_form", "key.wrong_type"],
      source: "jpadilla/pyjwt#257, #328, #359",
    },
    {
      pattern:
        /do you have cryptography installed|\balgorithm not supported\b/i,
      reasons: ["signature.algorithm_unsupported"],
      likely: [cannot("algorithm")],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /should not be used as an hmac secret/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.wrong_type"],
      possible: ["algorithm.mismatch", "token.forged"],
      source: "jpadilla/pyjwt jwt/algorithms.py",
    },
    {
      pattern: /token is missing the "(?!iss|aud|exp|iat)[\w-]{1,40}" claim/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      possible: ["claim.shape"],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /token is missing the "iss" claim/i,
      reasons: ["issuer.missing"],
      likely: [absent("iss")],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /token is missing the "(?:exp|iat)" claim/i,
      reasons: ["expiration.missing"],
      likely: [absent("exp")],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern: /\binvalidissuererror\b/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.trailing_slash", "issuer.host_alias", "issuer.other"],
      source: "maziggy/bambuddy#995",
    },
    {
      pattern: /\binvalidaudienceerror\b/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.client_id",
        "audience.default",
        "audience.absent",
        "audience.other",
      ],
      source: "jpadilla/pyjwt jwt/api_jwt.py, jwt/api_jws.py",
    },
    {
      pattern:
        /\bjwks could not be parsed|fail to fetch data from the url|jwks failed to fetch|the jwks endpoint did not (?:return|contain)/i,
      reasons: ["signature.keys_unavailable"],
      possible: [
        "key.set_unreachable",
        "key.set_wrong_document",
        "key.set_unsupported_member",
      ],
      source: "jpadilla/pyjwt jwt/jwks_client.py; FastMCP JWTVerifier",
    },
  ]),
  ...messagesOf("Authlib", [
    {
      pattern:
        /invalid_?claim(?:error)?:? [^\n]{0,40}invalid claim ["'](?:iat|exp|nbf)["']/i,
      reasons: ["format.claim_type"],
      likely: ["time.not_numeric"],
      possible: ["time.clock_behind"],
      source: "authlib/authlib#277",
    },
    {
      pattern: /invalid claim ["'“](?!iss|aud)[\w-]{1,40}["'”]/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      possible: ["claim.shape"],
      source: "authlib authlib/jose/rfc7519/claims.py",
    },
    {
      pattern: /invalid claim ["'“]iss["'”]/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.trailing_slash", "issuer.tenant", "issuer.other"],
      source: "authlib authlib/jose/rfc7519/claims.py",
    },
    {
      pattern: /invalid claim ["'“]aud["'”]/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.client_id", "audience.default", "audience.other"],
      source: "authlib authlib/jose/rfc7519/claims.py",
    },
    {
      pattern: /\bkey 'use' error|invaliduse\b/i,
      reasons: ["signature.key_unsuitable"],
      likely: ["key.use"],
      source: "authlib/authlib#771",
    },
    {
      pattern: /\bbad_signature\b/i,
      reasons: ["signature.mismatch"],
      possible: ["key.id_reused", "key.other_issuer", "key.secret_encoding"],
      source: "authlib authlib/jose/errors.py",
    },
  ]),
  ...messagesOf("Django REST framework", [
    {
      pattern: /token string should not contain spaces/i,
      reasons: ["request.header_malformed"],
      possible: [
        "token.scheme_repeated",
        "token.line_wrapped",
        "token.concatenated",
      ],
      source: "encode/django-rest-framework authentication.py",
    },
    {
      pattern: /authorization header must contain two space-delimited values/i,
      reasons: ["request.header_malformed"],
      possible: [
        "token.scheme_repeated",
        "token.scheme_missing",
        "token.concatenated",
      ],
      source: "jazzband/djangorestframework-simplejwt authentication.py",
    },
    {
      pattern: /authentication credentials were not provided/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "transit.header_stripped",
        "token.scheme_missing",
        "transit.wrong_place",
      ],
      source: "jpadilla/django-rest-framework-jwt#166",
    },
    {
      pattern: /token has wrong type|token has no type/i,
      reasons: ["format.type"],
      likely: ["kind.refresh_token"],
      possible: ["kind.id_token"],
      source: "djangorestframework-simplejwt tokens.py",
    },
  ]),
  ...messagesOf("Flask-JWT-Extended", [
    {
      pattern:
        /bad authorization header\b|bad \w{1,20} header\. expected value/i,
      reasons: ["request.header_malformed", "request.scheme_unsupported"],
      possible: [
        "token.scheme_missing",
        "token.scheme_repeated",
        "token.quoted",
      ],
      source:
        "noirbizarre/flask-restplus#315, vimalloc/flask-jwt-extended view_decorators.py",
    },
    {
      pattern: /only (?:non-refresh|refresh) tokens are allowed/i,
      reasons: ["format.type"],
      likely: ["kind.refresh_token"],
      possible: ["kind.access_token"],
      source: "vimalloc/flask-jwt-extended",
    },
    {
      pattern: /unmatch token type/i,
      reasons: ["format.type"],
      possible: [absent("type"), "kind.refresh_token", "kind.id_token"],
      source: "jpadilla/pyjwt#760",
    },
  ]),
  ...messagesOf("FastAPI", [
    {
      pattern: /\bnot authenticated\b/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "token.scheme_missing",
        "transit.header_stripped",
      ],
      source: "fastapi fastapi/security/http.py",
    },
  ]),
  ...messagesOf("oauthlib", [
    {
      pattern: /insecuretransporterror|oauth 2 must utilize https/i,
      reasons: ["request.transport_insecure"],
      possible: ["transit.insecure", "verifier.not_configured"],
      source: "oauthlib oauthlib/oauth2/rfc6749/errors.py",
    },
  ]),
];
