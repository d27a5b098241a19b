/** Issuers as they answer at their own endpoints, and Entra, Keycloak, Auth0 and Okta as resources. */
import { absent, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const ISSUERS: readonly Message[] = [
  ...messagesOf("Microsoft Entra ID", [
    {
      pattern: /aadsts(?:50013|50012|700027)\b[^\n]{0,80}invalid signature/i,
      reasons: ["signature.mismatch", "signature.key_not_found"],
      possible: ["key.id_form", "key.unknown", "key.retired"],
      source:
        "AzureAD/azure-activedirectory-library-for-dotnet; passport-azure-ad, field notes",
    },
    {
      pattern:
        /aadsts70021(?:3|)\b|aadsts7002138\b|no matching federated identity record/i,
      reasons: ["audience.claim_mismatch", "issuer.mismatch"],
      possible: [valued("sub"), "issuer.other", "audience.form"],
      source: "Azure/login, field notes",
    },
    {
      pattern: /aadsts9010010\b/i,
      reasons: ["audience.mismatch"],
      likely: ["audience.form"],
      source: "anthropics/claude-code#52871",
    },
    {
      pattern:
        /\binvalidauthenticationtoken\b|access token validation failure\. invalid audience/i,
      reasons: [
        "audience.mismatch",
        "expiration.expired",
        "signature.mismatch",
        "format.not_jwt",
      ],
      open: true,
      possible: [
        "audience.other",
        "time.expired",
        "kind.other_resource",
        "token.placeholder",
      ],
      source: "Microsoft Graph error responses",
    },
    {
      pattern: /lifetime validation failed, the token is expired/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "Microsoft Graph, docs/reasons/expiration.expired.md",
    },
  ]),
  ...messagesOf("Azure API Management", [
    {
      pattern: /unauthorized\. access token is missing or invalid/i,
      reasons: [
        "issuer.mismatch",
        "audience.mismatch",
        "request.token_missing",
        "expiration.expired",
      ],
      open: true,
      possible: [
        "token.absent",
        "issuer.version",
        "audience.other",
        "time.expired",
      ],
      source: "MicrosoftDocs/azure-docs#50219",
    },
  ]),
  ...messagesOf("Keycloak", [
    {
      pattern: /invalid token issuer\. expected/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.host_alias", "issuer.tenant", "issuer.trailing_slash"],
      source: "keycloak core TokenVerifier.java",
    },
    {
      pattern: /invalid token issuer|wrong iss\b/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.host_alias",
        "issuer.tenant",
        "issuer.version",
        "issuer.other",
      ],
      source: "keycloak/keycloak-nodejs-connect#308, panva/openid-client",
    },
    {
      pattern: /\bmissing issuer\. expected/i,
      reasons: ["issuer.missing"],
      likely: [absent("iss")],
      source: "keycloak-nodejs-connect",
    },
    {
      pattern: /\btoken is not active\b/i,
      reasons: ["expiration.expired", "revocation.grant"],
      possible: ["time.expired", "revoked.by_user", "time.clock_behind"],
      source: "keycloak core TokenVerifier.java",
    },
    {
      pattern: /\bstale token\b|\bstale refresh token\b/i,
      reasons: ["revocation.grant"],
      possible: ["revoked.refresh_reuse"],
      source: "keycloak TokenManager.java",
    },
    {
      pattern: /\bsession not active\b|session doesn't have required client/i,
      reasons: ["revocation.grant"],
      possible: ["revoked.by_user", "revoked.by_administrator"],
      source: "keycloak TokenManager.java",
    },
    {
      pattern: /invalid key id\b|failed to obtain public key/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.other_issuer", "issuer.tenant"],
      source: "keycloak adapters",
    },
  ]),
  ...messagesOf("Auth0, Okta", [
    {
      pattern:
        /jwt audience invalid|\baudience mismatch\b|\bthe client_id \/ audience is invalid/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.client_id",
        "audience.form",
        "verifier.too_strict",
        "audience.other",
      ],
      source: "openid/AppAuth-iOS#418, TheNetworg/oauth2-azure#209",
    },
    {
      pattern: /\bopaque (?:access )?token\b/i,
      reasons: ["format.not_jwt"],
      likely: ["token.opaque"],
      source: "auth0/auth0-spa-js",
    },
  ]),
  ...messagesOf("several issuers", [
    {
      pattern:
        /nonce in id[ _]token[^\n]{0,80}does not match|passed nonce and nonce in id_token/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.nonce"],
      source: "docs/causes/claim.nonce.md: Firebase with Apple, Supabase",
    },
    {
      pattern: /\bincorrect token audience\b/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.client_id",
        "audience.environment",
        "audience.other",
      ],
      source: "docs/causes/audience.other.md",
    },
    {
      pattern: /\binvalid audience \[/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.default", "audience.other"],
      source: "flyteorg/flyte, field notes",
    },
    {
      pattern: /\baudience incorrect\b/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.form", "issuer.version"],
      source: "AzureAD/microsoft-identity-web#446",
    },
    {
      pattern: /subject_token has expired/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source: "RFC 8693; ThunderID",
    },
    {
      pattern: /\bnot within the token audience\b/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.other", "audience.client_id"],
      source: "keycloak, token exchange",
    },
    {
      pattern: /client_assertion jti has already been used/i,
      reasons: ["binding.replayed"],
      likely: ["time.proof_reused"],
      source: "RFC 7523 section 3",
    },
  ]),
];
