/** What the asker knows. The form is the contract's (docs/contract/diagnosis.md); every member is optional. */

export interface Jwks {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

export type HeaderMap = Readonly<Record<string, string | readonly string[]>>;

export interface RequestSeen {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: HeaderMap;
  readonly body?: string;
}

export interface ResponseSeen {
  readonly status?: number;
  readonly headers?: HeaderMap;
  readonly body?: string;
}

/** A document as somebody fetched it, or the error that came instead. */
export interface Document extends ResponseSeen {
  readonly error?: string;
}

export interface InquiryPolicy {
  readonly kind?: "access_token" | "id_token" | "client_assertion" | "any";
  readonly issuer?: string | readonly string[] | null;
  readonly audience?: string | readonly string[] | null;
  readonly authorizedParties?: readonly string[];
  readonly scopes?: readonly string[];
  readonly algorithms?: readonly string[];
  /** Seconds. */
  readonly clockTolerance?: number;
  /** Seconds. */
  readonly maxAge?: number;
  /** Seconds. */
  readonly maxLifetime?: number;
  readonly requiredClaims?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly nonce?: string;
  readonly scheme?: "Bearer" | "DPoP";
  readonly binding?: "none" | "dpop" | "mtls";
  readonly keys?: Jwks;
  readonly jwksUri?: string;
  readonly decryptionKeys?: Jwks;
  readonly secret?: string;
  readonly secretEncoding?: SecretEncoding;
  readonly publicKey?: string;
}

export type SecretEncoding = "utf8" | "base64" | "base64url" | "hex";

export const HISTORY_EVENTS = [
  "code.issued",
  "code.redeemed",
  "token.issued",
  "token.refreshed",
  "token.reused",
  "token.revoked",
  "grant.revoked",
  "subject.disabled",
  "subject.deleted",
  "subject.password_changed",
  "subject.logged_out",
  "subject.tokens_revoked_before",
  "client.disabled",
  "client.secret_rotated",
  "key.activated",
  "key.retired",
  "key.withdrawn",
] as const;

export type HistoryEvent = (typeof HISTORY_EVENTS)[number];

export interface HistoryEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly event: HistoryEvent;
  readonly tokenId?: string;
  readonly grantId?: string;
  readonly clientId?: string;
  readonly subject?: string;
  readonly ip?: string;
  readonly by?: string;
}

export interface ClientSeen {
  readonly id?: string;
  readonly authenticationMethod?: string;
  readonly grantTypes?: readonly string[];
  readonly redirectUris?: readonly string[];
  readonly secret?: string;
}

export interface InquiryContext {
  readonly documents?: Readonly<Record<string, Document>>;
  readonly previousKeys?: Jwks;
  readonly cachedKeys?: Jwks & { readonly fetchedAt?: string };
  readonly otherIssuers?: readonly {
    readonly issuer: string;
    readonly keys?: Jwks;
  }[];
  readonly clientToken?: string;
  readonly previousToken?: string;
  /** One moment as each clock shows it, ISO 8601. */
  readonly clocks?: Readonly<
    Partial<Record<"client" | "issuer" | "verifier" | "service", string>>
  >;
  readonly certificate?: string;
  readonly client?: ClientSeen;
  readonly history?: readonly HistoryEntry[];
  readonly aws?: Readonly<Record<string, unknown>>;
}

export interface Inquiry {
  readonly token?: string;
  readonly request?: RequestSeen;
  readonly response?: ResponseSeen;
  readonly policy?: InquiryPolicy;
  /** The verifier's clock, ISO 8601. */
  readonly now?: string;
  readonly context?: InquiryContext;
}
