/** THE LIST of what a token source does, whatever its grant. */
import type { Presented } from "./authorized-fetch.ts";
import type { DeviceWishes } from "./device-sign-in.ts";
import { IssuedSource } from "./issued-source.ts";
import { isStatic, type TokenSourceOptions } from "./options.ts";
import type { SignInStart, SignInWishes } from "./sign-in.ts";
import { staticSource } from "./static-source.ts";
import type { Token } from "./token.ts";

export interface TokenWish {
  /** How long it has to be good at least, in seconds. Never more than half of a token's life. Default 0. */
  readonly minimumSeconds?: number;
}

export interface TokenSource {
  /**
   * A token that is good now. Throws SignInRequired (final until somebody signs in), TemporarilyUnavailable (only when no good token is
   * left), RequestRefused, TokenError.
   */
  token(wish?: TokenWish): Promise<Token>;
  /**
   * The standard fetch, with the token for the origins that the options name and for no other. Throws as `token` does, and StepUpRequired
   * when the resource wants a token that allows more. Every other answer is given as it is.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /**
   * The headers that present the token to one request: authorization, and for a bound token the proof (RFC 9449). For what sends requests by
   * itself; where they go is then the caller's care. Throws as `token` does.
   */
  headers(
    request: Presented,
    wish?: TokenWish,
  ): Promise<Readonly<Record<string, string>>>;
  /** Calls back with each new token, and with null when it was forgotten or can no longer be renewed. Gives what ends it. */
  onChange(listener: (token: Token | null) => void): () => void;
  /** Begins a sign-in: send the person to `url`, keep `pending` (secret) until the person is back. */
  beginSignIn(wishes: SignInWishes): Promise<SignInStart>;
  /** `callback`: the address that the person was sent back to. Throws RequestRefused when the person or the server said no. */
  finishSignIn(pending: string, callback: string | URL): Promise<Token>;
  /**
   * Lets a person sign in by the browser of any device (RFC 8628): shows address and code, and asks the server until that is done. Throws
   * RequestRefused: `access_denied` when the person said no, `expired_token` when nobody came in time.
   */
  signInByDevice(wishes: DeviceWishes): Promise<Token>;
  /** Ends the grant at the server and forgets the tokens. False: forgotten here, but the server could not be told. */
  signOut(): Promise<boolean>;
  /** Stops listening to the store. */
  close(): void;
}

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  return isStatic(options) ? staticSource(options) : new IssuedSource(options);
}
