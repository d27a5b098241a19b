/** A fetched key set whose issuer and clock the test moves. */
import assert from "node:assert/strict";
import {
  exportKey,
  generateKey,
  remoteKeySet,
  type Jwk,
  type Key,
  type KeySet,
  type KeySourceEvent,
  type KeysUnavailable,
  type MaybePromise,
  type RemoteKeySet,
  type RemoteKeySetOptions,
} from "@assay/token";
import {
  loopbackIssuer,
  type Answer,
  type LoopbackIssuer,
} from "./loopback-issuer.ts";

export const first: Key = await generateKey("ES256", { kid: "first" });
export const second: Key = await generateKey("ES256", { kid: "second" });
export const publicJwk = (key: Key): Jwk => exportKey(key, { secret: false });
export const both: { keys: Jwk[] } = {
  keys: [publicJwk(first), publicJwk(second)],
};

export const START = 1_800_000_000_000;

export interface FetchedSource extends AsyncDisposable {
  readonly issuer: LoopbackIssuer;
  readonly time: { now: number };
  readonly events: KeySourceEvent[];
  readonly keys: RemoteKeySet;
  readonly ask: (kid?: string) => MaybePromise<KeySet | KeysUnavailable>;
}

export async function fetchedSource(
  answer: Answer,
  options: RemoteKeySetOptions = {},
): Promise<FetchedSource> {
  const issuer = await loopbackIssuer(answer);
  const time = { now: START };
  const events: KeySourceEvent[] = [];
  const keys = remoteKeySet(`${issuer.origin}/jwks?appid=x`, {
    clock: () => time.now,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return {
    issuer,
    time,
    events,
    keys,
    ask: (kid = "first") => keys.lookup({ alg: "ES256", kid }),
    [Symbol.asyncDispose]: async () => issuer[Symbol.asyncDispose](),
  };
}

export const kids = (
  set: KeySet | KeysUnavailable,
): readonly (string | null)[] => {
  assert.ok("keys" in set, JSON.stringify(set));
  return set.keys.map(({ kid }) => kid);
};
