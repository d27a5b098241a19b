/** What an issuer is made from, besides its store and keys: every rule of the protocol that an operator may set. Lifetimes in seconds. */
import type { Client } from "./clients/client.ts";
import type { Resource } from "./resources/resource.ts";

export interface ProtocolOptions {
  /** How long an authorization code may wait (RFC 6749 section 4.1.2: ten minutes at most; RFC 9700: short). */
  readonly codeSeconds: number;
  readonly idTokenSeconds: number;
  /** How long the published keys and metadata may be cached. */
  readonly keysCacheSeconds: number;
  /** How far ahead of ours a client's clock may be. */
  readonly clockToleranceSeconds: number;
  /** Greatest age of a DPoP proof. */
  readonly proofSeconds: number;
  /** "required": a proof without a nonce of ours is answered with one (RFC 9449 section 8); clocks of clients do not count then. */
  readonly dpopNonce: "required" | "offered";
  /** How long a status list token may be cached (ttl of draft-ietf-oauth-status-list-21 section 5.1). */
  readonly statusListCacheSeconds: number;
  /** How long an assertion of a client may live. */
  readonly longestAssertionSeconds: number;
}

export const DEFAULT_PROTOCOL: ProtocolOptions = {
  codeSeconds: 60,
  idTokenSeconds: 300,
  keysCacheSeconds: 300,
  clockToleranceSeconds: 60,
  proofSeconds: 60,
  dpopNonce: "required",
  statusListCacheSeconds: 10,
  longestAssertionSeconds: 3600,
};

/** What a hook may know when it adds claims to an access token. */
export interface ClaimsInput {
  readonly client: Client;
  readonly resource: Resource;
  /** null: the client acts for itself. */
  readonly subject: string | null;
  readonly scopes: readonly string[];
}

/** Further claims for an access token. Registered claims and those that the server sets itself cannot be set so. */
export type ClaimsHook = (
  input: ClaimsInput,
) =>
  | Readonly<Record<string, unknown>>
  | Promise<Readonly<Record<string, unknown>>>;
