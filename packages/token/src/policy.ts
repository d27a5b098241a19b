import { checkPolicy } from "./check-policy.ts";
import type { MaybePromise } from "./crypto/platform.ts";
import type { KeySource } from "./keys/key-source.ts";
import type { RevocationSource } from "./revocation.ts";
import type { ReplayStore } from "./dpop.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** What kind of token is due (RFC 8725 section 3.11). `any` waives the question, and exp with it. */
export type TokenKind =
  "access_token" | "id_token" | "client_assertion" | "any";

/**
 * Opens a JWE: gets the compact form and its header, gives the plaintext. Throws, or rejects, when no key fits.
 * The limit on p2c is checked before it is called, the length of the plaintext after; where there is a zip, it must itself bound
 * what it inflates.
 */
export type Decrypt = (
  jwe: string,
  header: Readonly<Record<string, unknown>>,
) => MaybePromise<Uint8Array>;

/**
 * What a verifier demands. `issuer`, `audience` and `keys` have no default: a check that is waived is waived by an explicit
 * null, so that nobody forgets one (aud: RFC 8725 section 3.9).
 */
export interface Policy<Claims = Record<string, unknown>> {
  readonly kind?: TokenKind;
  /** Accepted values of iss, compared exactly (RFC 8725 section 3.8). */
  readonly issuer: string | readonly string[] | null;
  /** Accepted values of aud; one of them must be there. */
  readonly audience: string | readonly string[] | null;
  /** The issuer's keys; or, with several issuers, the keys of each, chosen by iss alone. null: not known, every token is undecided. */
  readonly keys: KeySource | ReadonlyMap<string, KeySource> | null;
  /** Accepted algorithms. Default: the asymmetric ones that the keys allow; HMAC only where it is named. Never none. */
  readonly algorithms?: readonly string[];
  /** Accepted values of azp, else client_id (OpenID Connect Core section 2, RFC 9068 section 2.2). */
  readonly authorizedParties?: readonly string[];
  /** Needed scopes, all of them. */
  readonly scopes?: readonly string[];
  /** The claim that holds the scopes. Default: scope (RFC 9068 section 2.2.3); some issuers write scp. */
  readonly scopeClaim?: string;
  /** Accepted values of acr; one must be there (RFC 9470). */
  readonly acrValues?: readonly string[];
  /** Greatest age of the sign-in by auth_time, in seconds (RFC 9470). */
  readonly maxAuthenticationAge?: number;
  /** Seconds by which the clocks may differ. Default 0. */
  readonly clockTolerance?: number;
  /** Greatest age by iat, in seconds. */
  readonly maxAge?: number;
  /** Greatest exp minus iat, in seconds. */
  readonly maxLifetime?: number;
  readonly requiredClaims?: readonly string[];
  /** Claims that must be there with exactly this JSON value. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The nonce of this login (OpenID Connect Core section 3.1.3.7). */
  readonly nonce?: string;
  /** The scheme of the Authorization header. Default Bearer. */
  readonly scheme?: "Bearer" | "DPoP";
  /** none: only as cnf demands. */
  readonly binding?: "none" | "dpop" | "mtls";
  /** Nonces that the server gave out (RFC 9449 section 9); a proof must carry one of them. */
  readonly dpopNonces?: readonly string[];
  /** Greatest age of a DPoP proof, in seconds. Default 300. */
  readonly maxProofAge?: number;
  /** Remembers proofs, so that none is used twice. */
  readonly replay?: ReplayStore;
  readonly decrypt?: Decrypt;
  readonly revocation?: RevocationSource;
  /** Checks and types the claims further (Standard Schema version 1). */
  readonly schema?: StandardSchema<unknown, Claims>;
  /** Longest token in characters. Default 65,536. */
  readonly maxLength?: number;
  /** The clock: milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

/** A policy made ready: lists as arrays, defaults filled in, mistakes found. */
export interface ReadyPolicy {
  readonly given: Policy<unknown>;
  readonly kind: TokenKind;
  readonly issuers: readonly string[] | null;
  readonly audiences: readonly string[] | null;
  readonly algorithms: readonly string[] | null;
  readonly clockTolerance: number;
  readonly maxLength: number;
  readonly scheme: "Bearer" | "DPoP";
  readonly binding: "none" | "dpop" | "mtls";
  readonly clock: () => number;
}

export const DEFAULT_MAX_LENGTH = 65_536;

/** Nesting of a header or payload beyond this is refused: nobody needs it, and parsers fall over it. */
export const MAX_DEPTH = 64;

const list = (
  value: string | readonly string[] | null,
): readonly string[] | null => (typeof value === "string" ? [value] : value);

/** Makes a policy ready. Throws TypeError where the policy itself is wrong: that is misuse, not a bad token. */
export function readyPolicy(policy: Policy<unknown>): ReadyPolicy {
  checkPolicy(policy);
  return {
    given: policy,
    kind: policy.kind ?? "access_token",
    issuers: list(policy.issuer),
    audiences: list(policy.audience),
    algorithms: policy.algorithms ?? null,
    clockTolerance: policy.clockTolerance ?? 0,
    maxLength: policy.maxLength ?? DEFAULT_MAX_LENGTH,
    scheme: policy.scheme ?? "Bearer",
    binding: policy.binding ?? "none",
    clock: policy.clock ?? Date.now,
  };
}
