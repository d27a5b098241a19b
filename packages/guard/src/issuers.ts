/** Whose tokens are taken, and where their keys come from. */
import {
  discoverKeys,
  importKeys,
  keySetOf,
  remoteKeySet,
  type Jwk,
  type KeySource,
  type RemoteKeySetOptions,
} from "@assay/token";
import { IssuerClock } from "./issuer-clock.ts";

export interface TrustedIssuer {
  /** iss, byte for byte. */
  readonly issuer: string;
  /**
   * The issuer's keys: a source, or the keys themselves (a JWK Set, a JWK, a PEM). Default: found by the issuer's metadata (OpenID Connect
   * Discovery 1.0, RFC 8414).
   */
  readonly keys?: KeySource | Jwk | string;
  /** Or the URL of its JWK Set. */
  readonly jwksUri?: string;
  /**
   * This API's own client at that issuer. It is told with each fetch of the keys, in the header Assay-Guard, so that an Assay server can say
   * before a rotation which guards do not have the next key yet (`assay keys rehearse`). Other issuers are not told.
   */
  readonly clientId?: string;
}

export type Issuers =
  string | TrustedIssuer | readonly (string | TrustedIssuer)[];

export interface ReadyIssuers {
  readonly names: readonly string[];
  readonly byName: ReadonlyMap<string, KeySource>;
  /** What the clock of that issuer shows at a moment of the guard's own, in milliseconds; null: not known. */
  readonly clockOf: (issuer: string, now: number) => number | null;
}

/** Throws TypeError for an issuer that is named twice, or whose keys cannot be had by what is given. */
export function readyIssuers(
  issuers: Issuers,
  remote: RemoteKeySetOptions,
): ReadyIssuers {
  const list = Array.isArray(issuers)
    ? (issuers as readonly (string | TrustedIssuer)[])
    : [issuers as string | TrustedIssuer];
  if (list.length === 0) throw new TypeError("issuers: name at least one");
  const byName = new Map<string, KeySource>();
  const clocks = new Map<string, IssuerClock>();
  for (const one of list) {
    const given = typeof one === "string" ? { issuer: one } : one;
    if (typeof given?.issuer !== "string" || given.issuer === "")
      throw new TypeError(
        "issuers: each has its name as text in the member issuer",
      );
    if (byName.has(given.issuer))
      throw new TypeError(
        `issuers: ${JSON.stringify(given.issuer.slice(0, 200))} is named twice`,
      );
    const clock = new IssuerClock(remote.clock ?? Date.now);
    const fetch = clock.watching(
      fetchNaming(
        given.clientId,
        remote.fetch ?? ((url, init) => globalThis.fetch(url, init)),
      ),
    );
    clocks.set(given.issuer, clock);
    byName.set(given.issuer, sourceOf(given, { ...remote, fetch }));
  }
  return {
    names: [...byName.keys()],
    byName,
    clockOf: (issuer, now) => clocks.get(issuer)?.at(now) ?? null,
  };
}

type KeyFetch = NonNullable<RemoteKeySetOptions["fetch"]>;

/** Throws TypeError for an id that is none (RFC 6749 appendix A.1). */
function fetchNaming(clientId: string | undefined, fetch: KeyFetch): KeyFetch {
  if (clientId === undefined) return (url, init) => fetch(url, init);
  if (!/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(clientId))
    throw new TypeError(
      `issuers: expected clientId as printable ASCII of at most 255 characters; found ${JSON.stringify(clientId.slice(0, 80))}`,
    );
  return (url, init) =>
    fetch(url, {
      ...init,
      headers: { ...init.headers, "assay-guard": clientId },
    });
}

function sourceOf(
  { issuer, keys, jwksUri }: TrustedIssuer,
  remote: RemoteKeySetOptions,
): KeySource {
  if (keys !== undefined && jwksUri !== undefined)
    throw new TypeError("issuers: give keys or jwksUri, not both");
  if (jwksUri !== undefined) return remoteKeySet(jwksUri, remote);
  if (keys === undefined) return discoverKeys(issuer, remote);
  if (
    typeof keys === "object" &&
    typeof (keys as Partial<KeySource>).lookup === "function"
  )
    return keys as KeySource;
  return keySetOf(...importKeys(keys as Jwk | string));
}

/** Fetches the keys now, where they are fetched at all. Rejects never: what cannot be had is asked for again. */
export async function refreshKeys(source: KeySource): Promise<void> {
  const { refresh } = source as { refresh?: () => Promise<unknown> };
  await refresh?.call(source);
}
