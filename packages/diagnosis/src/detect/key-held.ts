/** The right key is in hand, and something about it keeps the verifier from using it: its use, its label, or the set that it came in. */
import {
  ALGORITHMS,
  isAlgorithm,
  sameAlgorithm,
  type Key,
  type Reason,
} from "@assay/token";
import type { Investigation } from "../investigation.ts";
import type { Place } from "./key-places.ts";
import type { Signed } from "./signed.ts";

const EXPLAINS: readonly Reason[] = [
  "signature.key_not_found",
  "signature.key_unsuitable",
  "signature.key_ambiguous",
  "signature.mismatch",
];

/** The key verifies, and its use or alg forbids it. True: one of them does. */
export function explainHolding(
  i: Investigation,
  { alg }: Signed,
  key: Key,
  certain: boolean,
): boolean {
  const confidence = certain ? "certain" : "likely";
  const use = forbiddenUse(key);
  if (use !== null)
    i.suspect("key.use", {
      confidence,
      facts: { use },
      explains: EXPLAINS,
      weight: 48,
    });
  const labelled = key.alg !== null && !sameAlgorithm(key.alg, alg, key.crv);
  if (use === null && labelled)
    i.suspect("key.algorithm_label", {
      confidence,
      facts: { keyAlg: key.alg, tokenAlg: alg },
      explains: EXPLAINS,
      weight: 48,
    });
  return use !== null || labelled;
}

/** What the key is published for, where that is not the checking of signatures (RFC 7517 sections 4.2 and 4.3). */
export function forbiddenUse({ use, keyOps }: Key): string | null {
  if (use !== null && use !== "sig") return use;
  if (keyOps && !keyOps.includes("verify"))
    return keyOps.join(", ") || "nothing";
  return null;
}

/** Words by which verifiers say that a member of the set was too much for them. */
const UNHEARD =
  /unexpected ?algorithm|unsupported (key|algorithm|curve|kty|crv)|unknown (json web )?key type|unknown (kty|curve|variant)|not started with|(failed|unable|cannot|could not) (to )?(parse|load|deserialize|create).{0,40}(jwks?|key ?set|json web key|provider)|unrecogni[sz]ed (key|algorithm|curve)|invalid (inline |local |remote )?jwks|key type .{0,20}not supported/i;

/**
 * The copy lacks what the document has, though nothing in it is older: reading the document broke off at a member that the verifier's
 * library does not know. True: it looks so.
 */
export function suspectUnheard(
  i: Investigation,
  { kid, claims }: Signed,
  place: Place,
): boolean {
  const held = i.keys?.keys ?? [];
  const unusual = lacking(place.set.keys, held).find(isUnusual);
  const told = UNHEARD.test(i.inquiry.response?.body ?? "");
  // A key in the copy that the issuer no longer publishes shows that the copy is old.
  if (!unusual || lacking(held, place.set.keys).length > 0) return false;
  const { fetchedAt } = i.context.cachedKeys ?? {};
  const fetched = fetchedAt === undefined ? null : Date.parse(fetchedAt) / 1000;
  const published =
    place.publishedAt === null
      ? Number.NaN
      : Date.parse(place.publishedAt) / 1000;
  const isFresh =
    fetched !== null &&
    (fetched >= published ||
      (typeof claims["iat"] === "number" && fetched >= claims["iat"]) ||
      i.now - fetched < FRESH_SECONDS);
  if (!told && held.length > 0 && !isFresh) return false;
  i.suspect("key.set_unsupported_member", {
    confidence: "likely",
    facts: { kty: unusual.kty, alg: unusual.alg, hidden: kid },
    explains: EXPLAINS,
    weight: 52,
  });
  return true;
}

/**
 * The copy lacks a key that the document has long had, and the key has no alg: some verifiers leave such a key out, though RFC 7517
 * section 4.4 makes alg optional. True: it looks so.
 */
export function suspectMissingLabel(
  i: Investigation,
  { alg }: Signed,
  { alg: label }: Key,
): boolean {
  const { fetchedAt, keys } = i.context.cachedKeys ?? {};
  if (
    label !== null ||
    keys === undefined ||
    keys.length > 0 ||
    fetchedAt === undefined
  )
    return false;
  if (i.now - Date.parse(fetchedAt) / 1000 > FRESH_SECONDS) return false;
  i.suspect("key.algorithm_label", {
    confidence: "likely",
    facts: { keyAlg: null, tokenAlg: alg },
    explains: EXPLAINS,
    weight: 51,
  });
  return true;
}

/** A copy younger than this was hardly made before the last rotation. */
const FRESH_SECONDS = 600;

/** Beyond RSA with PKCS#1 and the curves of NIST, libraries differ in what they know. */
export function isUnusual({ kty, crv, alg, problem }: Key): boolean {
  if (problem !== null && problem.problem !== "too_small") return true;
  if (kty !== "RSA" && kty !== "EC") return true;
  return (
    crv === "secp256k1" || (alg !== null && !/^(RS|ES)(256|384|512)$/.test(alg))
  );
}

/** Keys that are in the one list and not in the other, by name or by material. */
function lacking(keys: readonly Key[], among: readonly Key[]): readonly Key[] {
  const known = new Set(
    among.flatMap((key) => [
      material(key),
      ...(key.kid === null ? [] : [key.kid]),
    ]),
  );
  return keys.filter((key) => !known.has(key.kid ?? material(key)));
}

function material(key: Key): string {
  const { n, x, y, pub } = key.reveal();
  return JSON.stringify([key.kty, n, x, y, pub]);
}

/** True when the set has a key with which tokens can be signed at all. */
export function isUsable(key: Key): boolean {
  const known = [...ALGORITHMS.values()].some(
    ({ kty, crv }) => kty === key.kty && (crv === undefined || crv === key.crv),
  );
  const forOther = key.alg !== null && !isAlgorithm(key.alg);
  return (
    known && key.problem === null && forbiddenUse(key) === null && !forOther
  );
}
