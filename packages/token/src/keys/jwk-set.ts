import type { Jwk } from "../crypto/platform.ts";
import type { Key } from "./key.ts";
import { readJwk } from "./read-jwk.ts";
import type { KeySource } from "./key-source.ts";

/** A set of keys in hand (RFC 7517 section 5). Immutable: another set is another object. */
export class KeySet implements KeySource {
  readonly keys: readonly Key[];
  readonly #byKid: ReadonlyMap<string, readonly Key[]>;
  /** The last choice for each id: choosing is pure, and the same few headers come again and again. At most one entry a key. */
  readonly chosen: Map<
    string | null,
    { readonly alg: string; readonly choice: { readonly key: Key } }
  > = new Map();

  constructor(keys: readonly Key[]) {
    this.keys = keys;
    const byKid = new Map<string, Key[]>();
    for (const key of keys) {
      if (key.kid === null) continue;
      const same = byKid.get(key.kid);
      if (same) same.push(key);
      else byKid.set(key.kid, [key]);
    }
    this.#byKid = byKid;
  }

  /** The keys with this id, often one. */
  withId(kid: string): readonly Key[] {
    return this.#byKid.get(kid) ?? [];
  }

  lookup(): KeySet {
    return this;
  }
}

/** A set with more members than this is refused as a whole: nobody has so many keys, and each costs time. */
export const MAX_KEYS = 256;

/**
 * Reads a JWK Set. A member that cannot be used stays in the set with its problem, so that a diagnosis can name it;
 * members of an unknown kty are ignored by selection (RFC 7517 section 5). Throws TypeError when it is no JWK Set at all.
 */
export function keySet(set: { readonly keys: readonly Jwk[] }): KeySet {
  const members: unknown = (set as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(members))
    throw new TypeError(
      `a JWK Set has an array "keys" (RFC 7517 section 5); found ${members === undefined ? "none" : typeof members}`,
    );
  if (members.length > MAX_KEYS)
    throw new TypeError(
      `a JWK Set may hold ${MAX_KEYS} keys; found ${members.length}`,
    );
  return new KeySet(members.map((jwk) => readJwk(jwk as Jwk)));
}

/** Puts single keys together as a set. */
export function keySetOf(...keys: readonly Key[]): KeySet {
  return new KeySet(keys);
}
