/** Of the token, its form and its signature: words that several products share, or that are theirs in any version: looked at after those of one product (`testimony-messages.ts`). */
import type { Message } from "./message.ts";

/** What these rows stand on: each of them has a page that quotes its words beside the product. */
const SEVERAL = "the pages of docs/reasons and their sources";

export const OF_FORM_AND_SIGNATURE: readonly Message[] = [
  // The token never came.
  {
    product: "express-jwt, jsonwebtoken",
    pattern: /no authorization token was found|jwt must be provided/i,
    reasons: ["request.token_missing"],
    source: `express-jwt, jsonwebtoken; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern: /\bjwt is missing\b/i,
    reasons: ["request.token_missing"],
    source: `Envoy and Istio, jwt_authn; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /missing (the )?authorization header|authorization header (is|was) (missing|not (present|found|provided))|no authorization header/i,
    reasons: ["request.token_missing"],
    source: `Flask-JWT-Extended, Express middleware; ${SEVERAL}`,
  },
  {
    product: "Spring Security",
    pattern: /full authentication is required to access this resource/i,
    reasons: ["request.token_missing"],
    source: `Spring Security; ${SEVERAL}`,
  },
  // The media type of the header.
  {
    product: "several libraries",
    pattern:
      /\btyp\b[^\n]{0,40}\bnot allowed\b|\bthe type must be\b|(?:unexpected|invalid|wrong) "?typ\b"?|unexpected "typ"|IDX1025[67]/i,
    reasons: ["format.type"],
    source: `Nimbus and Spring Security, fast-jwt, jose, Microsoft.IdentityModel; ${SEVERAL}`,
  },
  // Several reasons in one message come before their parts.
  {
    product: "Microsoft.IdentityModel, jsonwebtoken",
    pattern: /idx10500|secret or public key must be provided/i,
    reasons: ["signature.key_not_found"],
    source: `Microsoft.IdentityModel, jsonwebtoken: no key is set; ${SEVERAL}`,
  },
  {
    product: "Microsoft.IdentityModel, ASP.NET Core",
    pattern: /idx10501|idx10503|idx10516|idx10517|signature key was not found/i,
    reasons: ["signature.key_not_found"],
    source: `Microsoft.IdentityModel, ASP.NET Core; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /no matching key\(s\) found|no matching key found|no applicable key found/i,
    reasons: ["signature.key_not_found"],
    source: `Nimbus and Spring Security, jose; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /unable to find a (signing )?key (that matches|with kid)|no key found for kid|key id .{0,80} not found|\bkid\b[^\n]{0,40} not found|didn't find public ?key for specified kid|unable to find key with kid/i,
    reasons: ["signature.key_not_found"],
    source: `PyJWT, jwks-rsa, several; ${SEVERAL}`,
  },
  {
    product: "Firebase Admin SDK",
    pattern: /"kid" claim which does not correspond to a known public key/i,
    reasons: ["signature.key_not_found"],
    source: `Firebase Admin SDK; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /idx10511|the signature is invalid|invalid (token )?signature\b|signature verification (failed|raised)|signature is invalid|has invalid signature/i,
    reasons: ["signature.mismatch"],
    source: `Microsoft.IdentityModel, jsonwebtoken, PyJWT, golang-jwt, Keycloak; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /jwt verification fails|jws(error )?\(?jwsinvalidsignature|failed to verify (id token )?signature|signature did not match|signature does not match locally computed/i,
    reasons: ["signature.mismatch"],
    source: `Envoy, Hasura and PostgREST, go-oidc, jjwt; ${SEVERAL}`,
  },
  {
    product: "several libraries",
    pattern:
      /\binvalid algorithm\b|alg(orithm)? (value )?is not allowed|"alg" \(algorithm\) header parameter value not allowed|signing method \w+ is invalid|idx10696|unsupported algorithm/i,
    reasons: ["signature.algorithm_not_allowed"],
    source: `jsonwebtoken, PyJWT, jose, golang-jwt, Spring Security; ${SEVERAL}`,
  },
  {
    product: "jsonwebtoken, Microsoft.IdentityModel",
    pattern: /jwt signature is required|idx10504/i,
    reasons: ["signature.missing"],
    source: `jsonwebtoken, Microsoft.IdentityModel; ${SEVERAL}`,
  },
];
