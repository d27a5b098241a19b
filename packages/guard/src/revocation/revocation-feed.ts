/**
 * The live feed of an issuer (docs/guides/revocation-table.md): a revocation is known here within a second, and how old that knowledge is can
 * be said at any time. What was told stays true; that nothing was told counts only while heartbeats come. Without them the status lists
 * decide, or the token is left undecided.
 */
import {
  finding,
  statusReference,
  type Finding,
  type KeySource,
  type MaybePromise,
  type RevocationSource,
  type StatusReference,
  type StatusUnavailable,
} from "@assay/token";
import { checkEndpoint, type GuardFetch } from "../bounded-fetch.ts";
import { refreshKeys } from "../issuers.ts";
import type { ServerEvent } from "./event-stream.ts";
import { readFeed } from "./feed-connection.ts";
import { FeedKnowledge } from "./feed-knowledge.ts";
import { feedAuthorization } from "./feed-token.ts";
import { FeedUpkeep } from "./feed-upkeep.ts";
import { FeedWords } from "./feed-words.ts";
import { MOST_PLACES } from "./revoked-places.ts";
import type {
  GuardRevocation,
  RevocationContext,
  RevocationPlan,
  RevocationStatus,
} from "./revocation.ts";
import {
  StatusLists,
  unavailable,
  type StatusListOptions,
} from "./status-list.ts";

export interface RevocationFeedOptions {
  /** The issuer that tells: one of the guard's. Its other issuers are judged by the status lists. */
  readonly issuer: string;
  /** This API's own name at the issuer: a client that may introspect the API's tokens, with the scope `revocations:read`. */
  readonly clientId: string;
  /** For HTTP Basic at the token endpoint (RFC 6749 section 2.3.1). */
  readonly clientSecret?: string;
  /** Or the Authorization header for each connection: a token of this API's own for the resource that is the issuer's name and `/revocations`. */
  readonly authorization?: () => MaybePromise<string>;
  /** Default: the issuer's name and `/revocations`. */
  readonly url?: string;
  /** Default: the issuer's name and `/token`. */
  readonly tokenEndpoint?: string;
  /** Resources of which the feed tells: this API's audience. Default: all that the client may see. */
  readonly resources?: readonly string[];
  /** Greatest age of what is known, in seconds. Beyond it the feed does not count as peace. Default 5. */
  readonly maxAge?: number;
  /** How status lists are kept, which decide while the feed cannot. false: then the token is left undecided. */
  readonly statusLists?: StatusListOptions | false;
  /** Greatest size of the set of revoked places, in bytes. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Told when something else decides than before. What it throws is dropped. */
  readonly onStatus?: (status: RevocationStatus) => void;
  readonly fetch?: GuardFetch;
  /** Milliseconds that only grow, so that a clock that is set back makes nothing young again. Default performance.now. */
  readonly monotonic?: () => number;
}

type Judged = Parameters<RevocationSource["check"]>[0];
type Answer = readonly Finding[] | null;
interface Place {
  readonly list: string;
  readonly index: number;
}

/** The feed's name, and where it is unless something else is said. */
const feedOf = (issuer: string): string => `${issuer}/revocations`;
/** So long a request waits for the first connection, in milliseconds. */
const OPENING = 5000;
/** For a token, in milliseconds. */
const TOKEN_TIMEOUT = 5000;
const TOKEN_BYTES = 65_536;
const STATUS_EVERY = 500;
const MIB = 1024 * 1024;

/**
 * Hand it to a guard as `revocation`. It connects with the first request, or with `guard.ready()`, and holds its connection until
 * `guard.close()`. Throws TypeError, here or from createGuard, for options that are wrong.
 */
