/** Asks an issuer about a token that is no JWT (RFC 7662). */
import type { MaybePromise, Claims } from "@assay/token";

/** The port: claims of an active token, null for one that is not active. Rejects when the issuer cannot be asked. */
export interface Introspector {
  introspect(token: string): MaybePromise<Claims | null>;
}
