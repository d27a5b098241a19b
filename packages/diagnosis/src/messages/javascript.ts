/** JavaScript and Dart beside jsonwebtoken and jose: fast-jwt, hapi, Auth0, Okta and Angular clients. */
import { valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const JAVASCRIPT: readonly Message[] = [
  ...messagesOf("fast-jwt", [
    {
      pattern: /the type must be "?jwt/i,
      reasons: ["format.type"],
      likely: ["verifier.too_strict"],
      possible: ["kind.id_token"],
      source: "nearform/fast-jwt src/verifier.js",
    },
    {
      pattern: /the token header is not a valid base64url/i,
      reasons: ["format.header", "format.encoding"],
      possible: ["token.base64_not_url", "token.malformed", "token.quoted"],
      source: "nearform/fast-jwt src/decoder.js",
    },
    {
      pattern:
        /the token payload is not a valid base64url|the payload must be an object/i,
      reasons: ["format.payload", "format.encoding"],
      possible: ["token.malformed", "token.encrypted"],
      source: "nearform/fast-jwt src/decoder.js",
    },
    {
      pattern: /\bthe token is malformed\b/i,
      reasons: ["format.segments", "format.not_jwt"],
      possible: [
        "token.truncated",
        "token.opaque",
        "token.placeholder",
        "token.encrypted",
      ],
      source: "nearform/fast-jwt src/decoder.js",
    },
    {
      pattern: /the token signature is missing/i,
      reasons: ["signature.missing"],
      possible: ["token.truncated", "token.forged"],
      source: "nearform/fast-jwt src/verifier.js",
    },
    {
      pattern: /the token signature is invalid/i,
      reasons: ["signature.mismatch"],
      possible: [
        "key.secret_encoding",
        "key.other_issuer",
        "token.altered",
        "key.unknown",
      ],
      source: "nearform/fast-jwt src/verifier.js",
    },
    {
      pattern: /the token algorithm is invalid/i,
      reasons: ["signature.algorithm_not_allowed"],
      likely: ["algorithm.mismatch"],
      possible: ["token.forged"],
      source: "nearform/fast-jwt src/verifier.js",
    },
    {
      pattern: /the (?!iss|aud|exp|iat|nbf)\w{1,40} claim is required/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      possible: ["claim.shape"],
      source: "nearform/fast-jwt src/verifier.js",
    },
    {
      pattern:
        /the (?!iss|aud|exp|iat|nbf)\w{1,40} claim (?:value )?is not allowed/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      possible: ["claim.shape"],
      source: "nearform/fast-jwt src/verifier.js",
    },
  ]),
  ...messagesOf("Auth0, Okta", [
    {
      pattern:
        /(?:authorized party|azp)[^\n]{0,12}(?:\(azp\) )?claim mismatch/i,
      reasons: ["audience.party_mismatch"],
      possible: [
        valued("azp"),
        "verifier.too_strict",
        "audience.client_id",
        "kind.access_token",
      ],
      source: "auth0/auth0-PHP#422",
    },
    {
      pattern: /nonce[^\n]{0,12} claim mismatch/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.nonce"],
      source: "auth0 OIDC client libraries, IdTokenVerifier",
    },
    {
      pattern: /issuer[^\n]{0,8}\(iss\) claim mismatch/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.trailing_slash",
        "issuer.tenant",
        "issuer.host_alias",
        "issuer.other",
      ],
      source: "auth0/auth0-oidc-client-net#330",
    },
    {
      pattern: /audience[^\n]{0,8}\(aud\) claim mismatch/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.client_id", "audience.default", "audience.other"],
      source: "auth0 OIDC client libraries, IdTokenVerifier",
    },
    {
      pattern: /key id, [^\n]{1,120} was not found in the server's keys/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.other_issuer"],
      source: "okta/okta-auth-js#797",
    },
  ]),
  ...messagesOf("Angular clients", [
    {
      pattern:
        /validate_?id_?token_?nonce failed|invalid_nonce_in_state|\bjwt nonce verification failed/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.nonce"],
      source:
        "damienbod/angular-auth-oidc-client#517, manfredsteyer/angular-oauth2-oidc#625",
    },
    {
      pattern: /validate_?id_?token_?iss failed/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.tenant", "issuer.trailing_slash", "issuer.version"],
      source: "damienbod/angular-auth-oidc-client#347",
    },
    {
      pattern: /validate_?id_?token_?aud failed/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.client_id", "audience.other"],
      source: "damienbod/angular-auth-oidc-client",
    },
  ]),
  ...messagesOf("dart_jsonwebtoken", [
    {
      pattern: /type 'list<dynamic>' is not a subtype of type 'string/i,
      reasons: ["audience.mismatch", "format.claim_type"],
      likely: ["verifier.too_strict"],
      possible: ["claim.shape"],
      source: "jonasroussel/dart_jsonwebtoken#17",
    },
  ]),
  ...messagesOf("several libraries", [
    {
      pattern:
        /\bat_hash\b[^\n]{0,40}(?:mismatch|doesn't match|does not match|validation fail|claim\b)|to compare against at_hash/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("at_hash")],
      possible: ["kind.id_token"],
      source:
        "OpenID Connect Core section 3.1.3.6; tokusumi/fastapi-cloudauth#53",
    },
    {
      pattern:
        /\bscopes? (?:is )?not matched|\brequired scopes? not found|\binsufficient scope\b/i,
      reasons: ["scope.insufficient"],
      possible: [
        "scope.not_granted",
        "scope.claim_name",
        "scope.shape",
        "scope.prefix",
      ],
      source:
        "ThreeMammals/Ocelot#913, ory/oathkeeper#162, auth0/express-jwt-authz#14",
    },
    {
      pattern: /\bno scp claim in token|\broles claim not in token/i,
      reasons: ["scope.missing"],
      likely: ["scope.application_only"],
      possible: ["scope.not_granted"],
      source: "AzureAD/microsoft-authentication-library-for-dotnet#1630",
    },
  ]),
];
