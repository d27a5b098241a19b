/**
 * Status lists (draft-ietf-oauth-status-list): the issuer publishes one bit or more for each token, and the guard keeps the lists that its
 * tokens name. Exact: no filter, and no token that is refused by chance. What cannot be learned is never taken for "valid".
 */
import {
  checkStatusListToken,
  finding,
  judgeStatus,
  statusReference,
  type Claims,
  type Finding,
  type StatusList,
  type StatusReference,
} from "@assay/token";
import {
  boundedFetch,
  isSafe,
  type FetchBounds,
  type GuardFetch,
} from "../bounded-fetch.ts";
import type {
  GuardRevocation,
  RevocationContext,
  RevocationPlan,
} from "./revocation.ts";

export interface StatusListOptions {
  /** Origins at which lists may stand, beside the issuer's own. */
  readonly origins?: readonly string[];
  /** Refuse to judge a token that names no list. Default false: such a token is not known to be revoked. */
  readonly required?: boolean;
  /** How long a list is used that names neither ttl nor exp, in seconds. Default 300. */
  readonly maxAge?: number;
  /** Longest time that a list is used without another look, in seconds, whatever its ttl. Default 3600. */
  readonly maxTtl?: number;
  /** Lists that are kept. Default 64. */
  readonly maxLists?: number;
  /** Greatest size of a list as it travels, and unpacked, in bytes. Default 8 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds. Default 5000. */
  readonly timeout?: number;
  readonly fetch?: GuardFetch;
}

/** After a failure an issuer is not asked again for so long, in seconds. */
const COOL_DOWN = 5;
/** From this part of its life on a list is renewed while it is used, so that no request waits for the next one. */
const RENEW_AHEAD = 0.8;
const MIB = 1024 * 1024;

/** Hand it to a guard as `revocation`. */
export const statusLists =
  (options: StatusListOptions = {}): RevocationPlan =>
  (context) =>
    new StatusLists(options, context);

interface Held {
  readonly list: StatusList;
  readonly iat: number;
  /** Seconds since the epoch: a newer list is fetched from here on, in the background. */
  readonly renewFrom: number;
  /** Requests wait for a newer list from here on. */
  readonly freshUntil: number;
  /** Not used from here on, also where no newer one can be had. */
  readonly usedUntil: number;
}

interface Place {
  held: Held | null;
  flight: Promise<string | null> | null;
  failure: string | null;
  retryFrom: number;
}

export class StatusLists implements GuardRevocation {
  readonly #context: RevocationContext;
  readonly #options: StatusListOptions;
  readonly #bounds: FetchBounds;
  readonly #places = new Map<string, Place>();
  readonly #ending = new AbortController();

