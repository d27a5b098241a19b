/** A token that is simply there: obtained, kept, renewed ahead of time, one renewal at a time. */
import { randomText } from "./client-authentication.ts";
import { signInByDevice, type DeviceWishes } from "./device-sign-in.ts";
import { DpopProver, generateDpopKey } from "./dpop.ts";
import {
  AuthorizedFetch,
  type Presented,
  type Presenter,
} from "./authorized-fetch.ts";
import {
  RequestRefused,
  SignInRequired,
  TemporarilyUnavailable,
} from "./errors.ts";
import { grantRequest } from "./grants.ts";
import { readOrigins, type IssuedOptions } from "./options.ts";
import { freshness } from "./renewal.ts";
import { ServerClock } from "./server-clock.ts";
import { Standstill } from "./standstill.ts";
import {
  beginSignIn,
  finishSignIn,
  type SignInStart,
  type SignInWishes,
} from "./sign-in.ts";
import { MemoryStore, type TokenStore } from "./store.ts";
import { TokenEndpoint, type Form } from "./token-endpoint.ts";
import type { TokenAnswer } from "./token-answer.ts";
import { sameTokens, type TokenSet } from "./token-set.ts";
import type { TokenSource, TokenWish } from "./token-source.ts";
import { Token } from "./token.ts";
import { platformFetch } from "./transport.ts";

/** After a renewal ahead of time that failed, the next such try waits about so long, in milliseconds. */
const AHEAD_PAUSE = 10_000;
/** A token that came because the last one was refused, and is refused within this, is not renewed again: renewing does not help. */
const FUTILE_WITHIN = 60_000;

interface Ready {
  readonly endpoint: TokenEndpoint;
  readonly prover: DpopProver | null;
}

/** A source whose tokens an issuer gives. */
export class IssuedSource implements TokenSource, Presenter {
  readonly fetch: TokenSource["fetch"];
  readonly #options: IssuedOptions;
  readonly #clock: ServerClock;
  readonly #store: TokenStore;
  readonly #origin: string;
  readonly #random: () => number;
  readonly #wait: (milliseconds: number) => Promise<void>;
  readonly #listeners: Set<(token: Token | null) => void> = new Set();
  readonly #unwatch: () => void;
  readonly #fetcher: AuthorizedFetch;
  readonly #standstill: Standstill = new Standstill();
  #ready: Promise<Ready> | null = null;
  #held: TokenSet | null = null;
  #spread: number;
  #renewal: Promise<TokenSet> | null = null;
  #forcedAt = -Infinity;
  #saving = false;
  #aheadFrom = -Infinity;

