/** HashiCorp Vault and OpenBao: the JWT and Kubernetes auth methods. */
import { unset, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const VAULT: readonly Message[] = [
  ...messagesOf("Vault", [
    {
      pattern: /no audiences bound to the role/i,
      reasons: ["audience.mismatch"],
      likely: [unset("the audience")],
      source: "hashicorp/vault-plugin-auth-jwt#305",
    },
    {
      pattern: /audience claim does not match any/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.default",
        "audience.other",
        "audience.form",
        "verifier.not_configured",
      ],
      source: "hashicorp/vault-plugin-auth-jwt path_login.go, claims.go",
    },
    {
      pattern: /claim "iss" is invalid/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.host_alias",
        "verifier.not_configured",
        "issuer.other",
        "issuer.version",
      ],
      source: "ricoberger/vault-secrets-operator#104",
    },
    {
      pattern: /claim "aud" is invalid/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.default",
        "verifier.not_configured",
        "audience.other",
        "audience.absent",
      ],
      source: "hashicorp/vault-plugin-auth-kubernetes#102",
    },
    {
      pattern: /does not match any associated bound claim/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      possible: ["claim.shape"],
      source: "hashicorp/vault-plugin-auth-jwt path_login.go, claims.go",
    },
    {
      pattern: /claim "[\w./-]{1,60}" (?:is missing|not found in token)/i,
      reasons: ["audience.claim_missing"],
      likely: ["claim.absent"],
      possible: ["claim.shape"],
      source: "hashicorp/vault-plugin-auth-jwt path_login.go, claims.go",
    },
    {
      pattern: /invalid subject \(sub\) claim/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("sub")],
      possible: ["verifier.not_configured"],
      source: "hashicorp/vault-plugin-auth-jwt#382",
    },
    {
      pattern: /invalid issuer \(iss\) claim/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.trailing_slash", "issuer.host_alias", "issuer.other"],
      source: "hashicorp/cap jwt/jwt.go",
    },
    {
      pattern: /no known key successfully validated the token signature/i,
      reasons: ["signature.mismatch", "signature.key_not_found"],
      possible: ["key.rotated", "key.other_issuer", "key.retired"],
      source: "hashicorp/cap jwt/keyset.go",
    },
    {
      pattern:
        /(?:invalid expiration time|expired) \(exp\) claim|token is expired \(exp\)/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "hashicorp/cap jwt/jwt.go",
    },
    {
      pattern: /\b(?:service account name|namespace) not authorized\b/i,
      reasons: ["audience.claim_mismatch"],
      likely: ["claim.value"],
      source: "hashicorp/vault-plugin-auth-kubernetes path_login.go",
    },
    {
      pattern:
        /^\s{0,9}(?:403 )?permission denied\s{0,9}$|"errors":\s{0,4}\["permission denied"\]/i,
      reasons: ["scope.insufficient", "expiration.expired", "revocation.token"],
      possible: [
        "scope.not_granted",
        "time.expired",
        "token.key_instead",
        "revoked.by_administrator",
      ],
      source:
        "hashicorp/vault#3058, #4402; developer.hashicorp.com/vault, tokens",
    },
    {
      pattern: /invalid character '<' looking for beginning of value/i,
      reasons: ["signature.keys_unavailable"],
      likely: ["key.set_wrong_document"],
      possible: ["verifier.not_configured"],
      source: "hashicorp/vault-plugin-auth-kubernetes#42",
    },
  ]),
];
