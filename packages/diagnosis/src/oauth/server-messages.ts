/**
 * What well-known authorization servers say when they refuse, and the causes that each message can mean, the likeliest first. Data:
 * every row that matches is heard. A message is weak evidence: a comparison overrules it. Each row names where the words come from.
 */
import type { Reason } from "@assay/token";
import type { CauseCode } from "../causes.ts";
import { ENTRA_MESSAGES } from "./entra-messages.ts";

export type Row = readonly [
  pattern: RegExp,
  causes: readonly CauseCode[],
  source: string,
  /** What the message says of the token that was presented; without it the cause tells. */
  reason?: Reason,
];

const CODES: readonly Row[] = [
  [
    /already (?:been )?(?:redeemed|used|exchanged|consumed)[^\n]{0,40}\bcode\b|\bcode\b[^\n]{0,60}(?:already|previously) (?:been )?(?:redeemed|used|exchanged|consumed)|auth_code_not_found|\bcode_already_used\b|code has (?:already )?been used/i,
    ["oauth.code_reused"],
    "Apple TN3107, FusionAuth/fusionauth-react-sdk#25, league/oauth2-server, IdentityServer",
  ],
  [
    /code (?:is|has|was) expired|expired authorization code|authorization code (?:has |is )?expired|code[^\n]{0,20} has expired or has been revoked/i,
    ["oauth.code_expired", "oauth.code_reused"],
    "Keycloak AuthorizationCodeGrantType, Salesforce, Apple TN3107, league/oauth2-server",
  ],
  [
    /\bcode not valid\b|\binvalid_code\b|\bbad_auth_code\b|unknown auth code|value passed for the authorization code|bad_verification_code|the code passed is incorrect or expired|authorization code is invalid or has expired|invalid authorization code|\bcode\b[^\n]{0,20}(?:invalid or expired|not found or expired)/i,
    ["oauth.code_expired", "oauth.code_reused"],
    "Keycloak, GitHub, Okta, Auth0, Google",
  ],
  [
    /device[_ ]code[^\n]{0,20}expired|\bexpired_token\b/i,
    ["oauth.code_expired"],
    "RFC 8628 section 3.5, GitHub, Auth0",
  ],
];

const PKCE: readonly Row[] = [
  [
    /pkce|code[_ ]?verifier|code[_ ]?challenge/i,
    ["oauth.pkce"],
    "Keycloak PkceUtils, Auth0, Okta, Google, Spring Authorization Server, IdentityServer, Supabase, ory/fosite, Salesforce",
  ],
];

const REDIRECT: readonly Row[] = [
  [
    /redirect_uri_mismatch|redirect_mismatch|bad_redirect_uri|redirect uri is wrong|(?:incorrect|invalid|mismatch\w*|unregistered|wrong)[^\n]{0,30}redirect[_ ]?ur[il]|redirect[_ ]?ur[il][^\n]{0,120}(?:mismatch|invalid|not (?:match|registered|allowed|valid|whitelisted)|does(?:n't| not) match|must match|must be a login redirect|did(?:n't| not) match|is missing|malformed|is identical to)|callback url mismatch/i,
    ["oauth.redirect_uri"],
    "Google, GitHub, Cognito, Keycloak, Auth0, Okta, Salesforce, Facebook, Doorkeeper, ory/fosite, node-oidc-provider",
  ],
];

