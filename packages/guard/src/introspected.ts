/** Judges a token that is no JWT by what its issuer says of it, in the same steps as any other. */
import type { Verdict } from "@assay/token";
import type { Arrival } from "./arrival.ts";
import type { Scheme } from "./extract.ts";

export interface OpaqueCase {
  readonly arrival: Arrival;
  readonly scheme: Scheme;
  readonly token: string;
  readonly thumbprint: string | undefined;
}

export interface IntrospectedVerifier<C> {
  isOpaque(token: string): boolean;
  /** Rejects with PortFailure when the issuer cannot be asked. */
  verify(presented: OpaqueCase): Promise<Verdict<C>>;
}
