/** Google, Firebase and their libraries. */
import { messagesOf, type Message } from "./message.ts";

export const GOOGLE: readonly Message[] = [
  ...messagesOf("Firebase Admin SDK", [
    {
      pattern: /make sure you passed the entire string jwt/i,
      reasons: ["format.not_jwt", "format.segments"],
      possible: [
        "token.truncated",
        "token.opaque",
        "kind.access_token",
        "token.placeholder",
      ],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern: /expects an id token, but was given a (?:legacy )?custom token/i,
      reasons: ["format.type"],
      likely: ["kind.proof"],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern: /incorrect "aud" \(audience\) claim[^\n]{0,200}identitytoolkit/i,
      reasons: ["audience.mismatch"],
      likely: ["kind.proof"],
      source:
        "firebase-admin-python, field notes; firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern: /(?:incorrect|invalid) ["']aud["'] \(audience\) claim/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.environment",
        "audience.client_id",
        "kind.proof",
        "kind.access_token",
        "audience.other",
      ],
      source:
        "firebase/firebase-admin-node src/auth/token-verifier.ts; firebase/firebase-admin-go#723",
    },
    {
      pattern:
        /(?:incorrect|invalid) ["']iss["'] \(issuer\) claim[^\n]{0,200}session\.firebase/i,
      reasons: ["issuer.mismatch"],
      likely: ["kind.proof"],
      possible: ["issuer.other"],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern: /(?:incorrect|invalid) ["']iss["'] \(issuer\) claim/i,
      reasons: ["issuer.mismatch"],
      possible: [
        "issuer.environment",
        "kind.proof",
        "kind.access_token",
        "issuer.other",
      ],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern: /id token has no ["']kid["'] claim/i,
      reasons: ["signature.algorithm_none", "signature.key_not_found"],
      likely: ["token.forged"],
      possible: ["kind.proof", "verifier.not_configured", "key.id_missing"],
      source:
        "firebase/firebase-tools#5821; firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern: /["']kid["'] claim which does not correspond/i,
      reasons: ["signature.key_not_found"],
      possible: [
        "key.retired",
        "time.expired",
        "key.other_issuer",
        "key.rotated",
      ],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern:
        /firebase id token has been revoked|session cookie has been revoked/i,
      reasons: ["revocation.token"],
      possible: [
        "revoked.not_before",
        "revoked.by_user",
        "revoked.by_administrator",
      ],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
    {
      pattern:
        /decoding firebase id token failed|decoding firebase session cookie failed/i,
      reasons: ["format.not_jwt"],
      possible: [
        "token.opaque",
        "kind.access_token",
        "token.placeholder",
        "token.truncated",
      ],
      source: "firebase/firebase-admin-node src/auth/token-verifier.ts",
    },
  ]),
  ...messagesOf("google-auth", [
    {
      pattern: /token used too early, /i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      source: "google-auth-library-python google/auth/jwt.py",
    },
    {
      pattern: /token used too late, /i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source: "google-auth-library-python google/auth/jwt.py",
    },
    {
      pattern: /token has wrong audience|wrong recipient, payload audience/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.client_id",
        "audience.environment",
        "audience.other",
      ],
      source: "googleapis/google-auth-library",
    },
    {
      pattern:
        /certificate for key id \S{1,80} not found|no pem found for envelope/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.retired", "key.other_issuer"],
      source: "googleapis/google-auth-library",
    },
  ]),
  ...messagesOf("Google OAuth", [
    {
      pattern: /token has been expired or revoked/i,
      reasons: ["revocation.grant", "expiration.expired"],
      possible: ["revoked.by_user", "revoked.by_administrator", "time.expired"],
      source: "Google OAuth 2.0, refresh token expiration",
    },
    {
      pattern: /insufficient authentication scopes/i,
      reasons: ["scope.insufficient"],
      likely: ["scope.not_granted"],
      source: "Google APIs, ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    },
    {
      pattern: /invalid jwt signature/i,
      reasons: ["signature.mismatch"],
      possible: ["key.other_issuer", "key.retired", "key.id_reused"],
      source: "google-github-actions/setup-gcloud, field notes",
    },
    {
      pattern: /must be a short-lived token/i,
      reasons: ["expiration.lifetime_too_long"],
      possible: [
        "time.clock_behind",
        "time.clock_ahead",
        "time.limit_edge",
        "time.milliseconds",
      ],
      source: "Google OAuth 2.0, service accounts",
    },
  ]),
];