const CLIENT: readonly Row[] = [
  [
    /client (?:application )?(?:is )?(?:not found|not registered|unknown|does not exist)|unknown client(?!, no client auth)|client_not_found|^\s{0,9}invalid client\s{0,9}$|oauth client was not found|invalid_client_id|client identifier (?:is )?invalid|invalid value for 'client_id'|user pool client [^\n]{0,80} does not exist|no (?:such|registered) client\b|deleted_client|issuer_not_found|no client with requested id|unknown client id|invalid client_?id|application [^\n]{0,80} not found/im,
    ["oauth.client_unknown"],
    "Google, Keycloak, Auth0, Okta, Cognito, Salesforce, DocuSign, node-oidc-provider, UAA, WSO2",
  ],
  [
    /supports? client authentication method|authentication method [^\n]{0,60}(?:not (?:allowed|supported|match|registered))|(?:provided )?authentication mechanism does not match|multiple client (?:credentials|authentication)|client secret not provided|secret_hash was not received|more than one (?:client )?authentication|client is public|public client[^\n]{0,40}(?:not allowed|must not|should not)|method [^\n]{0,40} was (?:used|requested)|token_endpoint_auth_method|was determined to be using|determined to be using 'client_secret|registration does not allow this method/i,
    ["oauth.client_authentication_method"],
    "ory/fosite, Authelia, node-oidc-provider, Okta, Keycloak, Cognito, Spring Authorization Server",
  ],
  [
    /client_secret is (?:missing|required)|missing client secret|missing valid authorization header/i,
    ["oauth.client_authentication_method", "oauth.request_format"],
    "Google, Twitch, X: the client shows nothing of what is wanted of it",
  ],
  [
    /could not be decoded from [^\n]{0,5}application\/x-www-form-urlencoded|failed to decode (?:client )?credentials|illegal (?:hex )?characters? in (?:escape|%)|invalid (?:url|percent)[- ]encod/i,
    ["oauth.client_secret_encoding"],
    "ory/fosite, Spring Authorization Server",
  ],
  [
    /secret (?:keys? )?(?:is|has|are|was) expired|expired (?:client )?secret/i,
    ["oauth.client_secret_wrong"],
    "Microsoft Entra ID, Okta",
  ],
  [
    /(?:invalid|incorrect|wrong|bad)[_ ](?:client[_ ])?(?:secret|credentials)|error validating client secret|client secret[^\n]{0,60}(?:invalid|incorrect|wrong|mismatch|not match|is not valid)|incorrect_client_credentials|unable to verify secret hash|secret (?:does not|did not|doesn't) match|client credentials are invalid/i,
    ["oauth.client_secret_wrong", "oauth.client_unknown"],
    "Google, GitHub, Keycloak, Okta, Cognito, Salesforce, Facebook, Zitadel, Authentik",
  ],
  [
    /unknown client, no client authentication included|client authentication failed|invalid client or invalid client credentials/i,
    [
      "oauth.client_secret_wrong",
      "oauth.client_unknown",
      "oauth.client_authentication_method",
    ],
    "Doorkeeper, GitLab, ory/hydra, Keycloak: one sentence for several faults",
  ],
];

const ASSERTION: readonly Row[] = [
  [
    /(?:jti|assertion|(?<!refresh[ _]?)token)[^\n]{0,60}(?:only be used once|already (?:been )?used|reuse detected|replay)|token reuse detected/i,
    ["oauth.assertion_replayed"],
    "Keycloak JWTClientValidator, ory/fosite, vcknots",
  ],
  [
    /audience[^\n]{0,60}client_assertion|client_assertion[^\n]{0,60}audience|(?:assertion )?audience (?:is invalid|validation failed)|invalid (?:token )?audience|partner_authentication_failed/i,
    ["oauth.assertion_audience"],
    "Okta, ory/fosite, Salesforce, Keycloak, DocuSign",
  ],
  [
    /client[_ ]assertion[^\n]{0,60}(?:expir|too far|valid time range)|expiration too far into the future|must be a short-lived token|'exp' value exceeds|exp' claim|token is not active|assertion (?:is |has )?expired/i,
    ["oauth.assertion_time"],
    "Okta, Keycloak, Google, Box, Microsoft Entra ID",
  ],
];

const UNKNOWN_KEY: readonly CauseCode[] = [
  "key.unknown",
  "key.rotated",
  "key.retired",
  "key.other_issuer",
];

/** Of a client assertion, or of a signed grant, whose key is not the registered one. */
const SIGNATURE: readonly Row[] = [
  [
    /\b(?:no|unknown|unable to (?:find|load|resolve)[^\n]{0,20}) (?:matching |suitable |public )?keys?\b[^\n]{0,40}(?:\bkid\b|assertion|client|jwk|signature|id\b)|\bkid\b[^\n]{0,40}(?:not found|unknown|does not match|invalid)|certificate[^\n]{0,80}not registered|\bAADSTS700027\b|unable to load public key|public key not found/i,
    UNKNOWN_KEY,
    "Keycloak JWTClientAuthenticator, Okta, ory/fosite, Microsoft Entra ID AADSTS700027, Canvas LTI",
    "signature.key_not_found",
  ],
  [
    /no_valid_keys_or_signatures|invalid (?:jwt|token|assertion|client[_ ]assertion)?[^\n]{0,20}signature|(?:assertion|jwt|token)[^\n]{0,40}signature[^\n]{0,30}(?:invalid|failed|not valid|mismatch|could not)|signature[^\n]{0,30}(?:on|of) (?:the )?(?:client )?(?:assertion|jwt|token)[^\n]{0,20}(?:invalid|failed)|signature verification failed|failed signature validation/i,
    ["key.unknown", "key.retired", "key.other_issuer", "key.id_reused"],
    "Google service accounts, Okta, Keycloak, Salesforce, Microsoft Entra ID",
    "signature.mismatch",
  ],
];

const REQUEST: readonly Row[] = [
  [
    /malformed auth code|missing (?:form |required |mandatory )?parameter|parameter [^\n]{0,40}(?:is )?(?:missing|required)|(?:grant_type|'?grant_type'? parameter) is (?:missing|required)|must contain the following parameter|repeated parameters|duplicate (?:request )?parameter|oauth 2\.0 parameter: \w+|content-?type[^\n]{0,30}must be|not a valid form|only accepts post|grant_type not specified/i,
    ["oauth.request_format"],
    "Keycloak, Spring Authorization Server, WSO2, Microsoft Entra ID, node-oidc-provider, ory/fosite",
  ],
];

const ALLOWED: readonly Row[] = [
  [
    /(?:grant type|auth flow|_auth flow) [^\n]{0,60}not (?:allowed|supported|enabled|registered)|not enabled to retrieve service account|not allowed for direct access grants|client not allowed|not authorized to (?:use|perform|access|request)|policy evaluation failed|hasn't approved this consumer|consent_required|enterprise configuration for your app|not allowed to use (?:authorization )?grant|unauthorized grant|client is not authorized/i,
    ["oauth.grant_not_allowed"],
    "Auth0, Keycloak, Okta, Salesforce, DocuSign, Box, Doorkeeper, ory/fosite, IdentityServer",
  ],
  [
    /service not found|service not enabled within domain|resource principal|unknown (?:resource|audience|api)|(?:resource|audience)[^\n]{0,60}(?:not (?:found|known|whitelisted|allowed|registered|supported)|unknown|is invalid|does not exist|isn't supported)|invalid (?:resource|audience)\b|requested audience/i,
    ["oauth.resource_unknown"],
    "Auth0, Microsoft Entra ID, ory/fosite, node-oidc-provider",
  ],
  [
    /invalid scopes?\b|scopes? (?:is|are|was) (?:invalid|unknown|not)|scopes? (?:were|was) invalid|requested scope|scopes? are not configured|(?:unknown|unsupported) scope|missing requested scope|scope[^\n]{0,60}not (?:allowed|granted|supported|registered)|illegal scope/i,
    ["oauth.scope_invalid", "oauth.grant_not_allowed"],
    "Keycloak, Google, Okta, Doorkeeper, node-oidc-provider, ory/fosite, Spring Authorization Server",
  ],
];

const REFRESH: readonly Row[] = [
  [
    /maximum allowed refresh token reuse|refresh ?token: replay detected|refresh[^\n]{0,30} replay|stale token|refresh token[^\n]{0,40}(?:already used|reuse|been used)|already used refresh/i,
    [
      "oauth.refresh_race",
      "oauth.refresh_not_stored",
      "oauth.refresh_lost_response",
      "oauth.refresh_theft",
    ],
    "Keycloak, Supabase, node-oidc-provider, django-oauth-toolkit, ory/fosite",
  ],
  [
    /(?:expired|inactive|ended)[^\n]{0,30}due to inactivity|idle (?:time|limit)|inactivity|was inactive for|not been used for/i,
    ["oauth.refresh_idle", "oauth.refresh_expired"],
    "Microsoft Entra ID, Auth0, Okta",
  ],
  [
    /refresh[_ ]token (?:is |has |was )?(?:been )?expired|refresh token has expired|expired access\/refresh token|token has been expired or revoked|bad_refresh_token|refresh token (?:is )?(?:passed is )?(?:incorrect|invalid) or expired|max(?:imum)? (?:age|lifetime)[^\n]{0,20}(?:reached|exceeded)/i,
    ["oauth.refresh_expired", "oauth.refresh_idle", "revoked.by_user"],
    "Keycloak, Cognito, Salesforce, Google, GitHub, Okta",
  ],
  [
    /token could not be refreshed|failed to refresh (?:the )?(?:access )?token/i,
    [
      "oauth.refresh_expired",
      "oauth.refresh_not_stored",
      "oauth.refresh_race",
      "revoked.by_user",
    ],
    "PostHog/posthog#49714, punkpeye/mcp-remote#351: of any renewal that fails",
  ],
  [
    /refresh token not found/i,
    ["oauth.refresh_not_stored", "oauth.refresh_expired", "revoked.by_user"],
    "Intuit, Xero: of a token that rotated or ended",
  ],
  [
    /token is not active/i,
    ["oauth.refresh_idle", "oauth.refresh_expired", "revoked.by_user"],
    "Keycloak TokenManager",
  ],
  [
    /provided authorization grant[^\n]{0,60}is invalid, expired, revoked/i,
    [
      "oauth.code_expired",
      "oauth.code_reused",
      "oauth.redirect_uri",
      "oauth.refresh_expired",
      "revoked.by_user",
      "oauth.refresh_other_client",
    ],
    "Doorkeeper, GitLab: the whole sentence of RFC 6749 section 5.2",
  ],
  [
    /session not active|session (?:has )?(?:ended|expired)|offline (?:user )?session not found/i,
    ["oauth.refresh_idle", "revoked.by_user"],
    "Keycloak TokenManager",
  ],
  [
    /issued to another client|client_id mismatch|code was not issued to|(?:was|were) not issued (?:to|for) this client|token client and authorized client don't match|does not match the id during the initial token issuance|client mismatch|session doesn't have required client/i,
    ["oauth.refresh_other_client", "oauth.refresh_race"],
    "Keycloak TokenManager, ory/fosite, node-oidc-provider, IdentityServer",
  ],
  [
    /refresh token (?:has been |was |is )?revoked|token (?:has been|was) revoked|token is revoked/i,
    ["revoked.by_user", "revoked.by_administrator"],
    "Cognito, Okta, Intuit, Keycloak",
  ],
  [
    /user (?:is )?(?:disabled|deactivated|deleted|locked|not found)|account (?:is )?(?:disabled|locked)/i,
    ["revoked.by_administrator"],
    "Keycloak, Auth0, Cognito, Okta",
  ],
  [
    /unknown or invalid refresh ?token|refresh[_ ]?token is invalid|invalid[_ ]refresh[_ ]?token|value passed for the token was invalid/i,
    [
      "oauth.refresh_expired",
      "oauth.refresh_not_stored",
      "oauth.refresh_race",
      "revoked.by_user",
      "oauth.refresh_other_client",
    ],
    "Auth0, Okta, Keycloak, Cognito: of any refresh token that is not good",
  ],
];

const OTHERS: readonly Row[] = [
  [
    /\binvalid_rapt\b|reauth related error/i,
    ["scope.step_up"],
    "Google, session control of Workspace: the user has to sign in anew",
  ],
  [
    /use_dpop_nonce|authorization server requires nonce/i,
    ["binding.nonce_required"],
    "RFC 9449 section 8",
  ],
  [
    /invalid token issuer|token issuer (?:is )?(?:invalid|not trusted)/i,
    ["oauth.introspection_wrong_issuer"],
    "Keycloak, introspection",
  ],
];

/** In the order in which they are heard; of equals the earlier row comes first. */
export const SERVER_MESSAGES: readonly Row[] = [
  ...ENTRA_MESSAGES,
  ...OTHERS,
  ...CODES,
  ...REFRESH,
  ...ASSERTION,
  ...SIGNATURE,
  ...PKCE,
  ...REDIRECT,
  ...CLIENT,
  ...ALLOWED,
  ...REQUEST,
];

/** What an error code alone can mean, the likeliest first (RFC 6749 section 5.2), where nothing more is known. */
export const ERROR_CODES: Readonly<Record<string, readonly CauseCode[]>> = {
  invalid_client: [
    "oauth.client_secret_wrong",
    "oauth.client_unknown",
    "oauth.client_authentication_method",
    "oauth.client_secret_encoding",
  ],
  unauthorized_client: [
    "oauth.grant_not_allowed",
    "oauth.client_unknown",
    "oauth.client_secret_wrong",
  ],
  unsupported_grant_type: ["oauth.grant_not_allowed", "oauth.request_format"],
  unsupported_response_type: ["oauth.grant_not_allowed"],
  invalid_scope: ["oauth.scope_invalid"],
  invalid_target: ["oauth.resource_unknown"],
  invalid_request: ["oauth.request_format", "oauth.redirect_uri", "oauth.pkce"],
  invalid_grant: [
    "oauth.code_expired",
    "oauth.code_reused",
    "oauth.pkce",
    "oauth.redirect_uri",
    "oauth.refresh_expired",
    "oauth.refresh_not_stored",
    "oauth.refresh_race",
    "revoked.by_user",
  ],
  redirect_uri_mismatch: ["oauth.redirect_uri"],
  redirect_mismatch: ["oauth.redirect_uri"],
  invalid_redirect_uri: ["oauth.redirect_uri"],
  access_denied: ["oauth.grant_not_allowed", "oauth.client_secret_wrong"],
  expired_token: ["oauth.code_expired"],
  NotAuthorizedException: [
    "oauth.refresh_expired",
    "revoked.by_user",
    "oauth.refresh_not_stored",
    "oauth.client_secret_wrong",
  ],
  ResourceNotFoundException: ["oauth.client_unknown"],
  RefreshTokenReuseException: [
    "oauth.refresh_race",
    "oauth.refresh_not_stored",
    "oauth.refresh_lost_response",
    "oauth.refresh_theft",
  ],
  invalid_dpop_proof: ["binding.proof_stale"],
  interaction_required: ["scope.step_up"],
  login_required: ["scope.step_up"],
  consent_required: ["oauth.grant_not_allowed"],
};
