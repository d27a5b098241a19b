import type { Jwk } from "../crypto/platform.ts";

/** The members that make up a public key, in the order in which a thumbprint writes them (RFC 7638 section 3.2, RFC 8037 section 2, RFC 9964). A Map: no kty reaches a prototype. */
export const PUBLIC_MEMBERS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["RSA", ["e", "kty", "n"]],
  ["EC", ["crv", "kty", "x", "y"]],
  ["OKP", ["crv", "kty", "x"]],
  ["AKP", ["alg", "kty", "pub"]],
]);

/** The members that must stay secret (RFC 7518 section 6, RFC 8037 section 2, RFC 9964). */
export const SECRET_MEMBERS: readonly string[] = [
  "d",
  "p",
  "q",
  "dp",
  "dq",
  "qi",
  "oth",
  "k",
  "priv",
];

/** The named members alone: a platform is told nothing else, so that no foreign member changes what it does. */
export function pick(jwk: Jwk, members: Iterable<string>): Jwk {
  const picked: Record<string, unknown> = {};
  for (const member of members)
    if (Object.hasOwn(jwk, member)) picked[member] = jwk[member];
  return picked;
}

/** The public half of a JWK, reduced to the members of the key itself. */
export function publicMembers(jwk: Jwk): Jwk {
  return pick(jwk, PUBLIC_MEMBERS.get(jwk.kty) ?? []);
}

/** Public and secret members of a JWK, without what is said about the key. */
export function allMembers(jwk: Jwk): Jwk {
  return pick(jwk, [
    ...(PUBLIC_MEMBERS.get(jwk.kty) ?? ["kty"]),
    ...SECRET_MEMBERS,
  ]);
}
