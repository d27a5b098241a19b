/** The typed facts of the causes of OAuth endpoints. No secret, code or token is among them. */

/** What tells it: a comparison made here, the history, the request as it stands, the server's words; or it is only usual. */
export type Witness = "comparison" | "history" | "request" | "answer" | "usual";

interface Told {
  readonly by: Witness;
}

/** A superseded refresh token that came back. Seconds and counts; null where the history does not say. */
interface Returned extends Told {
  readonly secondsAfterFirstUse: number | null;
  /** 1: its immediate successor is the newest. */
  readonly generationsBehind: number | null;
  readonly successorUsed: boolean | null;
  readonly sameSender: boolean | null;
  /** Whether the client is known to hold what the first answer brought. */
  readonly answerArrived: boolean | null;
}

export interface OauthFacts {
  "oauth.code_reused": Told & { readonly firstUseSecondsAgo: number | null };
  "oauth.code_expired": Told & {
    readonly what: "code" | "device_code";
    readonly ageSeconds: number | null;
  };
  "oauth.pkce": Told & {
    readonly how:
      | "other_pair"
      | "verifier_missing"
      | "challenge_missing"
      | "verifier_form"
      | "challenge_encoding"
      | "method_missing"
      | "method_says_plain"
      | "method_plain"
      | "unknown";
  };
  /** differs: what sets the two apart, in the order of an address. */
  "oauth.redirect_uri": Told & {
    readonly sent: string | null;
    readonly others: readonly string[];
    readonly against: "registration" | "authorization_request";
    readonly differs: readonly (
      | "missing"
      | "scheme"
      | "host"
      | "port"
      | "path"
      | "slash"
      | "case"
      | "query"
      | "encoding"
      | "fragment"
    )[];
  };
  "oauth.client_authentication_method": Told & {
    readonly used: readonly string[];
    readonly registered: readonly string[];
  };
  "oauth.client_secret_encoding": Told & {
    readonly part: "id" | "secret";
    readonly place: "header" | "body";
    readonly how:
      "not_encoded" | "encoded_twice" | "not_decoded" | "base64_twice";
    /** The kinds of characters that encoding changes: no more is told of a secret. */
    readonly characters: readonly string[];
  };
  "oauth.client_secret_wrong": Told & {
    readonly how:
      | "other"
      | "blanks"
      | "empty"
      | "expired"
      | "placeholder"
      /** SECRET_HASH of Amazon Cognito. */
      | "hash";
    /** Characters; null where no secret was seen. */
    readonly length: number | null;
    readonly expectedLength: number | null;
    readonly rotatedAt: string | null;
  };
  "oauth.client_unknown": Told & {
    readonly clientId: string | null;
    readonly registered: string | null;
  };
  "oauth.assertion_audience": Told & {
    readonly expected: readonly string[];
    readonly found: readonly string[];
  };
  "oauth.assertion_time": Told & {
    readonly how: "expired" | "future" | "too_long" | "too_old" | "unknown";
    readonly bySeconds: number | null;
    readonly lifetimeSeconds: number | null;
  };
  "oauth.assertion_replayed": Told & { readonly ageSeconds: number | null };
  "oauth.request_format": Told & {
    readonly how:
      | "json"
      | "multipart"
      | "media_type"
      | "query"
      | "method"
      | "missing"
      | "empty"
      | "repeated"
      | "encoded_twice"
      | "not_encoded"
      | "grant_type_name"
      | "credentials_form"
      | "unknown";
    /** What the fault is about; where the body cannot be read at all, what is missing in it as well. */
    readonly parameter: string | null;
  };
  "oauth.grant_not_allowed": Told & {
    readonly grant: string | null;
    readonly allowed: readonly string[];
  };
  "oauth.scope_invalid": Told & {
    readonly how: "unknown" | "separator" | "encoding" | "case" | "wider";
    readonly scopes: readonly string[];
  };
  "oauth.resource_unknown": Told & {
    readonly resource: string | null;
    readonly parameter: "resource" | "audience" | "scope" | null;
  };
  "oauth.refresh_race": Returned;
  "oauth.refresh_lost_response": Returned;
  "oauth.refresh_not_stored": Returned;
  "oauth.refresh_theft": Returned;
  "oauth.refresh_expired": Told & {
    readonly ageSeconds: number | null;
    readonly limitSeconds: number | null;
  };
  "oauth.refresh_idle": Told & { readonly idleSeconds: number | null };
  "oauth.refresh_other_client": Told & {
    readonly what: "refresh_token" | "code" | "token";
    readonly issuedTo: string | null;
    readonly sentBy: string | null;
  };
  "oauth.introspection_wrong_issuer": Told & {
    readonly tokenIssuer: string | null;
    readonly asked: string;
  };
  /** found: the server's error code, or its status where it gives none. */
  "oauth.error_misleading": Told & {
    readonly found: string;
    readonly standard: readonly string[];
    readonly fault: "rate_limit" | "outage" | "other";
  };
}