  constructor(options: IssuedOptions) {
    const {
      fetch = platformFetch,
      clock = Date.now,
      random = Math.random,
      wait = byTimer,
    } = options;
    this.#options = options;
    this.#clock = new ServerClock(clock);
    this.#store = options.store ?? new MemoryStore();
    this.#origin = new URL(options.issuer).origin;
    this.#random = random;
    this.#wait = wait;
    this.#spread = random();
    this.#fetcher = new AuthorizedFetch(this, {
      origins: readOrigins(options.origins ?? []),
      fetch,
      clock: this.#clock,
      issuerOrigin: this.#origin,
    });
    this.fetch = async (input, init = {}) => this.#fetcher.send(input, init);
    this.#unwatch =
      this.#store.watch?.((tokens) => {
        if (!this.#saving) this.#adopt(this.#ours(tokens));
      }) ?? (() => {});
  }

  async token({ minimumSeconds = 0 }: TokenWish = {}): Promise<Token> {
    const minimum = minimumSeconds * 1000;
    const held = this.#held ?? (await this.#load());
    await this.#ready;
    if (this.#standstill.isFinal) return this.#renewOrKeep(null);
    switch (held ? this.#freshness(held, minimum) : "expired") {
      case "good":
        return new Token(held as TokenSet);
      case "due":
        this.#renewAhead(held);
        return new Token(held as TokenSet);
      case "ending":
      case "expired":
        return this.#renewOrKeep(held);
    }
  }

  async headers(
    request: Presented,
    wish?: TokenWish,
  ): Promise<Readonly<Record<string, string>>> {
    return this.#fetcher.headers(await this.token(wish), request);
  }

  async prover(): Promise<DpopProver | null> {
    return (await this.#prepare()).prover;
  }

  /** A token that differs from the refused one; null: none that would help. */
  async renewRefused(refused: Token): Promise<Token | null> {
    const held = this.#held;
    if (held && held.accessToken !== refused.value) return this.token();
    if (this.#clock.local() - this.#forcedAt < FUTILE_WITHIN) return null;
    const renewed = await this.#renewOnce(held);
    this.#forcedAt = this.#clock.local();
    return new Token(renewed);
  }

  onChange(listener: (token: Token | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async beginSignIn(wishes: SignInWishes): Promise<SignInStart> {
    const { endpoint, prover } = await this.#prepare();
    return beginSignIn(
      await endpoint.metadata(),
      this.#options,
      wishes,
      prover?.jkt ?? null,
    );
  }

  async finishSignIn(pending: string, callback: string | URL): Promise<Token> {
    const { endpoint } = await this.#prepare();
    const form = finishSignIn(await endpoint.metadata(), pending, callback);
    return this.#signedIn(async () => endpoint.ask(() => form, "never"));
  }

  async signInByDevice(wishes: DeviceWishes): Promise<Token> {
    const { endpoint } = await this.#prepare();
    const answer = await signInByDevice(endpoint, this.#wishes(), wishes, {
      clock: this.#clock,
      wait: this.#wait,
    });
    return this.#signedIn(async () => answer);
  }

  async signOut(): Promise<boolean> {
    const { endpoint } = await this.#prepare();
    const held = await this.#store.exclusive(async () => {
      const tokens = this.#ours(await this.#store.load());
      await this.#save(null);
      return tokens;
    });
    this.#adopt(null);
    if (!held?.refreshToken) return true;
    return endpoint.revoke(held.refreshToken).catch(() => false);
  }

  close(): void {
    this.#unwatch();
  }

  async #signedIn(ask: () => Promise<TokenAnswer>): Promise<Token> {
    const tokens = await this.#store.exclusive(async () =>
      this.#keep(await ask(), null),
    );
    this.#adopt(tokens);
    return new Token(tokens);
  }

  /** What is asked for: scope and resource. */
  #wishes(): Form {
    const { scopes, resource } = this.#options;
    return {
      ...(scopes && scopes.length > 0 && { scope: scopes.join(" ") }),
      ...(resource !== undefined && { resource }),
    };
  }

  #freshness(tokens: TokenSet, minimum: number): ReturnType<typeof freshness> {
    return freshness(tokens, {
      now: this.#clock.now(this.#origin),
      spread: this.#spread,
      minimum,
    });
  }

  async #renewOrKeep(held: TokenSet | null): Promise<Token> {
    try {
      return new Token(await this.#renewOnce(held));
    } catch (error) {
      // An outage ends nothing: the old token is good until its own end.
      if (
        held &&
        error instanceof TemporarilyUnavailable &&
        this.#freshness(held, 0) !== "expired"
      )
        return new Token(held);
      throw error;
    }
  }

  /** Nobody waits for it, and what goes wrong is told when the token has ended. Soon after a failure it is not tried again. */
  #renewAhead(held: TokenSet | null): void {
    if (this.#clock.local() < this.#aheadFrom) return;
    this.#renewOnce(held).catch(() => {
      this.#aheadFrom =
        this.#clock.local() + AHEAD_PAUSE * (0.5 + this.#random());
    });
  }

  /** One renewal for all who wait. */
  #renewOnce(held: TokenSet | null): Promise<TokenSet> {
    this.#renewal ??= this.#renew(held).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renew(held: TokenSet | null): Promise<TokenSet> {
    const { endpoint, prover } = await this.#prepare();
    const stop = this.#standstill.at(this.#clock.local());
    if (stop) {
      // Somebody may have signed in, or renewed, elsewhere; without that, nothing is asked.
      const elsewhere = this.#ours(await this.#store.load());
      if (!elsewhere || sameTokens(elsewhere, stop.tokens)) throw stop.error;
      this.#adopt(elsewhere);
      if (
        isUsable(elsewhere, prover) &&
        this.#freshness(elsewhere, 0) === "good"
      )
        return elsewhere;
    }
    const renewed = await this.#store.exclusive(async () => {
      const stored = this.#ours(await this.#store.load());
      // Another tab or process was faster.
      if (stored && !sameTokens(stored, held)) {
        this.#clock.take(this.#origin, stored.clockOffset);
        if (isUsable(stored, prover) && this.#freshness(stored, 0) === "good")
          return stored;
      }
      let needsPerson = true;
      try {
        const { grant, authentication } = this.#options;
        const request = grantRequest(grant, {
          held: stored,
          // Only public clients' refresh tokens are bound; others show who they are.
          isBoundElsewhere:
            (authentication?.method ?? "none") === "none" &&
            stored !== null &&
            !isUsable(stored, prover),
          wishes: this.#wishes(),
        });
        ({ needsPerson } = request);
        return await this.#keep(
          await endpoint.ask(request.makeForm, request.repeatable),
          stored,
        );
      } catch (error) {
        throw await this.#noted(error, stored, needsPerson);
      }
    });
    this.#adopt(renewed);
    return renewed;
  }

  /** Remembers what a fault means for the next who asks; gives the error to throw. */
  async #noted(
    error: unknown,
    stored: TokenSet | null,
    needsPerson: boolean,
  ): Promise<unknown> {
    let [fault, tokens] = [error, stored];
    if (
      error instanceof RequestRefused &&
      error.error === "invalid_grant" &&
      needsPerson
    ) {
      fault = new SignInRequired(error.found);
      // Without the refresh token no other process asks with it again.
      tokens = stored && {
        ...stored,
        refreshToken: null,
        generation: stored.generation + 1,
      };
      if (tokens) await this.#save(tokens);
    }
    this.#standstill.note(fault, tokens, this.#clock.local());
    if (fault instanceof SignInRequired)
      for (const listener of this.#listeners) listener(null);
    return fault;
  }

  /** Writes the answer to the store. */
  async #keep(answer: TokenAnswer, before: TokenSet | null): Promise<TokenSet> {
    const { issuer, clientId, resource = null } = this.#options;
    const { prover } = await this.#prepare();
    const tokens: TokenSet = {
      version: 1,
      issuer,
      clientId,
      resource,
      family: before?.family ?? randomText(),
      generation: (before?.generation ?? 0) + 1,
      ...answer,
      // The server may leave out what has not changed (RFC 6749 sections 5.1 and 6).
      refreshToken:
        answer.refreshToken ??
        before?.refreshToken ??
        this.#givenRefreshToken(),
      scopes: answer.scopes ?? before?.scopes ?? this.#options.scopes ?? null,
      clockOffset: this.#clock.offset(this.#origin),
      jkt: answer.type === "DPoP" ? (prover?.jkt ?? null) : null,
    };
    await this.#save(tokens);
    return tokens;
  }

  async #save(tokens: TokenSet | null): Promise<void> {
    this.#saving = true;
    try {
      await this.#store.save(tokens);
    } finally {
      this.#saving = false;
    }
  }

  #givenRefreshToken(): string | null {
    const { grant } = this.#options;
    return grant.type === "refresh_token" ? grant.refreshToken : null;
  }

  async #load(): Promise<TokenSet | null> {
    const { prover } = await this.#prepare();
    const stored = this.#ours(await this.#store.load());
    if (!stored) return null;
    this.#clock.take(this.#origin, stored.clockOffset);
    if (!isUsable(stored, prover)) return null;
    this.#held ??= stored;
    return this.#held;
  }

  /** Threat: tokens of one issuer or API sent to another, because two sources were given one store. */
  #ours(tokens: TokenSet | null): TokenSet | null {
    const { issuer, clientId, resource = null } = this.#options;
    return tokens?.issuer === issuer &&
      tokens.clientId === clientId &&
      tokens.resource === resource
      ? tokens
      : null;
  }

  #adopt(tokens: TokenSet | null): void {
    const before = this.#held;
    if (tokens && sameTokens(tokens, before)) return;
    this.#held = tokens;
    this.#spread = this.#random();
    this.#standstill.clear();
    this.#clock.take(this.#origin, tokens?.clockOffset ?? null);
    if (tokens?.accessToken === before?.accessToken) return;
    for (const listener of this.#listeners)
      listener(tokens && new Token(tokens));
  }

  #prepare(): Promise<Ready> {
    this.#ready ??= this.#open();
    return this.#ready;
  }

  async #open(): Promise<Ready> {
    const {
      dpop = false,
      issuer,
      clientId,
      authentication,
      metadata,
      fetch,
      timeoutSeconds = 5,
    } = this.#options;
    const prover =
      dpop === false
        ? null
        : await DpopProver.of(dpop === true ? await generateDpopKey() : dpop);
    const endpoint = new TokenEndpoint({
      issuer,
      clientId,
      authentication: authentication ?? { method: "none" },
      metadata: metadata ?? null,
      prover,
      fetch: fetch ?? platformFetch,
      clock: this.#clock,
      random: this.#random,
      timeout: timeoutSeconds * 1000,
      wait: this.#wait,
    });
    return { endpoint, prover };
  }
}

/** A token that is bound to another key than ours cannot be presented (RFC 9449 section 7). */
const isUsable = (tokens: TokenSet, prover: DpopProver | null): boolean =>
  tokens.type === "Bearer" || (prover !== null && tokens.jkt === prover.jkt);

const byTimer = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
