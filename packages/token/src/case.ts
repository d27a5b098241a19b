import type { Key } from "./keys/key.ts";
import type { ReadyPolicy } from "./policy.ts";
import type { Step } from "./reasons.ts";
import type { Claims, JoseHeader } from "./token.ts";
import type { Finding } from "./verdict.ts";

/** The parts of an HTTP request that a token can depend on. A header that was repeated has an array. */
export interface HttpRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<
    Record<string, string | readonly string[] | undefined>
  >;
  /** A form or JSON, as text. */
  readonly body?: string;
}

/** What is put before the verifier: a token, or the request that carries it, or both. */
export interface Presented {
  readonly token?: string;
  readonly request?: HttpRequest;
  /** SHA-256 of the client certificate's DER, base64url (RFC 8705 section 3.1). */
  readonly certificateThumbprint?: string;
}

/** One token on its way through the steps: what was presented, and what the steps before have made of it. */
export interface Case {
  readonly policy: ReadyPolicy;
  readonly presented: Presented;
  /** The verifier's clock, in seconds since the epoch. */
  readonly now: number;
  /** The compact token, once the step request has found it. */
  token: string | null;
  /** Header and payload as read, once the step format could read them. */
  header: JoseHeader | null;
  claims: Claims | null;
  /** The compact JWS whose signature is judged: the token, or what a JWE held. */
  jws: string;
  /** Where its signing input ends: the place of the second dot. */
  inputEnd: number;
  /** Its signature, decoded. */
  signature: Uint8Array | null;
  /** True while a JWE was opened to get here. */
  wasEncrypted: boolean;
  /** Claims whose JSON type is wrong: no later step can judge by them. */
  unreadable: readonly string[];
  /** The key that was chosen, once the step signature has done so. */
  key: Key | null;
  /** True when the step signature has failed: binding is then not judged. */
  forged: boolean;
}

/**
 * How a step came out. null, or an empty list: passed. A list: findings, failed or undecided by their reasons. `because`: the policy does not
 * ask. `needs`: cannot be judged without another step.
 */
export type Judgement =
  | null
  | readonly Finding[]
  | { readonly because: string }
  | { readonly needs: Step };