export function revocationFeed(options: RevocationFeedOptions): RevocationPlan {
  const { issuer, clientSecret, authorization, maxAge = 5 } = options;
  if ((clientSecret === undefined) === (authorization === undefined))
    throw new TypeError(
      "revocationFeed: expected one of clientSecret and authorization",
    );
  if (!(maxAge > 0))
    throw new TypeError(
      `revocationFeed: maxAge is a number of seconds above 0; found ${String(maxAge)}`,
    );
  const url = options.url ?? feedOf(issuer);
  const tokenEndpoint = options.tokenEndpoint ?? `${issuer}/token`;
  checkEndpoint("url", url);
  checkEndpoint("tokenEndpoint", tokenEndpoint);
  return (context) => {
    const keys = context.keysOf(issuer);
    if (!keys)
      throw new TypeError(
        `revocationFeed: expected one of the guard's issuers, found ${JSON.stringify(issuer.slice(0, 200))}`,
      );
    return new RevocationFeed(
      { ...options, url, tokenEndpoint, maxAge },
      keys,
      context,
    );
  };
}

type Ready = RevocationFeedOptions &
  Required<Pick<RevocationFeedOptions, "url" | "tokenEndpoint" | "maxAge">>;

class RevocationFeed implements GuardRevocation {
  readonly #options: Ready;
  readonly #fetch: GuardFetch;
  readonly #keys: KeySource;
  readonly #knowledge: FeedKnowledge;
  readonly #upkeep: FeedUpkeep;
  readonly #lists: StatusLists | null;
  readonly #opening = Promise.withResolvers<void>();
  #isOpening = true;
  #timers: readonly ReturnType<typeof setTimeout>[] = [];
  #told: RevocationStatus["by"] | null = null;
  #keysEtag: string | null = null;

