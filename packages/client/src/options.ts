/** Every option of a token source, once. */
import type { ClientAuthentication } from "./client-authentication.ts";
import type { DpopKeyPair } from "./dpop.ts";
import { misconfigured } from "./errors.ts";
import type { Grant } from "./grants.ts";
import { checkUrl, type ServerMetadata } from "./metadata.ts";
import type { TokenStore } from "./store.ts";
import type { Fetch } from "./transport.ts";

interface Surroundings {
  /** Origins, such as https://api.example, that `fetch` sends the token to. Default: none. */
  readonly origins?: readonly string[];
  /** Default: the platform's. */
  readonly fetch?: Fetch;
  /** Our own clock, in milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

export interface IssuedOptions extends Surroundings {
  /** The issuer's name; its metadata is found there and must say the same name (RFC 8414). */
  readonly issuer: string;
  readonly clientId: string;
  /** Default: none, for a public client. */
  readonly authentication?: ClientAuthentication;
  readonly grant: Grant;
  /** Default: what the server gives. */
  readonly scopes?: readonly string[];
  /** The API that the token is for (RFC 8707). Default: what the server gives. */
  readonly resource?: string;
  /** Default: in memory, of this source alone. */
  readonly store?: TokenStore;
  /** true: tokens are bound to a new key that cannot be read out; or to this one. Default: bearer tokens. */
  readonly dpop?: boolean | DpopKeyPair;
  /** Instead of discovery. */
  readonly metadata?: ServerMetadata;
  /** For one request to the server. Default 5: a lost answer can then be asked for again while the server still takes the same refresh token. */
  readonly timeoutSeconds?: number;
  /** Waits so many milliseconds. Default: a timer. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** 0 to 1, for jitter. Default Math.random: nothing secret comes from it. */
  readonly random?: () => number;
}

/** A token that was given, for tests and scripts: nothing renews it. */
export interface StaticOptions extends Surroundings {
  readonly grant: { readonly type: "static"; readonly accessToken: string };
}

export type TokenSourceOptions = IssuedOptions | StaticOptions;

export const isStatic = (
  options: TokenSourceOptions,
): options is StaticOptions => options.grant.type === "static";

/** The origins as URL writes them. Throws TokenError (`configuration`). */
export function readOrigins(origins: readonly string[]): ReadonlySet<string> {
  return new Set(
    origins.map((each) => {
      const { origin, pathname, search } = new URL(checkUrl(each, "origins"));
      // Threat: a path would seem to narrow where the token goes, and does not.
      if (pathname !== "/" || search !== "")
        throw misconfigured("origins without a path", "one with a path");
      return origin;
    }),
  );
}