  constructor(options: StatusListOptions, context: RevocationContext) {
    this.#options = options;
    this.#context = context;
    const fetch: GuardFetch =
      options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#bounds = {
      fetch: async (url, init) =>
        fetch(url, {
          ...init,
          signal: AbortSignal.any([init.signal, this.#ending.signal]),
        }),
      timeout: options.timeout ?? 5000,
      maxBytes: options.maxBytes ?? 8 * MIB,
    };
  }

  check({
    claims,
  }: {
    readonly claims: Claims;
  }): readonly Finding[] | null | Promise<readonly Finding[] | null> {
    const reference = statusReference(claims);
    if (reference === null)
      return this.#options.required
        ? unavailable(null, "the token names no status list")
        : null;
    if ("unavailable" in reference)
      return unavailable(null, reference.unavailable);
    const issuer = claims.iss ?? "";
    const id = `${issuer} ${reference.uri}`;
    let place = this.#places.get(id);
    if (!place) {
      const refused = this.#refuse(issuer, reference.uri);
      if (refused !== null) return unavailable(reference.uri, refused);
      place = this.#newPlace(id);
    }
    const now = this.#now();
    const { held } = place;
    if (held && now < held.renewFrom) return judgeStatus(held.list, reference);
    if (now >= place.retryFrom)
      place.flight ??= this.#load(place, issuer, reference.uri);
    return place.flight && !(held && now < held.freshUntil)
      ? place.flight.then((failure) => this.#judge(place, reference, failure))
      : this.#judge(place, reference, place.failure);
  }

  /** Of the oldest list that is in use. */
  age(): number | null {
    const now = this.#now();
    const used = [...this.#places.values()].flatMap(({ held }) =>
      held && now < held.usedUntil ? [now - held.iat] : [],
    );
    return used.length > 0 ? Math.max(...used) : null;
  }

  /** Ends what is under way. */
  close(): void {
    this.#ending.abort();
  }

  #judge(
    { held }: Place,
    reference: StatusReference,
    failure: string | null,
  ): readonly Finding[] {
    return held && this.#now() < held.usedUntil
      ? judgeStatus(held.list, reference)
      : unavailable(reference.uri, failure ?? "the list is past its time");
  }

  /** Threat: a token that sends the guard to any address. The issuer has signed it, and still may only name its own, or what the operator named. */
  #refuse(issuer: string, uri: string): string | null {
    const address = new URL(uri);
    const { origin, username } = address;
    if (username !== "") return "the list's address has credentials in it";
    if (!isSafe(address)) return "the list's address is not https";
    const own = URL.canParse(issuer) ? new URL(issuer).origin : null;
    return origin === own || (this.#options.origins ?? []).includes(origin)
      ? null
      : "the list stands at an origin that was not named";
  }

  #newPlace(id: string): Place {
    const { maxLists = 64 } = this.#options;
    // The oldest goes; it is only fetched again.
    for (const oldest of this.#places.keys()) {
      if (this.#places.size < maxLists) break;
      this.#places.delete(oldest);
    }
    const place: Place = {
      held: null,
      flight: null,
      failure: null,
      retryFrom: 0,
    };
    this.#places.set(id, place);
    return place;
  }

  /** What went wrong; null: the place holds a new list. Never rejects. */
  async #load(
    place: Place,
    issuer: string,
    uri: string,
  ): Promise<string | null> {
    const failure = await this.#fetchList(place, issuer, uri).catch(
      () => "the list could not be read",
    );
    place.flight = null;
    place.failure = failure;
    place.retryFrom = failure === null ? 0 : this.#now() + COOL_DOWN;
    return failure;
  }

  async #fetchList(
    place: Place,
    issuer: string,
    uri: string,
  ): Promise<string | null> {
    const keys = this.#context.keysOf(issuer);
    if (!keys) return "the issuer's keys are not known";
    const answer = await boundedFetch(
      { url: uri, headers: { accept: "application/statuslist+jwt" } },
      this.#bounds,
    );
    if ("failure" in answer) return answer.failure;
    const now = this.#now();
    const checked = await checkStatusListToken(answer.text.trim(), {
      uri,
      keys,
      now,
      clockTolerance: this.#context.clockTolerance,
      maxLength: this.#bounds.maxBytes,
      maxBytes: this.#bounds.maxBytes,
    });
    if ("findings" in checked) {
      const [first] = checked.findings;
      return first?.reason === "revocation.unavailable"
        ? first.evidence.problem
        : "the list was refused";
    }
    const { list, iat, exp, ttl } = checked;
    const { held } = place;
    // Threat: an older list in the place of a newer one, by a cache or by whoever stands on the way: in it a revoked token is not revoked yet.
    if (held && now < held.usedUntil && iat < held.iat)
      return "the list is older than the one before it";
    const { maxAge = 300, maxTtl = 3600 } = this.#options;
    const life = Math.min(ttl ?? maxAge, maxTtl);
    const ends = exp ?? now + life;
    place.held = {
      list,
      iat,
      renewFrom: Math.min(now + life * RENEW_AHEAD, ends),
      freshUntil: Math.min(now + life, ends),
      usedUntil: ends,
    };
    return null;
  }

  #now(): number {
    return this.#context.clock() / 1000;
  }
}

export const unavailable = (
  source: string | null,
  problem: string,
): readonly Finding[] => [
  finding("revocation.unavailable", { source, problem }),
];
