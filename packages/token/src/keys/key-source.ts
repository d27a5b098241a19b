import type { MaybePromise } from "../crypto/platform.ts";
import type { KeySet } from "./jwk-set.ts";

/** What of the unverified header and issuer may select keys; nothing else of an unverified token does (RFC 8725 section 3.10). */
export interface Wanted {
  readonly alg: string;
  readonly kid: string | null;
}

/** Keys that could not be had: an outage, which makes a token undecided and never refused. */
export interface KeysUnavailable {
  readonly unavailable: string;
  readonly source: string | null;
}

/**
 * The port through which a verifier gets its keys. It answers with the issuer's current set; a remote source may first
 * fetch again when it does not know `kid`. It never rejects: what cannot be had is said as a value.
 */
export interface KeySource {
  lookup(wanted: Wanted): MaybePromise<KeySet | KeysUnavailable>;
}
