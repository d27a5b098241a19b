/** The words of AWS Signature Version 4, as this folder's functions exchange them. */

/** A request as it stood on the wire. */
export interface WireRequest {
  readonly method: string;
  /** Absolute, path and query exactly as on the wire. */
  readonly url: string;
  /** In order, repeated names included. A value may hold obs-folds (RFC 9112 section 5.2). */
  readonly headers: readonly (readonly [string, string])[];
  /** null: not known. */
  readonly body: string | Uint8Array | null;
}

/** What a request says about its own signature. Nothing of it is checked. */
export interface Parsed {
  readonly algorithm: "AWS4-HMAC-SHA256" | "AWS4-ECDSA-P256-SHA256";
  /** policy: in the fields of an upload form of S3. */
  readonly form: "header" | "query" | "policy";
  readonly accessKeyId: string;
  /** YYYYMMDD of the credential scope. */
  readonly scopeDate: string;
  /** null: SigV4A names none. */
  readonly region: string | null;
  readonly service: string;
  /** As the request lists them, in its order. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** YYYYMMDDTHHMMSSZ, from X-Amz-Date or the header Date; null: neither is readable. */
  readonly amzDate: string | null;
  /** X-Amz-Expires of a presigned URL. */
  readonly expiresSeconds: number | null;
  readonly sessionToken: string | null;
  /** x-amz-content-sha256 as it stands. */
  readonly contentSha256: string | null;
  /** Of an upload form: its policy in base64, which alone is signed. */
  readonly policy?: string;
}

/** Why a request that means to be signed with Version 4 cannot be read. */
export interface ParseProblem {
  /** In a few words. */
  readonly problem: string;
  /** The part that is missing or wrong, by its name in the request. */
  readonly part: string | null;
}

export interface VerifyOptions {
  /** Whether dot segments and doubled slashes are removed from the path. Default: all services but S3. */
  readonly normalizePath?: boolean;
  /** Whether the path of the wire is encoded once more. Default: all services but S3. */
  readonly encodePath?: boolean;
  /**
   * Whether the session token was signed. In a URL "auto" (the default) tries with it, then without it: some services take a token that was
   * added after signing. In headers SignedHeaders says it.
   */
  readonly sessionToken?: "signed" | "added" | "auto";
  /** What was signed as the hash of the payload, if known from elsewhere. */
  readonly payloadHash?: string;
}

/** The three stages of a signature, as the request should have come to them. */
export interface Stages {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  readonly matches: boolean;
}

export interface Difference {
  readonly kind:
    | "secret_trimmed"
    | "region"
    | "service"
    | "date"
    | "host"
    | "header"
    | "path_encoding"
    | "query_encoding"
    | "payload"
    | "method";
  /**
   * What was changed to make the signature right, in a short word. By kind:
   * - secret_trimmed: what hangs on it or is lost (`line end`, `quotation marks`, `last character`, `percent-encoding` …)
   * - host: `name`, `port`, `case`, `name_and_path`
   * - header: the header's name, a colon, and `changed`, `added`, `not_signed`, `appended`, `not_trimmed`, `blanks_kept`, `joined`,
   *   `repeated`, `case`, `quoted`
   * - path_encoding: `encoded_once`, `encoded_twice`, `not_encoded`, `decoded`, `normalized`, `not_normalized`, `marks_kept`, `slash_encoded`,
   *   `small_letters`, `latin1`, `plus`, `slash`, `trailing_slash`, `reencoded`, `unicode_form`, `case`, `rewritten`, `prefix_taken_away`,
   *   `prefix_added`, `left_out`
   * - query_encoding: `not_sorted`, `empty_value`, `as_sent`, `encoded_twice`, `decoded`, `marks_kept`, `small_letters`, `plus`, `repeated`, `left_out`,
   *   `left_out:` and a parameter's name
   * - payload: `declared` (the request's own hash is right, the body is another), `empty`, `unsigned`, `streaming`, `no_hash`, `body` (the
   *   body was signed in place of the word), `hint`, `final_line_end`, `line_ends`, `blanks_around`, `byte_order_mark`, `json_writing`,
   *   `form_encoding`, `latin1`, `unicode_form`, `not_the_body`
   * - region, service: `changed`; method: `changed`, `case`; date: `scope_day`, `seconds`, `lifetime`
   */
  readonly detail: string;
  /** What was signed; never a secret. */
  readonly expected: string | null;
  /** What stands in the request; never a secret. */
  readonly found: string | null;
  /** For secret_trimmed: which of the two secrets has what `detail` names, the one in hand or the signer's. */
  readonly side?: "known" | "signer";
  /** For header: its name in small letters. */
  readonly header?: string;
}

/** What else is known, and may be what was signed. */
export interface DifferenceHints {
  readonly hosts?: readonly string[];
  readonly regions?: readonly string[];
  readonly services?: readonly string[];
  readonly bodies?: readonly (string | Uint8Array)[];
  /** Paths that the client may have called, or that its endpoint has before them. */
  readonly paths?: readonly string[];
  /** Values that a header of this name may have had. */
  readonly headers?: readonly (readonly [string, string])[];
}
