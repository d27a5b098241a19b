import type { OauthFacts } from "../oauth/facts.ts";

/** What each cause of OAuth endpoints means, in one sentence. */
export const OAUTH_DEFINITIONS: Readonly<Record<keyof OauthFacts, string>> = {
  "oauth.code_reused":
    "The authorization code was redeemed before, and it is good for one time.",
  "oauth.code_expired":
    "The authorization code was handed in too late: it lives for minutes.",
  "oauth.pkce":
    "The code verifier and the code challenge do not belong together, or one of them is missing.",
  "oauth.redirect_uri":
    "The redirect address is not the registered one, or not the one of the authorization request.",
  "oauth.client_authentication_method":
    "The client shows who it is in another way than the one it is registered for, or in two ways at once.",
  "oauth.client_secret_encoding":
    "The id or secret was not form-encoded before it went into the header, or was encoded once too often.",
  "oauth.client_secret_wrong":
    "The secret is an old one, an expired one or that of another client.",
  "oauth.client_unknown": "The issuer knows no client of this id.",
  "oauth.assertion_audience":
    "The audience of the client's assertion is none of the names that the server answers to.",
  "oauth.assertion_time":
    "The client's assertion is expired, lives too long or comes from the future.",
  "oauth.assertion_replayed":
    "The client's assertion was sent before, and it is good for one request.",
  "oauth.request_format":
    "The request has a form that the endpoint does not read, or a parameter of it is missing.",
  "oauth.grant_not_allowed":
    "The client is not registered for this grant or this scope.",
  "oauth.scope_invalid":
    "The request asks for a scope that the server does not know, or that this client may not have.",
  "oauth.resource_unknown":
    "The request names an API, as resource or audience, that the server does not know.",
  "oauth.refresh_race":
    "Two parts of one client used one refresh token at the same time, and nothing was stolen.",
  "oauth.refresh_lost_response":
    "The answer to the first use of the refresh token never arrived, and the client tried again.",
  "oauth.refresh_not_stored":
    "The client went on with the old refresh token after it had been given a new one.",
  "oauth.refresh_theft":
    "A superseded refresh token came back from somewhere else, after its successor had been used.",
  "oauth.refresh_expired": "The refresh token reached its greatest age.",
  "oauth.refresh_idle": "The refresh token was not used for too long.",
  "oauth.refresh_other_client":
    "The refresh token was issued to another client than the one that sends it.",
  "oauth.introspection_wrong_issuer":
    "The server that was asked about the token is not the one that issued it.",
  "oauth.error_misleading":
    "The server names another error than the standard gives for what is really wrong.",
};
