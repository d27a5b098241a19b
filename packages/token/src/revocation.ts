import type { MaybePromise } from "./crypto/platform.ts";
import type { JoseHeader, Claims } from "./token.ts";
import type { Finding } from "./verdict.ts";

/**
 * The port through which a verifier learns that a token, its grant, subject, client or key is no longer good. It answers with
 * findings of the step revocation, with none, or with null when it knows nothing of such a token. What cannot be had is
 * `revocation.unavailable`; it never rejects.
 */
export interface RevocationSource {
  check(token: {
    readonly header: JoseHeader;
    readonly claims: Claims;
  }): MaybePromise<readonly Finding[] | null>;
}
