/** Of the claims, and of what ended before its time: words that several products share, or that are theirs in any version: looked at after those of one product (`testimony-messages.ts`). */
import type { Message } from "./message.ts";

/** What these rows stand on: each of them has a page that quotes its words beside the product. */
const SEVERAL = "the pages of docs/reasons and their sources";

export const OF_CLAIMS: readonly Message[] = [
  // Time.
  {
    product: "PyJWT, google-auth",
    pattern: /not yet valid \(iat\)|token used too early/i,
    reasons: ["expiration.issued_in_future"],
    source: `PyJWT, google-auth: both compare iat; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10222|not valid before|jwt not active|token (is )?not valid yet|not yet valid|jwt used before|'nbf' claim|"nbf" claim timestamp check failed/i,
    reasons: ["expiration.not_yet_valid"],
    source: `Microsoft.IdentityModel, jsonwebtoken, golang-jwt, PyJWT, Kong, Spring Security, jose; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /token used before issued|issued in the future|jwtissuedatfuture|(iat|issued at) is in the future|should be in the past\)/i,
    reasons: ["expiration.issued_in_future"],
    source: `golang-jwt, Hasura and PostgREST, LexikJWTAuthenticationBundle, jose; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern: /expiredprovidertoken|maxage exceeded|too far in the past\)/i,
    reasons: ["expiration.too_old"],
    source: `Apple Push Notification service, jsonwebtoken, jose; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /\('exp'\) is too far in the future|exp' value exceeds the maximum|must be a short-lived token|\bexp\b[^\n]{0,12}exceeds maximum allowed expiration/i,
    reasons: ["expiration.lifetime_too_long"],
    source: `GitHub, Box, Google, Kong; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10225|has no expiration|must have 'exp' claim|missing (required )?"?exp"? claim|the (exp|iat) claim is required|iat required when maxage is specified/i,
    reasons: ["expiration.missing"],
    source: `Microsoft.IdentityModel, PyJWT, fast-jwt, jsonwebtoken; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10223|lifetime validation failed, the token is expired|the token expired at/i,
    reasons: ["expiration.expired"],
    source: `Microsoft.IdentityModel, Microsoft Graph, ASP.NET Core; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /jwt (is )?expired|token (is|has) expired|token expired|has expired\b|expired token|tokenexpirederror|"exp" claim timestamp check failed|token used too late|expired_token/i,
    reasons: ["expiration.expired"],
    source: `jsonwebtoken, golang-jwt, PyJWT, Kong, Kubernetes, Amazon, google-auth, jose; ${SEVERAL}`,
  },
  {
    product: "Microsoft Entra ID",
    pattern: /aadsts(700024|50013|50012):/i,
    reasons: ["expiration.expired"],
    source: `Microsoft Entra ID: an assertion outside of its time range; ${SEVERAL}`,
  },
  // Issuer.
  {
    product: "jjwt",
    pattern: /expected iss claim to be/i,
    reasons: ["issuer.mismatch"],
    source: `jjwt; ${SEVERAL}`,
  },
  {
    product: "jjwt",
    pattern: /expected aud claim to be/i,
    reasons: ["audience.mismatch"],
    source: `jjwt; ${SEVERAL}`,
  },
  {
    product: "Microsoft.IdentityModel",
    pattern: /idx10204/i,
    reasons: ["issuer.mismatch"],
    source: `Microsoft.IdentityModel: no valid issuer is set; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10211|no mandatory 'iss' in claims|missing required "iss" claim|the iss claim is required/i,
    reasons: ["issuer.missing"],
    source: `Microsoft.IdentityModel, Kong, jose, fast-jwt; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10205|the issuer '[^']*' is invalid|jwt issuer invalid|jwt issuer is not configured|no credentials found for given 'iss'|invalid (token )?issuer|(?:token )?issuer is (?:invalid|not trusted|unknown)|"iss" claim mismatch|unexpected (?:'iss' value|"iss" claim value)|unexpected "iss" claim|the iss claim is not valid|token has invalid issuer|jwtnotinissuer|issued by a different provider|incorrect "iss"|token from untrusted issuer|wrong issuer/i,
    reasons: ["issuer.mismatch"],
    source: `Microsoft.IdentityModel, ASP.NET Core, jsonwebtoken, Envoy, Keycloak, PyJWT, jose, Spring Security, golang-jwt, Hasura, go-oidc, Firebase, CNCF distribution, Kong; ${SEVERAL}`,
  },
  // Audience.
  {
    product: "several libraries",
    pattern:
      /idx10208|no audiences bound to the role|audience[^.\n]{0,40}(none (is |was )?configured|must be a (single )?string)|aud[^\n]{0,60}(START_ARRAY|cannot unmarshal array)|(START_ARRAY|cannot unmarshal array)[^\n]{0,60}\baud\b/i,
    reasons: ["audience.mismatch"],
    source: `Microsoft.IdentityModel, Vault, PyJWT: no audience is set; Jackson, Go: an array where a text was meant; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10206|token is missing the "aud" claim|missing required "aud" claim|the aud claim is required/i,
    reasons: ["audience.missing"],
    source: `Microsoft.IdentityModel, PyJWT, jose, fast-jwt; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10214|the audience '[^']*' is invalid|jwt audience invalid|audiences in jwt are not allowed|invalid audience|audience doesn't match|unexpected "aud" claim|the aud claim is not valid|token has invalid audience|jwtnotinaudience|expected audience|incorrect "aud"|invalid for the target audiences|token intended for another audience|does not have a valid audience|wrong audience/i,
    reasons: ["audience.mismatch"],
    source: `Microsoft.IdentityModel, ASP.NET Core, jsonwebtoken, Envoy, PyJWT, jose, Spring Security, golang-jwt, Hasura, go-oidc, Firebase, Kubernetes, CNCF distribution, Amazon API Gateway; ${SEVERAL}`,
  },
  {
    product: "aws-jwt-verify",
    pattern: /client id not allowed: /i,
    reasons: ["audience.party_mismatch"],
    source: `aws-jwt-verify, of the client_id of an access token; ${SEVERAL}`,
  },
  // What was used before.
  {
    product: "Microsoft.IdentityModel",
    pattern: /idx10228/i,
    reasons: ["binding.replayed"],
    source: `Microsoft.IdentityModel: its cache has seen this very token; ${SEVERAL}`,
  },
  // What ended before its time.
  {
    product: "several libraries",
    pattern:
      /token (has been|was|is) revoked|token_revoked|token has been (invalidated|blacklisted)|access token has been revoked/i,
    reasons: ["revocation.token"],
    source: `express-jwt, Okta, Kubernetes, Amazon Cognito, tymon/jwt-auth; ${SEVERAL}`,
  },
  {
    product: "Keycloak, Microsoft Entra ID",
    pattern:
      /session not active|session (has been )?(terminated|revoked)|session has ended|aadsts(50173|70043)/i,
    reasons: ["revocation.grant"],
    source: `Keycloak, Microsoft Entra ID; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /user (is )?(disabled|deactivated|deleted)|account (is )?disabled|user_disabled|aadsts50057/i,
    reasons: ["revocation.subject"],
    source: `Keycloak, Firebase, Microsoft Entra ID; ${SEVERAL}`,
  },
  {
    product: "Keycloak, Microsoft Entra ID",
    pattern: /client (is )?disabled|aadsts7000112/i,
    reasons: ["revocation.client"],
    source: `Keycloak, Microsoft Entra ID; ${SEVERAL}`,
  },
];
