/** Finds an issuer's keys by its metadata (OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3). */
import type { JsonObject } from "../encoding/json.ts";
import type { MaybePromise } from "../crypto/platform.ts";
import { isLoopback, refuseUrl } from "./allowed-url.ts";
import { cacheLifetime } from "./cache-lifetime.ts";
import { fetchJson } from "./fetch-json.ts";
import type { KeySet } from "./jwk-set.ts";
import type { KeysUnavailable } from "./key-source.ts";
import { Refreshed, type Failure, type Loaded } from "./refreshed.ts";
import { remoteKeySet, type RemoteKeySet } from "./remote-jwk-set.ts";
import {
  readyRemoteOptions,
  type RemoteKeySetOptions,
} from "./remote-options.ts";

interface Discovered {
  readonly jwksUri: string;
  readonly keys: RemoteKeySet;
}

/**
 * A key source for the issuer that is named here. Name the issuer that the policy names, never a token's iss: a stranger would
 * choose where you go and whose keys you trust. The metadata must name that issuer byte for byte, and is kept and renewed as the keys
 * are. Throws TypeError for an issuer that is no https URL, or that has a query or fragment.
 */
export function discoverKeys(
  issuer: string,
  options: RemoteKeySetOptions = {},
): RemoteKeySet {
  const ready = readyRemoteOptions(options);
  const refused =
    refuseUrl(issuer, ready.allowInsecure) ??
    (/[?#]/.test(issuer) ? "one with a query or fragment" : null);
  if (refused !== null)
    throw new TypeError(
      `the issuer is an https URL without credentials, query and fragment; found ${refused}`,
    );
  const metadata = new Refreshed<Discovered>(
    (previous) => discover(issuer, options, previous),
    { source: issuer, ...ready },
  );
  const use = (
    found: Discovered | Failure,
    ask: (keys: RemoteKeySet) => MaybePromise<KeySet | KeysUnavailable>,
  ): MaybePromise<KeySet | KeysUnavailable> =>
    "failure" in found
      ? { unavailable: found.failure, source: issuer }
      : ask(found.keys);
  return {
    source: issuer,
    lookup(wanted) {
      const found = metadata.get();
      const ask = (
        keys: RemoteKeySet,
      ): MaybePromise<KeySet | KeysUnavailable> => keys.lookup(wanted);
      return found instanceof Promise
        ? found.then((loaded) => use(loaded, ask))
        : use(found, ask);
    },
    refresh: () =>
      metadata.reload().then((found) => use(found, (keys) => keys.refresh())),
  };
}

async function discover(
  issuer: string,
  options: RemoteKeySetOptions,
  previous: Discovered | null,
): Promise<Loaded<Discovered>> {
  const ready = readyRemoteOptions(options);
  const failures: string[] = [];
  for (const url of metadataUrls(issuer)) {
    const fetched = await fetchJson(url, ready);
    if ("failure" in fetched) {
      failures.push(`${url}: ${fetched.failure}`);
      continue;
    }
    const jwksUri = readJwksUri(fetched.document, issuer, ready.allowInsecure);
    if (typeof jwksUri !== "string")
      return { failure: `${url}: ${jwksUri.failure}` };
    const keys =
      previous?.jwksUri === jwksUri
        ? previous.keys
        : remoteKeySet(jwksUri, options);
    return {
      value: { jwksUri, keys },
      lifetime: cacheLifetime(fetched.headers, ready),
    };
  }
  return { failure: failures.join("; ") };
}

/** OpenID appends to the issuer; RFC 8414 puts its part between host and path. A slash at the end is taken off first in both. */
function metadataUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

/** RFC 8414 section 3.3: metadata that names another issuer is that one's, and using it would mix two issuers up. */
function readJwksUri(
  metadata: JsonObject,
  issuer: string,
  allowInsecure: boolean,
): string | Failure {
  if (metadata["issuer"] !== issuer)
    return {
      failure: `the metadata names the issuer ${quoted(metadata["issuer"])}; the policy names ${quoted(issuer)}`,
    };
  const uri = metadata["jwks_uri"];
  if (typeof uri !== "string")
    return { failure: "the metadata has no jwks_uri" };
  const refused = refuseUrl(uri, allowInsecure);
  if (refused !== null) return { failure: `jwks_uri is ${refused}` };
  // What an issuer elsewhere publishes must not lead to services of this machine.
  if (isLoopback(uri) && !isLoopback(issuer))
    return { failure: "jwks_uri is an address of this machine" };
  return uri;
}

const quoted = (value: unknown): string =>
  typeof value === "string"
    ? JSON.stringify(value.slice(0, 200))
    : value === undefined
      ? "none"
      : typeof value;
