/** A token that was given: it is attached, and never renewed. */
import { AuthorizedFetch } from "./authorized-fetch.ts";
import { misconfigured, SignInRequired } from "./errors.ts";
import { readOrigins, type StaticOptions } from "./options.ts";
import { ServerClock } from "./server-clock.ts";
import { claimedEnd } from "./token-answer.ts";
import type { TokenSource } from "./token-source.ts";
import { Token } from "./token.ts";
import { platformFetch } from "./transport.ts";

export function staticSource({
  grant,
  origins = [],
  fetch = platformFetch,
  clock = Date.now,
}: StaticOptions): TokenSource {
  const expiresAt = claimedEnd(grant.accessToken);
  let token: Token | null = new Token({
    accessToken: grant.accessToken,
    type: "Bearer",
    expiresAt,
    scopes: null,
  });
  const listeners = new Set<(token: Token | null) => void>();
  const give = async (): Promise<Token> => {
    if (!token) throw new SignInRequired("a token that was forgotten");
    if (expiresAt !== null && expiresAt <= clock())
      throw new SignInRequired("a given token that has expired");
    return token;
  };
  const cannot = async (): Promise<never> => {
    throw misconfigured(
      "a grant by which somebody can sign in",
      "a given token",
    );
  };
  const fetcher = new AuthorizedFetch(
    { token: give, renewRefused: async () => null, prover: async () => null },
    {
      origins: readOrigins(origins),
      fetch,
      clock: new ServerClock(clock),
      issuerOrigin: "",
    },
  );
  return {
    token: give,
    fetch: async (input, init = {}) => fetcher.send(input, init),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    headers: async (request) => fetcher.headers(await give(), request),
    beginSignIn: cannot,
    finishSignIn: cannot,
    signInByDevice: cannot,
    signOut: async () => {
      token = null;
      for (const listener of listeners) listener(null);
      // The server that issued it is not known here.
      return false;
    },
    close: () => {},
  };
}
