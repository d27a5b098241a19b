/** What the store keeps of the life of a token. Times are milliseconds since the epoch; digests are SHA-256 in base64url. */

/** What a person, or a client for itself, once allowed. */
export interface Grant {
  readonly grantId: string;
  readonly clientId: string;
  /** null: the client acts for itself. */
  readonly subject: string | null;
  readonly sessionId: string | null;
  /** Scopes that were granted: a refresh may narrow them, never widen. */
  readonly scopes: readonly string[];
  /** Resources that were granted. */
  readonly resources: readonly string[];
  readonly createdAt: number;
  /** When the person signed in, in milliseconds; null without one. */
  readonly authenticatedAt: number | null;
  readonly revokedAt: number | null;
}

/** What a code dies of: no second guess (RFC 7636 section 4.6). */
export type CodeFault =
  | "wrong_redirect_uri"
  | "no_verifier"
  | "wrong_verifier"
  | "no_proof"
  | "wrong_key";

export interface AuthorizationCode {
  readonly digest: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** RFC 7636: S256 alone. */
  readonly codeChallenge: string;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly nonce: string | null;
  /** RFC 9449 section 10: the key that the authorization request named. */
  readonly dpopJkt: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Absent: nothing was wrong with a request for it. */
  readonly diedOf?: CodeFault;
  /** Milliseconds since the epoch; absent or null: it was not redeemed. */
  readonly redeemedAt?: number | null;
}

/** An access token that is to be written. */
export interface NewAccessToken {
  /** jti, or the id inside an opaque token. */
  readonly tokenId: string;
  /** Of an opaque token; null for a JWT, which is known by its jti. */
  readonly digest: string | null;
  readonly clientId: string;
  readonly subject: string | null;
  readonly grantId: string | null;
  readonly familyId: string | null;
  readonly sessionId: string | null;
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Key that signed it; null for an opaque one. */
  readonly kid: string | null;
  /** Thumbprint of the key that it is bound to (RFC 9449 section 6.1). */
  readonly jkt: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Further claims, as they stand in the JWT or in an introspection. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly status: StatusPlace;
}

/** Place in a Token Status List (draft-ietf-oauth-status-list-21 section 6.1). */
export interface StatusPlace {
  readonly list: string;
  readonly index: number;
}

export interface StatusList {
  readonly list: string;
  readonly resource: string;
  readonly openedAt: number;
  /** No token of the list lives longer: its row may go then. */
  readonly expiresAt: number;
}

export interface AccessToken extends NewAccessToken {
  readonly revokedAt: number | null;
}

/** Why an access token is no longer good. */
export type EndedBy = "token" | "grant" | "subject" | "client" | "key" | "all";

export interface FoundAccessToken {
  readonly token: AccessToken;
  /** null: nothing ended it but perhaps its time. */
  readonly ended: { readonly by: EndedBy; readonly at: number } | null;
}

/** What a refresh token is found by: what its text names, and the digest of the text. */
export interface NamedRefreshToken {
  readonly familyId: string;
  /** Its number in the family; the first is 1. */
  readonly generation: number;
  readonly digest: string;
}

/** Texts of before schema version 5 name nothing. */
export type RefreshTokenName = NamedRefreshToken | { readonly digest: string };

export interface NewRefreshToken {
  readonly digest: string;
  /** Names the generation in the journal; not secret. */
  readonly tokenId: string;
}

/** A key of the ring (signing-keys/ring.ts). */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly algorithm: string;
  readonly state: "next" | "current" | "retired" | "withdrawn";
  readonly publicJwk: Readonly<Record<string, unknown>>;
  /** The private JWK sealed under the master key; a reference where a signer port keeps the key. */
  readonly sealed: string;
  /** No token under this key lives longer than so many seconds after it was signed. */
  readonly longestSeconds: number;
  readonly createdAt: number;
  readonly publishedAt: number;
  readonly activatedAt: number | null;
  readonly retiredAt: number | null;
  readonly withdrawnAt: number | null;
}

/** One revoked place, as the feed tells it: indexes, never subjects. */
export interface RevokedPlace {
  readonly sequence: number;
  readonly resource: string;
  readonly list: string;
  readonly index: number;
  readonly at: number;
  /** Until when it matters: the token's own end. */
  readonly expiresAt: number;
}

/** What the diagnosis handle opens. */
export interface HandleRecord {
  readonly digest: string;
  /** The client that was refused, when it authenticated. */
  readonly clientId: string | null;
  readonly at: number;
  readonly expiresAt: number;
  /** Sealed under the master key. */
  readonly sealed: string;
}

/** A text in a row of its own that stands sealed under a master key. */
export interface SealedRow {
  readonly kind: "personal_key" | "client_secret";
  /** The key's id; or the client's id and that of the secret. */
  readonly id: readonly string[];
  readonly sealed: string;
}

export interface Resealing {
  /** As it was read. */
  readonly row: SealedRow;
  /** The same under another master key. */
  readonly sealed: string;
}
