import type { Investigation } from "../investigation.ts";
import { ageOf, OF_KEYS } from "./key-elsewhere.ts";
import { isUnusual } from "./key-held.ts";
import type { Signed } from "./signed.ts";

/** A token older than this has outlived a rotation more often than not; most are used within minutes. */
const OLD_SECONDS = 8 * 3600;
const FRESH_SECONDS = 900;

/** The verifier's copy, the token and the present, in the order in which they were made. */
export function suspectByTime(i: Investigation, s: Signed): void {
  const { fetchedAt, keys: cached } = i.context.cachedKeys ?? {};
  const age = ageOf(i, s);
  const issued = age === null ? null : i.now - age;
  const fetched = fetchedAt === undefined ? null : Date.parse(fetchedAt) / 1000;
  const rotated = {
    kid: s.kid,
    copyFrom: fetchedAt ?? null,
    publishedAt: null,
  };
  const retired = { kid: s.kid, issuedSecondsAgo: age };
  const isCopy = cached !== undefined || i.policy.keys !== undefined;
  if (fetched !== null && issued !== null) {
    // Signed after the copy was made: the copy cannot know the key. Signed before, and still not in it: the key was gone already.
    if (issued >= fetched)
      i.suspect("key.rotated", {
        confidence: "likely",
        facts: rotated,
        explains: OF_KEYS,
        weight: 35,
      });
    else
      i.suspect("key.retired", {
        confidence: "likely",
        facts: retired,
        explains: OF_KEYS,
        weight: 35,
      });
  } else if (age !== null && age > OLD_SECONDS) {
    i.suspect("key.retired", {
      confidence: "possible",
      facts: retired,
      explains: OF_KEYS,
      weight: isCopy ? 12 : 20,
    });
    if (isCopy)
      i.suspect("key.rotated", {
        confidence: "possible",
        facts: rotated,
        explains: OF_KEYS,
        weight: 14,
      });
  } else if (isCopy) {
    i.suspect("key.rotated", {
      confidence: "possible",
      facts: rotated,
      explains: OF_KEYS,
      weight: 20,
    });
  } else if (age !== null && age < FRESH_SECONDS) {
    // The present set, and a new token: whoever signed it publishes elsewhere.
    i.suspect("key.other_issuer", {
      confidence: "possible",
      facts: { issuer: null, sameServer: false },
      explains: OF_KEYS,
      weight: 8,
    });
  }
  if (isCopy)
    i.wouldTell(
      "the key set that the issuer publishes now would tell whether the verifier's copy is old",
    );
  const unusual = i.keys?.keys.find(isUnusual);
  if (unusual && s.kid !== null && unusual.kid === s.kid)
    i.suspect("key.set_unsupported_member", {
      confidence: "likely",
      facts: { kty: unusual.kty, alg: unusual.alg, hidden: s.kid },
      explains: OF_KEYS,
      weight: 30,
    });
}
