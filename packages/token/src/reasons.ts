/**
 * The catalogue of reasons: which check refused a token. A reason is decided, never guessed.
 * Each reason has its own typed evidence; a finding without it does not compile.
 * The codes are stable: a retired code is never used again.
 */

/** The nine steps, in the order in which they are judged. The first five after the request are the classic ones. */
export const STEPS = [
  "request",
  "format",
  "signature",
  "expiration",
  "issuer",
  "audience",
  "binding",
  "scope",
  "revocation",
] as const;

export type Step = (typeof STEPS)[number];

/** Evidence that names both sides of a comparison. */
interface Compared<T = unknown> {
  readonly expected: T;
  readonly found: T;
}

/** A moment in time, compared with the verifier's clock. All in seconds since the epoch. */
interface Moment {
  readonly now: number;
  readonly toleranceSeconds: number;
}

/** The key that a header asks for. */
interface Wanted {
  readonly alg: string;
  readonly kid: string | null;
}

/** What stands behind each reason. Values of an unverified token are given as what the token says. */
export interface Evidence {
  "request.token_missing": {
    readonly scheme: string;
    readonly headers: readonly string[];
  };
  "request.scheme_unsupported": Compared<string | null>;
  "request.header_malformed": { readonly words: number };
  "request.token_repeated": { readonly places: readonly string[] };
  "request.transport_insecure": { readonly host: string };

  "format.empty": { readonly length: number };
  "format.not_jwt": { readonly looksLike: string; readonly dots: number };
  "format.segments": {
    readonly found: number;
    readonly expected: readonly number[];
  };
  "format.encoding": {
    readonly segment: SegmentName;
    readonly position: number;
    readonly problem: EncodingProblem;
    readonly character: string | null;
  };
  "format.header": {
    readonly problem: ObjectProblem;
    readonly member: string | null;
  };
  "format.payload": {
    readonly problem: ObjectProblem;
    readonly member: string | null;
  };
  "format.claim_type": {
    readonly claim: string;
    readonly expected: string;
    readonly found: string;
  };
  "format.encrypted": {
    readonly alg: string | null;
    readonly enc: string | null;
    readonly problem: EncryptedProblem;
  };
  "format.critical": {
    readonly problem: CriticalProblem;
    readonly member: string | null;
  };
  "format.type": {
    readonly expected: string;
    readonly found: string;
    readonly by: string;
  };
  /** `limit` is null where another machine refused, and only it knows its limit. */
  "format.too_large": {
    readonly what: "token" | "segment" | "depth" | "members";
    readonly limit: number | null;
    readonly found: number;
  };

  "signature.algorithm_none": { readonly alg: string | null };
  "signature.algorithm_not_allowed": {
    readonly alg: string;
    readonly allowed: readonly string[];
    readonly usual: string | null;
  };
  "signature.algorithm_unsupported": { readonly alg: string };
  "signature.missing": { readonly alg: string };
  "signature.key_not_found": Wanted & {
    readonly known: readonly string[];
    readonly keys: number;
  };
  "signature.key_ambiguous": Wanted & {
    readonly candidates: number;
    readonly known: readonly string[];
  };
  "signature.key_unsuitable": Wanted & {
    readonly problem: string;
    readonly found: string | null;
  };
  "signature.mismatch": Wanted & { readonly key: string | null };
  "signature.keys_unavailable": {
    readonly source: string | null;
    readonly problem: string;
  };

  "expiration.missing": { readonly claim: "exp" | "iat" };
  "expiration.expired": Moment & {
    readonly exp: number;
    readonly bySeconds: number;
  };
  "expiration.not_yet_valid": Moment & {
    readonly nbf: number;
    readonly bySeconds: number;
  };
  "expiration.issued_in_future": Moment & {
    readonly iat: number;
    readonly bySeconds: number;
  };
  "expiration.too_old": Moment & {
    readonly iat: number;
    readonly maxAgeSeconds: number;
  };
  "expiration.lifetime_too_long": {
    readonly lifetimeSeconds: number;
    readonly maxLifetimeSeconds: number;
  };

