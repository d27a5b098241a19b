/** Proxies that sign users in: oauth2-proxy, Pomerium, Traefik with them, Google IAP and kin. */
import { absent } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const OAUTH2_PROXY: readonly Message[] = [
  ...messagesOf("oauth2-proxy", [
    {
      pattern:
        /audience claims? \[[^\]\n]{0,80}\] do(?:es)? not exist in claims/i,
      reasons: ["audience.missing"],
      likely: ["audience.absent"],
      possible: ["kind.access_token"],
      source: "oauth2-proxy/oauth2-proxy#2207",
    },
    {
      pattern:
        /email (?:claim|in id_token) \(?[^\n]{0,60}(?:missing|not verified|isn't verified)/i,
      reasons: ["audience.claim_missing"],
      likely: [absent("email")],
      possible: ["kind.access_token", "scope.application_only"],
      source: "oauth2-proxy/oauth2-proxy#1612",
    },
    {
      pattern: /unable to verify bearer token, not implemented/i,
      reasons: ["audience.mismatch", "issuer.mismatch"],
      possible: ["audience.other", "verifier.not_configured", "issuer.other"],
      source: "oauth2-proxy/oauth2-proxy#2319",
    },
    {
      pattern: /cookie signature not valid/i,
      reasons: ["request.token_missing"],
      possible: ["verifier.not_configured", "transit.wrong_place"],
      source: "oauth2-proxy/oauth2-proxy#1118",
    },
  ]),
  ...messagesOf("Google IAP", [
    {
      pattern: /invalid iap (?:assertion|jwt)/i,
      reasons: ["audience.mismatch"],
      possible: [
        "audience.environment",
        "audience.other",
        "transit.overwritten",
      ],
      source: "GoogleCloudPlatform/jit-groups#73",
    },
  ]),
];
