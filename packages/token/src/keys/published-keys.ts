import type { Jwk } from "../crypto/platform.ts";
import { SECRET_MEMBERS } from "./jwk-members.ts";
import { KeySet, MAX_KEYS } from "./jwk-set.ts";
import { Key } from "./key.ts";
import { readJwk } from "./read-jwk.ts";

/** The keys of a published set by what they say, so that a key that stays is the same object after the next fetch. */
export interface PublishedKeys {
  readonly set: KeySet;
  readonly byContent: ReadonlyMap<string, Key>;
}

/**
 * Reads a set that an issuer publishes (RFC 7517 section 5): as `keySet`, but a private or secret key in it is refused, since whoever
 * reads the set can sign with it. The other members stay good. Equal members count once; a key that was known stays the same
 * object, and with it what was verified by it. A text says that it is no JWK Set at all.
 */
export function readPublishedKeys(
  document: { readonly keys?: unknown },
  known: ReadonlyMap<string, Key>,
): PublishedKeys | string {
  const members = document.keys;
  if (!Array.isArray(members))
    return `no JWK Set: "keys" is ${members === undefined ? "missing" : "no array"}`;
  if (members.length > MAX_KEYS)
    return `a JWK Set of ${members.length} keys; at most ${MAX_KEYS} are read`;
  const keys: Key[] = [];
  const byContent = new Map<string, Key>();
  for (const [index, jwk] of members.entries()) {
    const secret = secretMember(jwk);
    const content = secret === null ? canonical(jwk) : "";
    if (byContent.has(content)) continue;
    const key =
      secret === null
        ? (known.get(content) ?? readJwk(jwk as Jwk))
        : refusePrivate(jwk as Jwk, index, secret);
    keys.push(key);
    if (secret === null) byContent.set(content, key);
  }
  return { set: new KeySet(keys), byContent };
}

function secretMember(jwk: unknown): string | null {
  return typeof jwk === "object" && jwk !== null
    ? (SECRET_MEMBERS.find((name) => Object.hasOwn(jwk, name)) ?? null)
    : null;
}

/** Stays in the set, so that the diagnosis of a token can name it, but without the secret. */
function refusePrivate(jwk: Jwk, index: number, secret: string): Key {
  const rest = Object.fromEntries(
    Object.entries(jwk).filter(([name]) => !SECRET_MEMBERS.includes(name)),
  );
  const detail = `a published set holds public keys only; keys[${index}] has the member ${secret}`;
  return new Key(rest, {
    bits: 0,
    isPrivate: false,
    problem: { problem: "private", detail },
  });
}

/** One text for equal JSON values, whatever the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
