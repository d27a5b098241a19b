/**
 * What libraries, gateways and servers say when they refuse, and the reason that each message states. Data: the first row that matches
 * counts. Only unmistakable wording is here; "invalid token" says nothing and is not. Each row names where the words come from.
 */
import type { Reason, Step } from "@assay/token";

/** The reasons that an answer can state. */
export type StatedReason =
  | Exclude<
      Extract<
        Reason,
        `${Extract<Step, "expiration" | "issuer" | "revocation">}.${string}`
      >,
      "revocation.key" | "revocation.unavailable"
    >
  | "request.token_missing"
  | "format.type"
  | `signature.${"key_not_found" | "mismatch" | "algorithm_not_allowed" | "missing"}`
  | `audience.${"missing" | "mismatch" | "party_mismatch"}`
  | `scope.${"insufficient" | "authentication"}`
  | `binding.${"nonce" | "replayed"}`;

export const MESSAGES: readonly (readonly [RegExp, StatedReason, string])[] = [
  // The token never came.
  [
    /no authorization token was found|jwt must be provided/i,
    "request.token_missing",
    "express-jwt, jsonwebtoken",
  ],
  [
    /authentication credentials were not provided/i,
    "request.token_missing",
    "Django REST framework",
  ],
  [
    /\bjwt is missing\b/i,
    "request.token_missing",
    "Envoy and Istio, jwt_authn",
  ],
  [
    /missing (the )?authorization header|authorization header (is|was) (missing|not (present|found|provided))|no authorization header/i,
    "request.token_missing",
    "Flask-JWT-Extended, Express middleware",
  ],
  [
    /full authentication is required to access this resource/i,
    "request.token_missing",
    "Spring Security",
  ],

  // The media type of the header.
  [
    /\btyp\b[^\n]{0,40}\bnot allowed\b|\bthe type must be\b|(?:unexpected|invalid|wrong) "?typ\b"?|unexpected "typ"|IDX1025[67]/i,
    "format.type",
    "Nimbus and Spring Security, fast-jwt, jose, Microsoft.IdentityModel",
  ],

  // Several reasons in one message come before their parts.
  [
    /idx10500|secret or public key must be provided/i,
    "signature.key_not_found",
    "Microsoft.IdentityModel, jsonwebtoken: no key is set",
  ],
  [
    /idx10501|idx10503|idx10516|idx10517|signature key was not found/i,
    "signature.key_not_found",
    "Microsoft.IdentityModel, ASP.NET Core",
  ],
  [
    /no matching key\(s\) found|no matching key found|no applicable key found/i,
    "signature.key_not_found",
    "Nimbus and Spring Security, jose",
  ],
  [
    /unable to find a (signing )?key (that matches|with kid)|no key found for kid|key id .{0,80} not found|unable to find key with kid/i,
    "signature.key_not_found",
    "PyJWT, jwks-rsa, several",
  ],
  [
    /jwks doesn't have key to match kid or alg/i,
    "signature.key_not_found",
    "Envoy, jwt_verify_lib",
  ],
  [
    /"kid" claim which does not correspond to a known public key/i,
    "signature.key_not_found",
    "Firebase Admin SDK",
  ],
  [
    /idx10511|the signature is invalid|invalid (token )?signature\b|signature verification (failed|raised)|signature is invalid|has invalid signature/i,
    "signature.mismatch",
    "Microsoft.IdentityModel, jsonwebtoken, PyJWT, golang-jwt, Keycloak",
  ],
  [
    /jwt verification fails|jws(error )?\(?jwsinvalidsignature|failed to verify (id token )?signature|signature did not match|signature does not match locally computed/i,
    "signature.mismatch",
    "Envoy, Hasura and PostgREST, go-oidc, jjwt",
  ],
  [
    /\binvalid algorithm\b|alg(orithm)? (value )?is not allowed|"alg" \(algorithm\) header parameter value not allowed|signing method \w+ is invalid|idx10696|unsupported algorithm/i,
    "signature.algorithm_not_allowed",
    "jsonwebtoken, PyJWT, jose, golang-jwt, Spring Security",
  ],
  [
    /jwt signature is required|idx10504/i,
    "signature.missing",
    "jsonwebtoken, Microsoft.IdentityModel",
  ],

  // Time.
  [
    /not yet valid \(iat\)|token used too early/i,
    "expiration.issued_in_future",
    "PyJWT, google-auth: both compare iat",
  ],
  [
    /idx10222|not valid before|jwt not active|token (is )?not valid yet|not yet valid|jwt used before|'nbf' claim|"nbf" claim timestamp check failed/i,
    "expiration.not_yet_valid",
    "Microsoft.IdentityModel, jsonwebtoken, golang-jwt, PyJWT, Kong, Spring Security, jose",
  ],
  [
    /token used before issued|issued in the future|jwtissuedatfuture|(iat|issued at) is in the future|should be in the past\)/i,
    "expiration.issued_in_future",
    "golang-jwt, Hasura and PostgREST, LexikJWTAuthenticationBundle, jose",
  ],
  [
    /expiredprovidertoken|maxage exceeded|too far in the past\)/i,
    "expiration.too_old",
    "Apple Push Notification service, jsonwebtoken, jose",
  ],
  [
    /\('exp'\) is too far in the future|exp' value exceeds the maximum|must be a short-lived token|\bexp\b[^\n]{0,12}exceeds maximum allowed expiration/i,
    "expiration.lifetime_too_long",
    "GitHub, Box, Google, Kong",
  ],
  [
    /idx10225|has no expiration|must have 'exp' claim|missing (required )?"?exp"? claim|the (exp|iat) claim is required|iat required when maxage is specified/i,
    "expiration.missing",
    "Microsoft.IdentityModel, PyJWT, fast-jwt, jsonwebtoken",
  ],
  [
    /idx10223|lifetime validation failed, the token is expired|the token expired at/i,
    "expiration.expired",
    "Microsoft.IdentityModel, Microsoft Graph, ASP.NET Core",
  ],
  [
    /jwt (is )?expired|token (is|has) expired|token expired|has expired\b|expired token|tokenexpirederror|"exp" claim timestamp check failed|token used too late|expired_token/i,
    "expiration.expired",
    "jsonwebtoken, golang-jwt, PyJWT, Kong, Kubernetes, Amazon, google-auth, jose",
  ],
  [
    /aadsts(700024|50013|50012):/i,
    "expiration.expired",
    "Microsoft Entra ID: an assertion outside of its time range",
  ],

  // Issuer.
  [/expected iss claim to be/i, "issuer.mismatch", "jjwt"],
  [/expected aud claim to be/i, "audience.mismatch", "jjwt"],
  [
    /idx10204/i,
    "issuer.mismatch",
    "Microsoft.IdentityModel: no valid issuer is set",
  ],
  [
    /idx10211|no mandatory 'iss' in claims|missing required "iss" claim|the iss claim is required/i,
    "issuer.missing",
    "Microsoft.IdentityModel, Kong, jose, fast-jwt",
  ],
  [
    /idx10205|the issuer '[^']*' is invalid|jwt issuer invalid|jwt issuer is not configured|no credentials found for given 'iss'|invalid (token )?issuer|unexpected "iss" claim|the iss claim is not valid|token has invalid issuer|jwtnotinissuer|issued by a different provider|incorrect "iss"|token from untrusted issuer|wrong issuer/i,
    "issuer.mismatch",
    "Microsoft.IdentityModel, ASP.NET Core, jsonwebtoken, Envoy, Keycloak, PyJWT, jose, Spring Security, golang-jwt, Hasura, go-oidc, Firebase, CNCF distribution, Kong",
  ],

  // Audience.
  [
    /idx10208|no audiences bound to the role|audience[^.\n]{0,40}(none (is |was )?configured|must be a (single )?string)|aud[^\n]{0,60}(START_ARRAY|cannot unmarshal array)|(START_ARRAY|cannot unmarshal array)[^\n]{0,60}\baud\b/i,
    "audience.mismatch",
    "Microsoft.IdentityModel, Vault, PyJWT: no audience is set; Jackson, Go: an array where a text was meant",
  ],
  [
    /idx10206|token is missing the "aud" claim|missing required "aud" claim|the aud claim is required/i,
    "audience.missing",
    "Microsoft.IdentityModel, PyJWT, jose, fast-jwt",
  ],
  [
    /idx10214|the audience '[^']*' is invalid|jwt audience invalid|audiences in jwt are not allowed|invalid audience|audience doesn't match|unexpected "aud" claim|the aud claim is not valid|token has invalid audience|jwtnotinaudience|expected audience|incorrect "aud"|invalid for the target audiences|token intended for another audience|does not have a valid audience|wrong audience/i,
    "audience.mismatch",
    "Microsoft.IdentityModel, ASP.NET Core, jsonwebtoken, Envoy, PyJWT, jose, Spring Security, golang-jwt, Hasura, go-oidc, Firebase, Kubernetes, CNCF distribution, Amazon API Gateway",
  ],

  [
    /client id not allowed: /i,
    "audience.party_mismatch",
    "aws-jwt-verify, of the client_id of an access token",
  ],

  // What was used before.
  [
    /idx10228/i,
    "binding.replayed",
    "Microsoft.IdentityModel: its cache has seen this very token",
  ],

  // What ended before its time.
  [
    /token (has been|was|is) revoked|token_revoked|token has been (invalidated|blacklisted)|access token has been revoked/i,
    "revocation.token",
    "express-jwt, Okta, Kubernetes, Amazon Cognito, tymon/jwt-auth",
  ],
  [
    /session not active|session (has been )?(terminated|revoked)|session has ended|aadsts(50173|70043)/i,
    "revocation.grant",
    "Keycloak, Microsoft Entra ID",
  ],
  [
    /user (is )?(disabled|deactivated|deleted)|account (is )?disabled|user_disabled|aadsts50057/i,
    "revocation.subject",
    "Keycloak, Firebase, Microsoft Entra ID",
  ],
  [
    /client (is )?disabled|aadsts7000112/i,
    "revocation.client",
    "Keycloak, Microsoft Entra ID",
  ],
];
