/** The typed facts of the causes of requests to AWS. Key ids, hosts, scopes and dates are no secrets; secrets and session tokens never stand here. */
export interface AwsFacts {
  /** inEnvironment: the token stands under its right name there, and was not sent. */
  "aws.session_token_missing": {
    readonly keyId: string;
    readonly inEnvironment: boolean;
  };
  "aws.session_token_mixed": {
    readonly how:
      | "long_term_key"
      | "empty"
      | "repeated"
      | "other_account"
      | "other_session";
    readonly keyId: string | null;
  };
  "aws.session_token_misnamed": {
    readonly keyId: string;
    readonly name: string;
    readonly place: "environment" | "credentials_file" | "config_file";
  };
  /** end: ISO 8601, as the environment or a file names it. */
  "aws.session_expired": {
    readonly keyId: string | null;
    readonly end: string | null;
    readonly bySeconds: number | null;
  };
  "aws.partition": {
    readonly found: string;
    readonly expected: string;
    readonly host: string;
    readonly by: "arn" | "region" | "session_token" | "scope";
  };
  /** version: of the session token, as its beginning tells; null: not known. */
  "aws.opt_in_region": {
    readonly region: string | null;
    readonly version: 1 | 2 | null;
  };
  "aws.placeholder_key": {
    readonly keyId: string;
    readonly kind: "sample" | "emulator" | "template" | "masked";
    readonly meant: string | null;
  };
  "aws.key_unknown": {
    readonly keyId: string | null;
    readonly kind: "long_term" | "temporary" | "other";
    readonly account: string | null;
    readonly inactive: boolean;
  };
  "aws.key_too_new": { readonly keyId: string; readonly ageSeconds: number };
  "aws.credential_damaged": {
    readonly part: "key_id" | "secret" | "session_token";
    readonly damage:
      | "white_space"
      | "quotation_marks"
      | "length"
      | "characters"
      | "comment"
      | "percent_encoding"
      | "cut"
      | "blank_for_plus"
      | "missing";
    readonly length: number | null;
  };
  /**
   * over: what the variables won over; `profile` is its name, a role's ARN, or a container's address. chosenBy: how the profile was named,
   * which decides in some tools whether variables go first.
   */
  "aws.environment_shadows_profile": {
    readonly profile: string;
    readonly over: "profile" | "web_identity" | "container";
    readonly chosenBy: "variable" | "call" | "default";
    readonly keyId: string;
    readonly inProfile: string | null;
  };
  /** how: another one was read, it is in no file, nothing is in it, its file cannot be read, or a setting is missing in it. */
  "aws.profile": {
    readonly how:
      "other" | "not_found" | "none_found" | "file_broken" | "incomplete";
    readonly meant: string | null;
    readonly read: string | null;
    readonly keyId: string | null;
  };
  "aws.sso_session": {
    readonly profile: string | null;
    readonly end: string | null;
    readonly inconsistent: boolean;
  };
  "aws.mfa_required": {
    readonly by:
      | "identity_and_access"
      | "caller_identity"
      | "policy"
      | "code"
      | "code_missing"
      | "serial_missing"
      | "incomplete";
  };
  /** bySeconds: how far the date of the request is ahead of the service's clock; negative: behind. */
  "aws.clock_skew": {
    readonly bySeconds: number;
    readonly limitSeconds: number;
    readonly clocksKnown: boolean;
  };
  "aws.signature_stale": {
    readonly ageSeconds: number;
    readonly limitSeconds: number;
    readonly attempt: number | null;
    readonly clocksAgree: boolean;
  };
  "aws.presigned_expired": {
    readonly lifetimeSeconds: number | null;
    readonly end: number | null;
    readonly bySeconds: number | null;
    readonly tooLong: boolean;
    /** What carries the signature: a URL, or the policy of an upload form. */
    readonly of: "url" | "form";
  };
  "aws.presigned_outlives_session": {
    readonly lifetimeSeconds: number;
    readonly promisedUntil: number;
    readonly endedAt: number;
  };
  /** missing: no region is set at all, so that nothing was signed. */
  "aws.region": {
    readonly found: string | null;
    readonly expected: string | null;
    readonly host: string | null;
    readonly missing: boolean;
  };
  "aws.service": {
    readonly found: string | null;
    readonly expected: string | null;
    readonly host: string | null;
  };
  "aws.host_rewritten": {
    readonly signed: string | null;
    readonly found: string | null;
  };
  "aws.header_altered": {
    readonly header: string | null;
    /** form_field: of an upload form, against a condition of its policy. */
    readonly how: "changed" | "not_signed" | "suspected" | "form_field";
    readonly traces: readonly string[];
  };
  "aws.path_encoding": { readonly part: "path" | "query" };
  /** chunk: its number, from 1, where the body is sent in chunks that are signed each. */
  "aws.payload_mismatch": {
    readonly how:
      | "other"
      | "empty_signed"
      | "service_says"
      | "chunk"
      | "trailer"
      | "not_chunked"
      | "cut";
    readonly chunk: number | null;
  };
  /** pair: how the secret was seen to belong to something else. */
  "aws.secret_wrong": {
    readonly keyId: string | null;
    readonly tried: boolean;
    readonly sameText: boolean;
    readonly verifiedBy: "other_profile" | "key_id" | null;
  };
  "aws.header_malformed": {
    readonly problem:
      | "other_scheme"
      | "name_in_value"
      | "part_missing"
      | "key_id_empty"
      | "separators"
      | "two_mechanisms"
      | "scope"
      | "unreadable";
    readonly part: string | null;
  };
  "aws.signature_version": {
    /** multi_region: the endpoint takes only SigV4A, which names no region in its credential. */
    readonly form: "header" | "query" | "answer" | "multi_region";
    readonly host: string | null;
  };
  "aws.web_identity": {
    readonly protocol: "oidc" | "saml";
    readonly reason: string;
    readonly issuer: string | null;
    readonly subject: string | null;
  };
  "aws.unknown_route": {
    readonly host: string | null;
    readonly method: string | null;
    readonly path: string | null;
    readonly withAuthorization: boolean;
  };
}
