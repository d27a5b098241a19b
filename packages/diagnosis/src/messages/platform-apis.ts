/** Platforms whose tokens are mostly opaque to their bearers, and that say by a code or a sentence of their own what is wrong with one. */
import { messagesOf, type Message } from "./message.ts";

export const PLATFORM_APIS: readonly Message[] = [
  ...messagesOf("Microsoft Graph", [
    {
      pattern: /access token validation failure\. invalid audience/i,
      reasons: ["audience.mismatch"],
      likely: ["audience.other"],
      possible: ["audience.form", "audience.environment"],
      source:
        "learn.microsoft.com/graph, resolve authorization errors: InvalidAuthenticationToken",
    },
    {
      pattern: /compacttoken (?:parsing|validation) failed/i,
      reasons: ["format.not_jwt", "expiration.expired"],
      likely: ["token.scheme_missing"],
      possible: ["token.truncated", "token.opaque", "time.expired"],
      source:
        "learn.microsoft.com/archive/technet-wiki/54544; OfficeDev/outlook-dev-docs#508",
    },
    {
      pattern: /access token has expired or is not yet valid/i,
      reasons: ["expiration.expired", "expiration.not_yet_valid"],
      likely: ["time.expired"],
      possible: ["time.clock_behind"],
      source: "learn.microsoft.com/graph, InvalidAuthenticationToken",
    },
  ]),
  ...messagesOf("Google APIs", [
    {
      pattern:
        /request is missing required authentication credential|\bcredentials_missing\b/i,
      reasons: ["request.token_missing"],
      likely: ["token.absent"],
      possible: ["transit.header_stripped", "token.scheme_missing"],
      source: "google.rpc.ErrorReason CREDENTIALS_MISSING",
    },
    {
      pattern: /\baccess_token_expired\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source: "google.rpc.ErrorReason ACCESS_TOKEN_EXPIRED",
    },
    {
      pattern: /\baccess_token_type_unsupported\b/i,
      reasons: ["format.type", "format.not_jwt"],
      likely: ["kind.id_token"],
      possible: ["token.key_instead", "token.truncated"],
      source: "google.rpc.ErrorReason ACCESS_TOKEN_TYPE_UNSUPPORTED",
    },
    {
      pattern: /request had invalid authentication credentials/i,
      reasons: ["expiration.expired", "revocation.token", "format.type"],
      open: true,
      possible: [
        "time.expired",
        "kind.id_token",
        "revoked.by_user",
        "token.truncated",
      ],
      source: "cloud.google.com/apis/design/errors, UNAUTHENTICATED",
    },
  ]),
  ...messagesOf("Slack", [
    {
      pattern: /\bnot_authed\b/i,
      reasons: ["request.token_missing"],
      likely: ["token.absent"],
      possible: ["transit.wrong_place", "transit.header_stripped"],
      source: "docs.slack.dev, errors of web API methods",
    },
    {
      pattern: /\btoken_expired\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source: "docs.slack.dev, errors of web API methods; tymon/jwt-auth",
    },
    {
      pattern: /\btoken_revoked\b/i,
      reasons: ["revocation.token"],
      likely: ["revoked.by_user"],
      possible: ["revoked.by_administrator"],
      source: "docs.slack.dev, errors of web API methods",
    },
    {
      pattern: /\baccount_inactive\b/i,
      reasons: ["revocation.subject"],
      likely: ["revoked.by_administrator"],
      possible: ["revoked.by_user"],
      source: "docs.slack.dev, errors of web API methods",
    },
    {
      pattern: /\bmissing_scope\b/i,
      reasons: ["scope.insufficient"],
      likely: ["scope.not_granted"],
      source: "docs.slack.dev, errors of web API methods",
    },
    {
      pattern: /\bnot_(?:allowed_token_type|bearer_token)\b/i,
      reasons: ["format.type"],
      possible: ["token.key_instead", "kind.refresh_token"],
      source: "docs.slack.dev, errors of web API methods",
    },
  ]),
  ...messagesOf("Discord", [
    {
      pattern:
        /"?message"?: ?"?401: unauthorized|an invalid token was provided/i,
      reasons: ["request.scheme_unsupported", "revocation.token"],
      open: true,
      possible: [
        "token.placeholder",
        "token.key_instead",
        "token.scheme_missing",
        "revoked.by_administrator",
      ],
      source:
        "discordjs/discord.js#3930, discord.com/developers/docs/reference",
    },
  ]),
  ...messagesOf("Twitch", [
    {
      pattern: /client id and oauth token do not match/i,
      reasons: ["audience.party_mismatch"],
      possible: ["audience.client_id", "audience.other"],
      source: "dev.twitch.tv/docs/authentication; mumixam/weechat-twitch#12",
    },
    {
      pattern: /\boauth token is missing\b/i,
      reasons: ["request.token_missing"],
      likely: ["token.absent"],
      source: "dev.twitch.tv/docs/authentication",
    },
    {
      pattern: /\binvalid oauth token\b/i,
      reasons: ["expiration.expired", "revocation.grant"],
      open: true,
      possible: [
        "time.expired",
        "revoked.by_user",
        "token.scheme_missing",
        "token.placeholder",
      ],
      source: "dev.twitch.tv/docs/authentication/validate-tokens",
    },
  ]),
  ...messagesOf("Salesforce", [
    {
      pattern: /\binvalid_session_id\b|session expired or invalid/i,
      reasons: ["expiration.expired", "revocation.token", "issuer.mismatch"],
      likely: ["time.expired"],
      possible: [
        "revoked.by_user",
        "issuer.environment",
        "revoked.by_administrator",
      ],
      source: "nango.dev/blog/fix-salesforce-invalid-session-id-error",
    },
  ]),
  ...messagesOf("Facebook", [
    {
      pattern: /malformed access token|access token could not be decrypted/i,
      reasons: ["format.not_jwt"],
      possible: [
        "token.truncated",
        "token.quoted",
        "token.placeholder",
        "token.percent_encoded",
      ],
      source: "developers.facebook.com, handling errors of access tokens",
    },
    {
      pattern: /user has not authorized application/i,
      reasons: ["revocation.grant"],
      likely: ["revoked.by_user"],
      source: "developers.facebook.com, handling errors of access tokens",
    },
    {
      pattern:
        /session has been invalidated because the user (?:has )?changed (?:their|the) password/i,
      reasons: ["revocation.subject"],
      likely: ["revoked.by_user"],
      source: "developers.facebook.com, handling errors of access tokens",
    },
  ]),
  ...messagesOf("LinkedIn, HubSpot, Dropbox", [
    {
      pattern: /\bexpired_(?:authentication|access_token)\b/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source:
        "developers.hubspot.com, errors; dropbox.com/developers, AuthError",
    },
    {
      pattern:
        /\brevoked_access_token\b|token used in the request has been revoked/i,
      reasons: ["revocation.token"],
      likely: ["revoked.by_user"],
      source: "learn.microsoft.com/linkedin, error handling",
    },
  ]),
  ...messagesOf("Stripe", [
    {
      pattern: /expired api key provided/i,
      reasons: ["expiration.expired"],
      likely: ["time.expired"],
      source: "docs.stripe.com/error-codes api_key_expired",
    },
    {
      pattern: /you did not provide an api key/i,
      reasons: ["request.token_missing"],
      likely: ["token.absent"],
      source: "docs.stripe.com/api/authentication",
    },
  ]),
  ...messagesOf("npm registry", [
    {
      pattern: /404 not found - put https?:\/\//i,
      reasons: ["scope.insufficient", "expiration.expired", "revocation.token"],
      possible: [
        "time.expired",
        "scope.not_granted",
        "revoked.by_administrator",
      ],
      source: "talex-touch/tuff#1842",
    },
  ]),
  ...messagesOf("Apache Superset", [
    {
      pattern: /this endpoint requires the datasource\b/i,
      reasons: ["scope.insufficient", "expiration.expired"],
      possible: ["scope.not_granted", "time.expired"],
      source: "apache/superset#20817",
    },
  ]),
];
