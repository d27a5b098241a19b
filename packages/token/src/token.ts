/** A JOSE header (RFC 7515 section 4). Only the members that the format step has checked have types. */
export interface JoseHeader {
  readonly alg: string;
  readonly kid?: string;
  readonly typ?: string;
  readonly cty?: string;
  readonly crit?: readonly string[];
  readonly b64?: boolean;
  readonly [member: string]: unknown;
}

/** The claims of a JWT (RFC 7519 section 4.1). Registered claims have their types; the rest is as it came. */
export interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  readonly exp?: number;
  readonly nbf?: number;
  readonly iat?: number;
  readonly jti?: string;
  readonly [claim: string]: unknown;
}

/** What a token says of itself, before anything has shown that it is true. Never decide anything by it. */
export interface UnverifiedToken {
  readonly trusted: false;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>> | null;
}

/**
 * A token that passed every step that its policy asks for. Not to be changed: headers are shared between tokens, claims too where there
 * is a cache, and what is shared is frozen.
 */
export interface VerifiedToken<C = Record<string, unknown>> {
  readonly trusted: true;
  readonly header: JoseHeader;
  readonly claims: Claims & C;
}