  "issuer.missing": { readonly expected: readonly string[] };
  "issuer.mismatch": {
    readonly expected: readonly string[];
    readonly found: string;
  };

  "audience.missing": { readonly expected: readonly string[] };
  "audience.mismatch": {
    readonly expected: readonly string[];
    readonly found: readonly string[];
  };
  "audience.party_mismatch": {
    readonly expected: readonly string[];
    readonly found: string | null;
    readonly claim: string;
  };
  "audience.claim_missing": { readonly claim: string };
  "audience.claim_mismatch": {
    readonly claim: string;
    readonly expected: unknown;
    readonly found: unknown;
  };

  "binding.proof_missing": { readonly binding: "dpop" | "mtls" };
  "binding.proof_invalid": {
    readonly problem: ProofProblem;
    readonly detail: string | null;
  };
  "binding.key_mismatch": {
    readonly binding: "dpop" | "mtls";
    readonly expected: string;
    readonly found: string;
  };
  "binding.request_mismatch": {
    readonly member: "htm" | "htu" | "ath";
    readonly expected: string;
    readonly found: string;
  };
  "binding.nonce": { readonly found: boolean };
  "binding.replayed": { readonly id: string };

  "scope.missing": { readonly needed: readonly string[] };
  "scope.insufficient": {
    readonly needed: readonly string[];
    readonly found: readonly string[];
    readonly lacking: readonly string[];
    readonly shape: string;
  };
  "scope.authentication": {
    readonly needed: string;
    readonly found: string | null;
  };

  "revocation.token": Revoked;
  "revocation.grant": Revoked;
  "revocation.subject": Revoked;
  "revocation.client": Revoked;
  "revocation.key": Revoked;
  "revocation.unavailable": {
    readonly source: string | null;
    readonly problem: string;
  };
}

export type SegmentName =
  | "token"
  | "header"
  | "payload"
  | "signature"
  | "encrypted_key"
  | "iv"
  | "ciphertext"
  | "tag";
export type EncodingProblem =
  "character" | "padding" | "length" | "trailing_bits" | "utf8";
export type ObjectProblem =
  | "empty"
  | "not_json"
  | "not_object"
  | "duplicate_member"
  | "not_utf8"
  | "byte_order_mark"
  | "lone_surrogate"
  | "member_type"
  | "member_missing"
  | "unencoded_payload";
export type EncryptedProblem =
  | "not_expected"
  | "no_key"
  | "not_opened"
  | "limit"
  | "algorithm"
  | "not_signed_inside";
export type CriticalProblem =
  | "not_array"
  | "empty"
  | "not_string"
  | "repeated"
  | "registered"
  | "absent"
  | "not_understood";
export type ProofProblem =
  | "repeated"
  | "malformed"
  | "typ"
  | "algorithm"
  | "key"
  | "signature"
  | "claim_missing"
  | "claim_type"
  | "too_old"
  | "in_future";

interface Revoked {
  /** ISO 8601, or null when the time is not known. */
  readonly at: string | null;
  readonly event: string | null;
  readonly by: string | null;
}

export type Reason = keyof Evidence;

/** The reasons that say "cannot tell": an outage or a lack of the platform, never a bad token. */
export const UNDECIDED_REASONS: readonly Reason[] = [
  "signature.algorithm_unsupported",
  "signature.keys_unavailable",
  "revocation.unavailable",
];

/** True for the reasons that leave a token undecided rather than refused. */
export function isUndecided(reason: Reason): boolean {
  return UNDECIDED_REASONS.includes(reason);
}

/** The step that a reason belongs to: the part before its dot. */
export function stepOf(reason: Reason): Step {
  return reason.slice(0, reason.indexOf(".")) as Step;
}
