import type { MaybePromise } from "../crypto/platform.ts";
import { refuseUrl } from "./allowed-url.ts";
import { cacheLifetime } from "./cache-lifetime.ts";
import { fetchJson } from "./fetch-json.ts";
import type { KeySet } from "./jwk-set.ts";
import type { KeySource, KeysUnavailable, Wanted } from "./key-source.ts";
import { readPublishedKeys, type PublishedKeys } from "./published-keys.ts";
import { Refreshed, type Failure, type Loaded } from "./refreshed.ts";
import {
  readyRemoteOptions,
  type ReadyRemoteOptions,
  type RemoteKeySetOptions,
} from "./remote-options.ts";

/** The keys that an issuer publishes at a URL, kept up to date. */
export interface RemoteKeySet extends KeySource {
  /** The URL, without its query. */
  readonly source: string;
  /** Fetches now, whatever the age of what is in hand: to start warm, or to see a change. Never rejects. */
  refresh(): Promise<KeySet | KeysUnavailable>;
}

/**
 * A key source that fetches a JWK Set (RFC 7517 section 5). While the set is fresh, `lookup` answers at once, so that `verifySync` works
 * too. It does not promise that a withdrawn key is gone before the set's age is over. Throws TypeError for a URL that is not https,
 * carries credentials, or for an option out of range.
 */
export function remoteKeySet(
  url: string,
  options: RemoteKeySetOptions = {},
): RemoteKeySet {
  const ready = readyRemoteOptions(options);
  const refused = refuseUrl(url, ready.allowInsecure);
  if (refused !== null)
    throw new TypeError(
      `the keys' URL is an https URL without credentials; found ${refused}`,
    );
  return new RemoteKeys(url, ready);
}

class RemoteKeys implements RemoteKeySet {
  readonly source: string;
  readonly #published: Refreshed<PublishedKeys>;
  readonly #options: ReadyRemoteOptions;
  #unknownFrom = 0;

  constructor(url: string, options: ReadyRemoteOptions) {
    this.source = withoutQuery(url);
    this.#options = options;
    this.#published = new Refreshed(
      (previous) => load(url, options, previous),
      { source: this.source, ...options },
    );
  }

  lookup({ kid }: Wanted): MaybePromise<KeySet | KeysUnavailable> {
    // A fetch that began before this token came: the issuer may have answered it before it had the key, or before it went down.
    const isEarlier = this.#published.isLoading;
    const published = this.#published.get();
    if (!(published instanceof Promise) && isSettledBy(published, kid))
      return this.#answer(published, kid);
    if (isEarlier)
      return this.#published
        .reload()
        .then((loaded) =>
          this.#published.failure !== null || isSettledBy(loaded, kid)
            ? this.#answer(loaded, kid)
            : this.#refetchFor(loaded, kid),
        );
    return published instanceof Promise
      ? published.then((loaded) => this.#answer(loaded, kid))
      : this.#refetchFor(published, kid);
  }

  refresh(): Promise<KeySet | KeysUnavailable> {
    return this.#published
      .reload()
      .then((published) => this.#answer(published, null));
  }

  /** An unknown kid may be a new key; or it may be anybody who makes up kids to have us hammer the issuer. So: once per cool-down. */
  #refetchFor(
    published: PublishedKeys | Failure,
    kid: string | null,
  ): MaybePromise<KeySet | KeysUnavailable> {
    if (!this.#published.isLoading) {
      const now = this.#options.clock();
      if (now < this.#unknownFrom) {
        this.#options.onEvent({ type: "cooled_down", source: this.source });
        return this.#answer(published, kid);
      }
      this.#unknownFrom = now + this.#options.coolDown;
    }
    return this.#published.reload().then((loaded) => this.#answer(loaded, kid));
  }

  #answer(
    published: PublishedKeys | Failure,
    kid: string | null,
  ): KeySet | KeysUnavailable {
    if ("failure" in published)
      return { unavailable: published.failure, source: this.source };
    // A kid that is unknown while the issuer is down may well be its new key: that is an outage, and no bad token.
    const { failure } = this.#published;
    return failure !== null && !knows(published.set, kid)
      ? { unavailable: failure.failure, source: this.source }
      : published.set;
  }
}

const isSettledBy = (
  published: PublishedKeys | Failure,
  kid: string | null,
): boolean => "failure" in published || knows(published.set, kid);

/** False when only another fetch could tell which key is meant. */
function knows(set: KeySet, kid: string | null): boolean {
  return (
    kid === null ||
    set.withId(kid).length > 0 ||
    (set.keys.length === 1 && set.keys[0]?.kid === null)
  );
}

async function load(
  url: string,
  options: ReadyRemoteOptions,
  previous: PublishedKeys | null,
): Promise<Loaded<PublishedKeys>> {
  const fetched = await fetchJson(url, options);
  if ("failure" in fetched) return fetched;
  const keys = readPublishedKeys(
    fetched.document,
    previous?.byContent ?? new Map(),
  );
  return typeof keys === "string"
    ? { failure: keys }
    : { value: keys, lifetime: cacheLifetime(fetched.headers, options) };
}

/** A query may hold what is nobody's business. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