  constructor(options: Ready, keys: KeySource, context: RevocationContext) {
    const { issuer, clientId, statusLists = {}, maxBytes = 64 * MIB } = options;
    const { clock, clockTolerance } = context;
    const monotonic = options.monotonic ?? (() => performance.now());
    this.#options = options;
    this.#keys = keys;
    this.#fetch =
      options.fetch ?? (async (url, init) => globalThis.fetch(url, init));
    this.#lists =
      statusLists === false
        ? null
        : new StatusLists({ fetch: this.#fetch, ...statusLists }, context);
    this.#knowledge = new FeedKnowledge(
      new FeedWords({ issuer, clientId, keys, clock, clockTolerance }),
      { clock, monotonic, clockTolerance, maxBytes },
    );
    this.#upkeep = new FeedUpkeep({
      knowledge: this.#knowledge,
      connect: (signal, heard) => this.#connect(signal, heard),
      moved: () => this.#moved(),
      monotonic,
      random: Math.random,
    });
  }

  check(token: Judged): MaybePromise<Answer> {
    const reference = statusReference(token.claims);
    if (token.claims.iss !== this.#options.issuer)
      return this.#beyond(token, reference);
    this.#start();
    const place = this.#placeOf(reference);
    return this.#isOpening
      ? this.#opening.promise.then(() => this.#judge(token, reference, place))
      : this.#judge(token, reference, place);
  }

  age(): number | null {
    return this.#knowledge.age();
  }

  status(): RevocationStatus {
    const problem = this.#staleness();
    const by =
      problem === null ? "feed" : this.#lists ? "status_list" : "nothing";
    return { by, problem };
  }

  async ready(): Promise<void> {
    this.#start();
    await this.#opening.promise;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#opened();
    this.#lists?.close();
    await this.#upkeep.close();
  }

  #judge(
    token: Judged,
    reference: StatusReference | StatusUnavailable | null,
    place: Place | null,
  ): MaybePromise<Answer> {
    const { header, claims } = token;
    const { url } = this.#options;
    const ended = this.#knowledge.ended(header.kid, claims, place);
    if (ended) return ended;
    const problem = this.#staleness();
    if (problem !== null) return this.#withoutFeed(token, problem);
    if (!this.#knowledge.knowsKey(header.kid))
      return unavailable(
        url,
        "the token's key is not among those of the last heartbeat",
      );
    const told = this.#knowledge.resources;
    const audience = typeof claims.aud === "string" ? [claims.aud] : claims.aud;
    // Peace says nothing of what is not told here.
    return place && audience?.every((one) => told.has(one))
      ? []
      : this.#beyond(token, reference);
  }

  /** Null: heartbeats come in time. */
  #staleness(): string | null {
    const { maxAge } = this.#options;
    const age = this.#knowledge.age();
    if (age !== null && age <= maxAge) return null;
    const why = this.#upkeep.problem;
    if (age === null)
      return why === null
        ? "the feed has not been read yet"
        : `the feed cannot be read: ${why}`;
    const late = this.#knowledge.lateness();
    if (why === null && late > maxAge)
      return `heartbeats of the feed are ${late.toFixed()} s old when they come: the clocks of issuer and guard differ, or somebody holds them back`;
    return `the last heartbeat of the feed is ${age.toFixed(1)} s old${why === null ? "" : `: ${why}`}`;
  }

  /** The status list, and in what it cannot say, why the feed was not enough. */
  #withoutFeed(token: Judged, problem: string): MaybePromise<Answer> {
    const { url } = this.#options;
    if (!this.#lists) return unavailable(url, problem);
    const say = (found: Answer): Answer =>
      found?.map((one) =>
        one.reason === "revocation.unavailable"
          ? finding("revocation.unavailable", {
              ...one.evidence,
              problem: `${problem}; ${one.evidence.problem}`,
            })
          : one,
      ) ?? null;
    const found = this.#lists.check(token);
    return found instanceof Promise ? found.then(say) : say(found);
  }

  /** A token of which the feed does not tell. */
  #beyond(
    token: Judged,
    reference: StatusReference | StatusUnavailable | null,
  ): MaybePromise<Answer> {
    if (this.#lists) return this.#lists.check(token);
    return reference === null
      ? null
      : unavailable(
          this.#options.url,
          "the feed tells nothing of this token's list",
        );
  }

  /** The feed names a list by the end of its address. */
  #placeOf(
    reference: StatusReference | StatusUnavailable | null,
  ): Place | null {
    if (reference === null || "unavailable" in reference) return null;
    const { uri, idx: index } = reference;
    const lists = `${this.#options.issuer}/status-lists/`;
    return uri.startsWith(lists) && index < MOST_PLACES
      ? { list: uri.slice(lists.length), index }
      : null;
  }

  async *#connect(
    signal: AbortSignal,
    heard: () => void,
  ): AsyncGenerator<ServerEvent> {
    const { url, resources = [] } = this.#options;
    const authorization = await this.#authorization(signal);
    heard();
    const after = this.#knowledge.number;
    yield* readFeed({
      url,
      authorization,
      after,
      // Where we go on it is with the resources that we know: a new one begins with a snapshot.
      resources: after === null ? resources : this.#knowledge.resources,
      fetch: this.#fetch,
      signal,
      heard,
    });
  }

  /** A new token for each connection, which then lasts as long as one can. */
  #authorization(signal: AbortSignal): MaybePromise<string> {
    const {
      issuer,
      tokenEndpoint,
      clientId,
      clientSecret = "",
    } = this.#options;
    const { authorization } = this.#options;
    if (authorization) return authorization();
    const resource = feedOf(issuer);
    return feedAuthorization(
      { tokenEndpoint, resource, clientId, clientSecret },
      {
        fetch: async (url, init) =>
          this.#fetch(url, {
            ...init,
            signal: AbortSignal.any([init.signal, signal]),
          }),
        timeout: TOKEN_TIMEOUT,
        maxBytes: TOKEN_BYTES,
      },
    );
  }

  #start(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => this.#tellStatus(), STATUS_EVERY),
      setTimeout(() => this.#opened(), OPENING),
    ];
    this.#upkeep.start();
  }

  #opened(): void {
    this.#isOpening = false;
    this.#opening.resolve();
  }

  #moved(): void {
    this.#opened();
    const etag = this.#knowledge.keysEtag;
    // Also at the first heartbeat: nobody knows how old the keys in hand are.
    if (etag !== null && etag !== this.#keysEtag) void refreshKeys(this.#keys);
    this.#keysEtag = etag;
    this.#tellStatus();
  }

  #tellStatus(): void {
    const status = this.status();
    if (status.by === this.#told) return;
    this.#told = status.by;
    try {
      this.#options.onStatus?.(status);
    } catch {
      // Said in the docblock of onStatus.
    }
  }
}
