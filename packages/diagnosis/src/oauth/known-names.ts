/**
 * Names that may be shown whole because standards or well-known servers give them. Threat: a secret that stands by mistake where a
 * code, a grant, a scope or a parameter's name belongs, and that a diagnosis would carry into a ticket (docs/contract/diagnosis.md, rule 5).
 */
import { GRANT_NAMES } from "./grant-names.ts";
import { notShown } from "./not-shown.ts";
import { ERROR_CODES } from "./server-messages.ts";
import { FAULT_CODES, STANDARD_ERRORS } from "./standard-errors.ts";

/** The registry of OAuth Extensions Errors (RFC 6749 section 11.4), and codes of well-known servers that no table here maps. */
const MORE_CODES =
  "OAuthException invalid_code code_already_used bad_redirect_uri bad_client_secret invalid_refresh_token BAD_AUTH_CODE BAD_REFRESH_TOKEN BAD_CLIENT_ID BAD_CLIENT_SECRET BAD_REDIRECT_URI BAD_GRANT_TYPE server_error temporarily_unavailable insufficient_scope insufficient_user_authentication invalid_request_uri invalid_request_object request_not_supported request_uri_not_supported registration_not_supported need_info request_denied request_submitted authorization_pending slow_down unsupported_token_type use_dpop_nonce invalid_authorization_details invalid_client_metadata invalid_software_statement unapproved_software_statement unmet_authentication_requirements account_selection_required session_selection_required expired_login_hint_token unknown_user_id missing_user_code invalid_user_code invalid_binding_message unsupported_pop_key incompatible_ace_profiles InvalidParameterException UserNotFoundException UserNotConfirmedException TooManyRequestsException LimitExceededException InternalErrorException PasswordResetRequiredException RefreshTokenReuseException UnsupportedTokenTypeException UnauthorizedException org_internal disabled_client deleted_client admin_policy_enforced mfa_required too_many_attempts unsupported_over_http consent_required invalid_app_id app_not_found not_found bad_request forbidden".split(
    " ",
  );

const CODES: ReadonlySet<string> = new Set([
  ...MORE_CODES,
  ...FAULT_CODES,
  ...Object.keys(ERROR_CODES),
  ...Object.values(STANDARD_ERRORS).flatMap(({ standard, seen = [] }) => [
    ...standard,
    ...seen,
  ]),
]);

/** Extension grants and token types of the registries (RFC 7523, 7522, 8628, 8693, OpenID CIBA), and the names of response types. */
const GRANTS: ReadonlySet<string> = new Set([
  ...GRANT_NAMES,
  "implicit",
  "pkce",
  "code",
  "token",
  "id_token",
  "code id_token",
  "code token",
  "code id_token token",
  "id_token token",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:openid:params:grant-type:ciba",
]);

const SCOPES: ReadonlySet<string> = new Set(
  "openid profile email address phone offline_access offline groups roles read write admin user repo".split(
    " ",
  ),
);

const PARAMETERS: ReadonlySet<string> = new Set(
  "grant_type client_id client_secret client_assertion client_assertion_type code auth_code code_verifier redirect_uri refresh_token scope username password token token_type_hint response_type device_code subject_token subject_token_type actor_token actor_token_type requested_token_type assertion resource audience state nonce code_challenge code_challenge_method request request_uri auth_req_id authorization_details dpop_jkt acr_values prompt login_hint claims REFRESH_TOKEN SECRET_HASH ClientId AuthFlow".split(
    " ",
  ),
);

export const shownCode = (code: string): string =>
  CODES.has(code) || /^status \d{3}$/.test(code) || /^AADSTS\d{5,8}$/.test(code)
    ? code
    : notShown(code);

/** `allowed`: names that the registration or the metadata give. */
export const shownGrant = (
  grant: string,
  allowed: readonly string[] = [],
): string =>
  GRANTS.has(grant) || allowed.includes(grant) ? grant : notShown(grant);

/** Scopes that are addresses (Google, Entra) are shown as those are; others only where a list of known ones has them, in any case. */
export function shownScope(scope: string, known: readonly string[]): string {
  const lower = scope.toLowerCase();
  if (
    SCOPES.has(lower) ||
    known.some((each) => each.toLowerCase() === lower) ||
    /^(?:https?|api):\/\/[\w.-]{1,80}(?:\/[A-Za-z_.-]{1,40}){1,4}$/.test(scope)
  )
    return scope;
  return notShown(scope);
}

export const shownParameter = (name: string): string =>
  PARAMETERS.has(name) ? name : notShown(name);
