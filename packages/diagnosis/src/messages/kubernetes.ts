/** The Kubernetes API server, and tools before it. */
import { valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const KUBERNETES: readonly Message[] = [
  ...messagesOf("Kubernetes", [
    {
      pattern: /service account token has been invalidated/i,
      reasons: ["revocation.token"],
      likely: ["revoked.by_administrator"],
      possible: ["revoked.not_before"],
      source:
        "kubernetes/kubernetes pkg/serviceaccount, staging/src/k8s.io/apiserver/claims.go",
    },
    {
      pattern: /service account token is not valid yet/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      possible: ["time.delayed_start"],
      source:
        "kubernetes/kubernetes pkg/serviceaccount, staging/src/k8s.io/apiserver/claims.go",
    },
    {
      pattern: /service account token has expired/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      possible: ["time.clock_ahead"],
      source:
        "kubernetes/kubernetes pkg/serviceaccount, staging/src/k8s.io/apiserver/claims.go",
    },
    {
      pattern:
        /service account \S{1,120} has been deleted|service account uid [^\n]{0,80}does not match/i,
      reasons: ["revocation.subject"],
      likely: ["revoked.by_administrator"],
      source:
        "kubernetes/kubernetes pkg/serviceaccount, staging/src/k8s.io/apiserver/claims.go",
    },
    {
      pattern: /invalid for the target audiences/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.default",
        "audience.other",
        "verifier.not_configured",
      ],
      source:
        "kubernetes/kubernetes pkg/serviceaccount, staging/src/k8s.io/apiserver/authenticator/token/request.go",
    },
    {
      pattern: /email not verified|email_verified/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("email_verified")],
      source: "kubernetes/kubernetes#136887",
    },
    {
      pattern:
        /\binvalid bearer token\b(?![^\n]{0,160}(?:expired|audience|primitive|yet|invalidated|signature|malformed))/i,
      reasons: [
        "expiration.expired",
        "signature.mismatch",
        "issuer.mismatch",
        "audience.mismatch",
      ],
      open: true,
      possible: [
        "time.expired",
        "issuer.other",
        "audience.other",
        "key.other_issuer",
        "verifier.not_configured",
        "revoked.by_administrator",
      ],
      source:
        "kubernetes/kubernetes pkg/serviceaccount, staging/src/k8s.io/apiserver; kubernetes/kubernetes#136887, gardener/oidc-webhook-authenticator#94",
    },
    {
      pattern: /\bserviceaccounts? "?[\w:.-]{1,120}"? not found\b/i,
      reasons: ["revocation.subject"],
      likely: ["revoked.by_administrator"],
      source: "kubernetes/kubernetes pkg/serviceaccount; velero-io/velero#5537",
    },
    {
      pattern: /you must be logged in to the server/i,
      reasons: [
        "expiration.expired",
        "request.token_missing",
        "issuer.mismatch",
        "signature.key_not_found",
      ],
      open: true,
      possible: [
        "time.expired",
        "token.absent",
        "verifier.not_configured",
        "key.rotated",
        "issuer.other",
      ],
      source: "int128/kubelogin#156, kubernetes/kubernetes#50449",
    },
  ]),
];
