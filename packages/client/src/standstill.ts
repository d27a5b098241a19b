/** Why the server is not to be asked now, and with which tokens that was found out: with others it may be asked again. */
import {
  SignInRequired,
  TemporarilyUnavailable,
  TokenError,
  type TokenErrorCode,
} from "./errors.ts";
import type { TokenSet } from "./token-set.ts";

/** Faults that do not pass by themselves. */
const LASTING: ReadonlySet<TokenErrorCode> = new Set([
  "request_refused",
  "configuration",
  "unexpected_answer",
]);
/** After such a fault the server is left alone for so long, in milliseconds: nothing will have changed. */
const REFUSAL_PAUSE = 30_000;

export interface Stop {
  readonly error: Error;
  readonly tokens: TokenSet | null;
}

export class Standstill {
  #end: Stop | null = null;
  #pause: (Stop & { readonly until: number }) | null = null;

  /** Nothing but another sign-in helps. */
  get isFinal(): boolean {
    return this.#end !== null;
  }

  /** Null: it may be asked. `now`: our own clock, in milliseconds. */
  at(now: number): Stop | null {
    if (this.#end) return this.#end;
    return this.#pause && now < this.#pause.until ? this.#pause : null;
  }

  /** Remembers what a fault means for the next who asks. */
  note(error: unknown, tokens: TokenSet | null, now: number): void {
    if (error instanceof SignInRequired) this.#end = { error, tokens };
    else if (error instanceof TemporarilyUnavailable) {
      const { retryAfterSeconds } = error;
      if (retryAfterSeconds !== null)
        this.#pause = { error, tokens, until: now + retryAfterSeconds * 1000 };
    } else if (error instanceof TokenError && LASTING.has(error.code))
      this.#pause = { error, tokens, until: now + REFUSAL_PAUSE };
  }

  /** There are other tokens. */
  clear(): void {
    this.#end = null;
    this.#pause = null;
  }
}
