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
  readonly form: "header" | "query";
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
  /** What was changed to make the signature right, as a short word of this folder. */
  readonly detail: string;
  /** What was signed; never a secret. */
  readonly expected: string | null;
  /** What stands in the request; never a secret. */
  readonly found: string | null;
}

/** What else is known, and may be what was signed. */
export interface DifferenceHints {
  readonly hosts?: readonly string[];
  readonly regions?: readonly string[];
  readonly services?: readonly string[];
  readonly bodies?: readonly (string | Uint8Array)[];
  /** Values that a header of this name may have had. */
  readonly headers?: readonly (readonly [string, string])[];
}
