/** Every setting of a guard, once. */
import type {
  Decrypt,
  RemoteKeySetOptions,
  RevocationSource,
  StandardSchema,
  TokenKind,
} from "@assay/token";
import type { AuditSink } from "./audit-event.ts";
import type { AuditLimits } from "./audit.ts";
import type { CertificateOptions } from "./certificate.ts";
import type { Demands } from "./demands.ts";
import type { DpopOptions } from "./dpop.ts";
import type { TokenPlace } from "./extract.ts";
import type { ImpliedScopes } from "./implied-scopes.ts";
import type { Introspector } from "./introspect.ts";
import type { Issuers } from "./issuers.ts";
import type { RevocationPlan } from "./revocation/revocation.ts";
import type { Route } from "./routes.ts";

export interface GuardOptions<C = Record<string, unknown>> extends Demands {
  readonly issuers: Issuers;
  /** Accepted values of aud, one of which must be there: this API's own identifier. null waives the check, and then any token of the issuer is taken. */
  readonly audience: string | readonly string[] | null;
  /** Default access_token. */
  readonly kind?: TokenKind;
  /** Default: the asymmetric ones that the keys allow; HMAC only where it is named. */
  readonly algorithms?: readonly string[];
  /** Accepted values of azp, else client_id. */
  readonly authorizedParties?: readonly string[];
  /** The claim that holds the scopes. Default scope. */
  readonly scopeClaim?: string;
  /** Scopes that a broader one stands for, by the broader one: `{ orders: ["orders:read"] }`. Default: each stands for itself. */
  readonly impliedScopes?: ImpliedScopes;
  /** What single routes need; the first row that fits decides, and a call that names demands itself goes before. Others need `scopes` of this object. */
  readonly routes?: readonly Route[];
  /** Seconds by which the clocks may differ. Default 0. */
  readonly clockTolerance?: number;
  /** Greatest age by iat, in seconds. */
  readonly maxAge?: number;
  /** Greatest exp minus iat, in seconds. */
  readonly maxLifetime?: number;
  readonly requiredClaims?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly schema?: StandardSchema<unknown, C>;
  readonly decrypt?: Decrypt;
  /** Where a token may stand. Default: the Authorization header alone. */
  readonly tokenPlaces?: readonly TokenPlace[];
  /** Proofs of possession (RFC 9449). Needs `publicUrl`. Default: not offered, and a token that is bound to a key is refused. */
  readonly dpop?: DpopOptions | boolean;
  /** Client certificates (RFC 8705). Default: only the connection's own. */
  readonly certificate?: CertificateOptions;
  /** The base URL, or URLs, under which clients know this API: proofs name it. With several, the Host header chooses among them. */
  readonly publicUrl?: string | readonly string[];
  /** Addresses and ranges of the proxies in front. Default none: what they would say does not count. */
  readonly proxies?: readonly string[];
  /** With proxies: more headers that say who somebody is. Like the usual ones they are taken from every request. */
  readonly identityHeaders?: readonly string[];
  /** Headers of that kind that the named proxies write themselves, and that may stay when they come from one. */
  readonly proxyIdentityHeaders?: readonly string[];
  /** Who knows what was ended before its time. Default: nobody. */
  readonly revocation?: RevocationSource | RevocationPlan | null;
  /** When what was revoked cannot be learned: answer 503 (default), or admit the token. */
  readonly whenRevocationUnknown?: "refuse" | "admit";
  /** Asks the issuer for tokens that are no JWT (RFC 7662). Default: they are refused. */
  readonly introspection?: Introspector | null;
  /** Seconds in Retry-After. Default 5. */
  readonly retryAfter?: number;
  readonly realm?: string;
  /** URL of the protected resource's metadata (RFC 9728), for the challenge. */
  readonly resourceMetadata?: string;
  /** Where refusals are told. Default: nowhere. */
  readonly audit?: AuditSink | readonly AuditSink[];
  /** The part of admissions that is told, 0 to 1. Default 0; true is 1. */
  readonly auditAdmissions?: boolean | number;
  readonly auditLimits?: AuditLimits;
  /** Diagnoses a second for the audit. Default 10. */
  readonly diagnosesPerSecond?: number;
  /** Reason and causes in the answer to a request from this machine. Never in production. Default false. */
  readonly development?: boolean;
  /** Room for verified tokens, in bytes. Default 16 MiB; 0: none is kept. */
  readonly cacheBytes?: number;
  /** How keys are fetched. `clock` is the guard's. */
  readonly remote?: Omit<RemoteKeySetOptions, "clock">;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

/** Every name, so that one that is misspelt is found. */
export const OPTION_NAMES: Record<keyof GuardOptions, true> = {
  scopes: true,
  acrValues: true,
  maxAuthenticationAge: true,
  issuers: true,
  audience: true,
  kind: true,
  algorithms: true,
  authorizedParties: true,
  scopeClaim: true,
  impliedScopes: true,
  routes: true,
  clockTolerance: true,
  maxAge: true,
  maxLifetime: true,
  requiredClaims: true,
  claims: true,
  schema: true,
  decrypt: true,
  tokenPlaces: true,
  dpop: true,
  certificate: true,
  publicUrl: true,
  proxies: true,
  identityHeaders: true,
  proxyIdentityHeaders: true,
  revocation: true,
  whenRevocationUnknown: true,
  introspection: true,
  retryAfter: true,
  realm: true,
  resourceMetadata: true,
  audit: true,
  auditAdmissions: true,
  auditLimits: true,
  diagnosesPerSecond: true,
  development: true,
  cacheBytes: true,
  remote: true,
  clock: true,
};
