/** Whose key made the signature: it is looked for in all keys that are known, whatever they are called and labelled. */
import type { Key } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { OF_KEYS, suspectPlace } from "./key-elsewhere.ts";
import { explainHolding } from "./key-held.ts";
import { placesOf, type Place } from "./key-places.ts";
import { comesOut, type Signed } from "./signed.ts";
import { relationOf } from "./key-names.ts";

/** True: the key was found, and with it the cause. */
export async function explainOwner(
  i: Investigation,
  s: Signed,
): Promise<boolean> {
  const held = i.keys?.keys ?? [];
  const own = await firstThatVerifies(
    i,
    s,
    held.filter((key) => key !== i.key),
  );
  if (own) {
    await suspectOwn(i, s, own);
    return true;
  }
  const places = placesOf(i);
  for (const place of places) {
    const key = await firstThatVerifies(i, s, place.set.keys);
    if (!key) continue;
    suspectPlace(i, s, place, key, "certain");
    return true;
  }
  await suspectByName(i, s, places);
  return false;
}

/** The key named in the token first; of RSA keys only those whose modulus is as long as the signature. */
async function firstThatVerifies(
  i: Investigation,
  s: Signed,
  keys: readonly Key[],
): Promise<Key | null> {
  const possible = keys.filter(
    ({ kty, bits }) =>
      kty !== "RSA" || Math.ceil(bits / 8) === s.signature.length,
  );
  const named = possible.filter(({ kid }) => kid !== null && kid === s.kid);
  for (const key of [
    ...named,
    ...possible.filter((other) => !named.includes(other)),
  ])
    if (await comesOut(i, s, { key })) return key;
  return null;
}

/** The verifier holds the right key already: its name or its labels stood in the way. */
async function suspectOwn(
  i: Investigation,
  s: Signed,
  key: Key,
): Promise<void> {
  const keys = i.keys?.keys ?? [];
  if (s.kid === null || key.kid === null) {
    const where = s.kid === null ? "token" : "set";
    if (explainHolding(i, s, key, s.kid === key.kid && keys.length === 1))
      return;
    i.suspect("key.id_missing", {
      confidence: "certain",
      facts: { candidates: keys.length, where },
      explains: OF_KEYS,
      weight: 50,
    });
    return;
  }
  if (s.kid === key.kid) {
    if (explainHolding(i, s, key, true)) return;
    i.suspect("key.id_reused", {
      confidence: "certain",
      facts: { kid: s.kid, otherAt: "the same set" },
      explains: OF_KEYS,
      weight: 50,
    });
    return;
  }
  const relation = (await relationOf(s.kid, key)) ?? "another name";
  i.suspect("key.id_form", {
    confidence: "certain",
    facts: {
      tokenKid: s.kid.slice(0, 128),
      setKid: key.kid.slice(0, 128),
      relation,
    },
    explains: OF_KEYS,
    weight: 50,
  });
  explainHolding(i, s, key, false);
}

/** A dozen hashes, each in a dozen spellings. */
const COST_OF_NAMES = 20;

/** No key verifies, but one in another place, or of another spelling, bears the name. */
async function suspectByName(
  i: Investigation,
  s: Signed,
  places: readonly Place[],
): Promise<void> {
  if (s.kid === null || i.found("signature.key_not_found") === null) return;
  for (const place of places) {
    const [key] = place.set.withId(s.kid);
    if (key) return suspectPlace(i, s, place, key, "likely");
  }
  for (const key of i.keys?.keys ?? []) {
    if (key.kid === s.kid && explainHolding(i, s, key, false)) return;
    if (key.kid === null || !i.budget.take(COST_OF_NAMES)) continue;
    const relation = await relationOf(s.kid, key);
    if (relation === null) continue;
    i.suspect("key.id_form", {
      confidence: "likely",
      facts: {
        tokenKid: s.kid.slice(0, 128),
        setKid: key.kid.slice(0, 128),
        relation,
      },
      explains: OF_KEYS,
      weight: 40,
    });
    return;
  }
}
