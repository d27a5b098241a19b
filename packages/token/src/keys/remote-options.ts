import type { LifetimeBounds } from "./cache-lifetime.ts";
import type { Fetch, FetchLimits } from "./fetch-json.ts";
import type { KeySourceEvent } from "./refreshed.ts";

/** How keys are fetched and kept. All durations are in milliseconds. */
export interface RemoteKeySetOptions extends Partial<LifetimeBounds> {
  /** Default: the platform's fetch. A URL is only ever one that the operator, or the metadata of the operator's issuer, has named. */
  readonly fetch?: Fetch;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
  /** How long beyond its age a set is used while the issuer is down. Default 24 hours; 0: not at all. */
  readonly maxStale?: number;
  /** Shortest time between two fetches for the sake of unknown kids. Default 30 seconds. */
  readonly coolDown?: number;
  /** For one fetch, redirects and body included. Default 5 seconds. */
  readonly timeout?: number;
  /** Largest answer in bytes. Default 262,144. */
  readonly maxBytes?: number;
  /** Allow plain http beyond this machine: whoever sits on the way can then exchange the keys. Default false. */
  readonly allowInsecure?: boolean;
  /** Told what happens. What it throws is dropped, so that a counter cannot refuse a token. */
  readonly onEvent?: (event: KeySourceEvent) => void;
}

export interface ReadyRemoteOptions extends LifetimeBounds, FetchLimits {
  readonly clock: () => number;
  readonly maxStale: number;
  readonly coolDown: number;
  readonly onEvent: (event: KeySourceEvent) => void;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Fills the defaults in. Throws TypeError for a value out of range. */
export function readyRemoteOptions(
  options: RemoteKeySetOptions,
): ReadyRemoteOptions {
  const { onEvent } = options;
  const ready = {
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    clock: options.clock ?? Date.now,
    minAge: options.minAge ?? 5 * MINUTE,
    maxAge: options.maxAge ?? DAY,
    maxStale: options.maxStale ?? DAY,
    coolDown: options.coolDown ?? MINUTE / 2,
    timeout: options.timeout ?? 5000,
    maxBytes: options.maxBytes ?? 256 * 1024,
    allowInsecure: options.allowInsecure ?? false,
    onEvent: (event: KeySourceEvent): void => {
      try {
        onEvent?.(event);
      } catch {
        // Said in the docblock of onEvent.
      }
    },
  } satisfies ReadyRemoteOptions;
  for (const name of [
    "minAge",
    "maxAge",
    "maxStale",
    "coolDown",
    "timeout",
    "maxBytes",
  ] as const) {
    if (!(ready[name] >= 0))
      throw new TypeError(
        `${name} is a number of at least 0; found ${String(ready[name])}`,
      );
  }
  if (ready.minAge > ready.maxAge)
    throw new TypeError(
      `minAge is at most maxAge, ${ready.maxAge}; found ${ready.minAge}`,
    );
  return ready;
}
