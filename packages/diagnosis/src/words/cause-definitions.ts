import { AWS_DEFINITIONS } from "./cause-definitions-aws.ts";
import { OAUTH_DEFINITIONS } from "./cause-definitions-oauth.ts";
import type { CauseCode } from "../causes.ts";

/** What each cause means, in one sentence. */
export const CAUSE_DEFINITIONS: Readonly<Record<CauseCode, string>> = {
  "time.expired":
    "The token lived as long as it was meant to, and nobody renewed it.",
  "time.clock_ahead":
    "The clock that judges shows a later time than it is, so that good tokens look expired.",
  "time.clock_behind":
    "The clock that judges shows an earlier time than the issuer's, so that good tokens look not yet valid.",
  "time.milliseconds":
    "A time claim counts milliseconds or finer, and the standard counts seconds.",
  "time.lifetime_unit":
    "The lifetime was set in one unit and read in another, so that it is far too short or far too long.",
  "time.zero_lifetime": "The token's end is not after its beginning.",
  "time.zone_offset":
    "Somebody wrote local time as UTC, and a time claim is off by whole or half hours.",
  "time.not_numeric":
    "A time claim is text, such as a quoted number or a date.",
  "time.delayed_start":
    "The issuer set the beginning later than the issue, on purpose.",
  "time.limit_edge":
    "Age or lifetime stands exactly at the verifier's limit or a little above it.",
  "time.proof_reused":
    "An assertion or proof that must be made anew each time was kept and sent again.",
  "token.absent":
    "The client did not put a token into the request: a variable was empty, or the header was left out.",
  "token.placeholder":
    "The name of a variable, or a word for no value, was sent where the token belongs.",
  "token.scheme_repeated":
    "The word Bearer or its like stands twice before the token, or within it.",
  "token.scheme_missing":
    "The token was sent without its scheme, or with another word or a colon in the scheme's place.",
  "token.quoted":
    "Quotation marks, brackets or backslashes of some other syntax were sent with the token.",
  "token.whitespace":
    "Blanks, line ends or invisible characters stand before or after the token.",
  "token.line_wrapped": "Line ends or blanks stand within the token.",
  "token.truncated":
    "A part of the token, mostly its end, was lost on its way.",
  "token.concatenated":
    "Another token or other text hangs before or after a whole token.",
  "token.percent_encoded":
    "The token was encoded for a URL and not decoded again.",
  "token.base64_not_url":
    "The maker of the token used ordinary base64 where base64url without padding is due.",
  "token.double_encoded":
    "The token as a whole was encoded once more than needed.",
  "token.json_instead":
    "A JSON document, often the issuer's whole answer, was sent in place of the token in it.",
  "token.error_instead":
    "An error page or error answer was taken for a token and sent.",
  "token.key_instead":
    "A key, password or API key was sent where a token is due.",
  "token.opaque":
    "The token has no content of its own and can be judged only by asking its issuer.",
  "token.encrypted":
    "The token is encrypted for somebody else, or the key to open it is missing here.",
  "token.malformed": "The maker of the token broke the rules of its form.",
  "token.oversized": "The token holds so much that it is over a limit.",
  "token.altered": "Header or payload were changed after the token was signed.",
  "token.forged": "The token has the pattern of a known attack.",
  "kind.id_token":
    "The client sent the ID token, which tells it who signed in, to an API.",
  "kind.access_token":
    "The client presented an access token where an ID token is wanted.",
  "kind.refresh_token":
    "The client sent the refresh token, which is for the issuer alone, to an API.",
  "kind.proof":
    "The client sent an assertion, a proof or a logout token as if it were an access token.",
  "kind.other_resource":
    "The token is made in a way that only the resource it is meant for can check.",
  "key.secret_encoding":
    "One side decodes the shared secret from base64 or hex, and the other takes its text.",
  "key.secret_whitespace":
    "A line end, a blank or quotation marks became part of the configured secret or key.",
  "key.secret_interpolated":
    "A shell or an env file replaced a part of the secret, usually at a dollar sign.",
  "key.pem_damaged":
    "The configured PEM lost its line ends or a part of its first or last line.",
  "key.wrong_form":
    "The right key is configured in a form that the verifier does not take.",
  "key.wrong_type":
    "The configured key cannot belong to the token's algorithm.",
  "key.too_small":
    "The secret or RSA key is shorter than is safe, and is refused for that.",
  "key.rotated":
    "The issuer signs with a new key, and the verifier still holds an older set.",
  "key.retired":
    "The issuer no longer publishes the key with which this older token was signed.",
  "key.id_missing": "The header names no key where several could be meant.",
  "key.id_form": "Header and set name the same key in two different ways.",
  "key.id_reused":
    "One kid stands for different keys at different times or places.",
  "key.use":
    "The published key is marked for something else than verifying signatures.",
  "key.other_issuer":
    "A known key of another issuer or environment signed the token.",
  "key.unknown": "A key that nobody here knows signed the token.",
  "key.set_empty": "The issuer's key set has no key that can verify anything.",
  "key.set_wrong_document":
    "The address that should give the key set gives another document.",
  "key.set_unreachable":
    "The address that should give the key set does not answer, or answers with an error.",
  "key.set_unsupported_member":
    "One key that the verifier does not understand makes it drop the whole set or miss the right key.",
  "key.algorithm_label":
    "The right key says another algorithm than it signs with, or says none.",
  "signature.der":
    "The ECDSA signature is wrapped in DER, where JOSE wants the two numbers in a row.",
  "signature.hex":
    "The signature was written as text and that text was encoded, in place of its bytes.",
  "signature.padding_scheme":
    "The RSA signature is of the PSS kind where the header says PKCS#1 v1.5, or the reverse.",
  "signature.hash":
    "The signature was computed with another hash than the header says.",
  "signature.input":
    "The signer signed another text than the one that is sent.",
  "algorithm.mismatch":
    "The issuer is set to one algorithm and the verifier to another.",
  "algorithm.name":
    "The header writes the right algorithm in a spelling that is not the standard's.",
  "issuer.trailing_slash":
    "Expected and actual issuer differ by a slash at the end.",
  "issuer.scheme":
    "Expected and actual issuer differ by http and https, or one has no scheme.",
  "issuer.host_alias":
    "Expected and actual issuer are two addresses of one server.",
  "issuer.case": "Expected and actual issuer differ by upper and lower case.",
  "issuer.tenant":
    "The token is of another tenant, realm or pool, or the expected issuer is a template.",
  "issuer.version": "The token is of another version of the expected issuer.",
  "issuer.environment":
    "The token comes from staging where production is expected, or the like.",
  "issuer.other":
    "The token comes from an issuer that has nothing to do with the expected one.",
  "audience.absent":
    "The issuer writes no audience into such tokens, or was not asked for one.",
  "audience.client_id":
    "The id of a client stands where the identifier of the API is due, or the reverse.",
  "audience.form":
    "Expected and actual audience are one and the same, spelt differently.",
  "audience.default":
    "The client named no API, and the issuer filled in its own default audience.",
  "audience.environment":
    "The token is for the same API in another environment.",
  "audience.other":
    "The token was issued for an API that has nothing to do with this one.",
  "claim.absent": "The issuer does not put a needed claim into the token.",
  "claim.shape":
    "A needed claim is there under another name, or as another JSON type.",
  "claim.value": "A claim is there, and its value is not the required one.",
  "claim.nonce": "The ID token answers another login than the present one.",
  "scope.claim_name":
    "The permissions are in the token, in a claim that the verifier does not read.",
  "scope.shape":
    "The scopes are in the token, in another shape than one string with blanks.",
  "scope.prefix":
    "The scopes are in the token, with another prefix or in another case.",
  "scope.not_granted":
    "The client did not ask for the scope, or did not get it.",
  "scope.lost_on_refresh":
    "The refreshed token has fewer scopes than the one before it.",
  "scope.application_only":
    "The token stands for an application alone, and the request wants a user's scopes.",
  "scope.step_up":
    "The request wants a stronger or fresher sign-in than the one behind the token.",
  "binding.scheme_downgraded":
    "A DPoP-bound token was sent as a bearer token, or without its proof.",
  "binding.proxy_rewrote_url":
    "A proxy changed scheme, host or path, so that the proof names another URL than the API sees.",
  "binding.other_key":
    "The client uses another key pair or certificate than the one that the token was issued to.",
  "binding.certificate_not_forwarded":
    "The proxy that ends TLS keeps the client certificate to itself.",
  "binding.proof_stale":
    "The proof belongs to an earlier request, an earlier token or an earlier time.",
  "binding.nonce_required":
    "The server demands its nonce in the proof, and the client has yet to repeat the request with it.",
  "revoked.by_user":
    "The user signed out, withdrew the consent or changed the password.",
  "revoked.by_administrator":
    "An administrator or a rule revoked, disabled or deleted what the token rests on.",
  "revoked.refresh_reuse":
    "A refresh token came twice, and for safety everything of its family was revoked.",
  "revoked.not_before": "Tokens issued before a certain time no longer count.",
  "status.unreachable":
    "The status list or the introspection endpoint did not answer, or its answer is too old.",
  "verifier.too_strict": "The verifier demands more than the standards do.",
  "verifier.unsupported":
    "The verifier's platform lacks the algorithm, the curve or the form that the token needs.",
  "verifier.not_configured":
    "A setting of the verifier is missing, or another one than was meant is in force.",
  "transit.header_stripped":
    "A proxy, server or framework removed the header with the token.",
  "transit.redirect":
    "A redirect made the client drop the token, or carry it to another host.",
  "transit.overwritten":
    "A gateway put another credential into the Authorization header.",
  "transit.wrong_place":
    "The token was sent under another header, in the query, in a cookie or in the body.",
  "transit.preflight":
    "A browser's CORS preflight was asked for a token, which it can never carry.",
  "transit.insecure":
    "The token was sent without TLS, so that others could read it.",
  "transit.too_large":
    "Header or cookie is over a size limit of a server or proxy on the way.",
  ...OAUTH_DEFINITIONS,
  ...AWS_DEFINITIONS,
};
