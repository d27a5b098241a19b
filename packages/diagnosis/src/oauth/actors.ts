import type { Actor } from "../causes.ts";
import type { OauthFacts } from "./facts.ts";

/** Who must act, for each cause of OAuth endpoints. */
export const OAUTH_ACTORS: Readonly<Record<keyof OauthFacts, Actor>> = {
  "oauth.code_reused": "client",
  "oauth.code_expired": "client",
  "oauth.pkce": "client",
  "oauth.redirect_uri": "client",
  "oauth.client_authentication_method": "client",
  "oauth.client_secret_encoding": "client",
  "oauth.client_secret_wrong": "client",
  "oauth.client_unknown": "client",
  "oauth.assertion_audience": "client",
  "oauth.assertion_time": "client",
  "oauth.assertion_replayed": "client",
  "oauth.request_format": "client",
  "oauth.grant_not_allowed": "operator",
  "oauth.scope_invalid": "client",
  "oauth.resource_unknown": "client",
  "oauth.refresh_race": "client",
  "oauth.refresh_lost_response": "client",
  "oauth.refresh_not_stored": "client",
  "oauth.refresh_theft": "client",
  "oauth.refresh_expired": "client",
  "oauth.refresh_idle": "client",
  "oauth.refresh_other_client": "client",
  "oauth.introspection_wrong_issuer": "operator",
  "oauth.error_misleading": "issuer",
};
