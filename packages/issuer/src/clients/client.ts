/** A client as the server keeps it (RFC 6749 section 2; names of RFC 7591 section 2 where it has them). */
import type { Jwk } from "@assay/token";

/** How a client proves who it is at the token endpoint (RFC 8414 section 2, token_endpoint_auth_methods_supported). */
export const AUTHENTICATION_METHODS = [
  "none",
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];

export const GRANT_TYPES = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

/** What becomes of a family whose superseded token came back, by the judgement. Theft always revokes. */
export type ReusePolicy = "refuse" | "revoke";

/** All but the secrets, which stand in rows of their own. Lifetimes are in seconds. */
export interface Client {
  readonly clientId: string;
  readonly name: string;
  readonly authentication: AuthenticationMethod;
  readonly grantTypes: readonly GrantType[];
  /** Compared as exact strings (RFC 9700 section 2.1); a loopback address may take any port (RFC 8252 section 7.3). */
  readonly redirectUris: readonly string[];
  /** Scopes that the client may ever be given. */
  readonly scopes: readonly string[];
  /** Resources (RFC 8707) for which it may ask. The first is meant when it names none. */
  readonly resources: readonly string[];
  /** Its public keys, for private_key_jwt. */
  readonly keys: readonly Jwk[];
  /** Signature algorithms that its assertions may have; empty: every asymmetric one that the server takes. */
  readonly assertionAlgorithms: readonly string[];
  /** Whether its tokens must be bound to a key by DPoP (RFC 9449 section 5.2, dpop_bound_access_tokens). */
  readonly requireDpop: boolean;
  /** FAPI 2.0: only the issuer as the single audience of assertions, no RS256, no rotation. */
  readonly fapi: boolean;
  readonly refresh: {
    /** Whether each refresh brings a new refresh token. */
    readonly rotate: boolean;
    /** How long a superseded token is answered once more; 0: never. */
    readonly graceSeconds: number;
    /** A token that is not used for so long ends. */
    readonly idleSeconds: number;
    /** The family ends so long after the sign-in, whatever happens. */
    readonly absoluteSeconds: number;
    /** When the judgement is not theft. */
    readonly onReuse: ReusePolicy;
    /** A stricter policy that is only tried: what it would have done is written to the journal. */
    readonly dryRun: ReusePolicy | null;
  };
  /** Upper bound for its access tokens; null: the resource's own. */
  readonly accessTokenSeconds: number | null;
  /** Origins whose pages may call the token and revocation endpoints (CORS). */
  readonly origins: readonly string[];
  /** Resources whose tokens it may introspect; a resource server is a client that has some. */
  readonly introspects: readonly string[];
  /** Scopes of the admin API; empty for all but operators' clients. */
  readonly adminScopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch; null: it may work. */
  readonly disabledAt: number | null;
}

/** One live or past secret. Only its digest is kept: it is generated, 256 bits, so a plain SHA-256 is enough. */
export interface ClientSecret {
  readonly secretId: string;
  readonly clientId: string;
  /** SHA-256, base64url. client_secret_jwt needs the secret itself: there it is sealed under the master key beside the digest. */
  readonly digest: string;
  /** AES-256-GCM under the master key; null unless the client uses client_secret_jwt. */
  readonly sealed: string | null;
  readonly createdAt: number;
  /** Milliseconds since the epoch; null: it does not end. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

/** A client that can keep a secret or a key (RFC 6749 section 2.1). */
export const isConfidential = ({ authentication }: Client): boolean =>
  authentication !== "none";
