/** Whose key made the signature: it is looked for in all keys that are known, whatever they are called and labelled. */
import type { Key } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { verifierKeys } from "../verifier-keys.ts";
import { explainHolding, suspectMissingLabel, suspectUnheard } from "./key-held.ts";
import { placesOf, type Place } from "./key-places.ts";
import { comesOut, type Signed } from "./signed.ts";
import { relationOf } from "./key-names.ts";
import type { Reason } from "@assay/token";

/** The reasons that another key than the one in hand would explain. */
export const OF_KEYS: readonly Reason[] = ["signature.mismatch", "signature.key_not_found", "signature.key_unsuitable", "signature.key_ambiguous"];

/** True: the key was found, and with it the cause. */
export async function explainOwner(i: Investigation, s: Signed): Promise<boolean> {
  const held = i.keys?.keys ?? [];
  const own = await firstThatVerifies(i, s, held.filter((key) => key !== i.key));
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
async function firstThatVerifies(i: Investigation, s: Signed, keys: readonly Key[]): Promise<Key | null> {
  const possible = keys.filter(({ kty, bits }) => kty !== "RSA" || Math.ceil(bits / 8) === s.signature.length);
  const named = possible.filter(({ kid }) => kid !== null && kid === s.kid);
  for (const key of [...named, ...possible.filter((other) => !named.includes(other))]) if (await comesOut(i, s, { key })) return key;
  return null;
}

/** The verifier holds the right key already: its name or its labels stood in the way. */
async function suspectOwn(i: Investigation, s: Signed, key: Key): Promise<void> {
  const keys = i.keys?.keys ?? [];
  if (s.kid === null || key.kid === null) {
    const where = s.kid === null ? "token" : "set";
    if (explainHolding(i, s, key, s.kid === key.kid && keys.length === 1)) return;
    i.suspect("key.id_missing", { confidence: "certain", facts: { candidates: keys.length, where }, explains: OF_KEYS, weight: 50 });
    return;
  }
  if (s.kid === key.kid) {
    if (explainHolding(i, s, key, true)) return;
    i.suspect("key.id_reused", { confidence: "certain", facts: { kid: s.kid, otherAt: "the same set" }, explains: OF_KEYS, weight: 50 });
    return;
  }
  const relation = (await relationOf(s.kid, key)) ?? "another name";
  i.suspect("key.id_form", { confidence: "certain", facts: { tokenKid: s.kid.slice(0, 128), setKid: key.kid.slice(0, 128), relation }, explains: OF_KEYS, weight: 50 });
  explainHolding(i, s, key, false);
}

/** A dozen hashes, each in a dozen spellings. */
const COST_OF_NAMES = 20;

/** What a key in that place says of the cause: proven when the signature verifies with it, else by its name alone. */
function suspectPlace(i: Investigation, s: Signed, place: Place, key: Key, confidence: "certain" | "likely"): void {
  const { kid } = key;
  const held = i.keys?.keys ?? [];
  const sameName = kid !== null && kid === s.kid && held.some((other) => other.kid === kid);
  const note = { confidence, explains: OF_KEYS, weight: 50 } as const;
  const second = { confidence: "likely", explains: OF_KEYS, weight: 49 } as const;
  const [rotated, retired] = [rotatedFacts(i, place, kid), { kid, issuedSecondsAgo: ageOf(i, s) }];
  const reused = { kid, otherAt: place.name ?? "the issuer's earlier keys" };
  switch (place.kind) {
    case "present":
      if (isOtherAddress(i, place)) {
        i.suspect("key.other_issuer", { ...second, facts: { issuer: originOf(place.name), sameServer: isSameServer(i, place.name) } });
        i.suspect("key.rotated", { ...second, confidence: "possible", facts: rotated });
      } else if (suspectUnheard(i, s, place)) i.suspect("key.rotated", { ...second, facts: rotated });
      else if (sameName) {
        i.suspect("key.id_reused", { ...note, facts: reused });
        i.suspect("key.rotated", { ...second, facts: rotated });
      } else if (held.length === 0) {
        suspectMissingLabel(i, s, key);
        i.suspect("key.rotated", { ...second, facts: rotated });
        i.suspect("key.set_empty", { confidence: "likely", facts: { keys: 0, usable: 0 }, explains: OF_KEYS, weight: 48 });
      } else i.suspect("key.rotated", { ...note, facts: rotated });
      return;
    case "previous":
      if (sameName) i.suspect("key.id_reused", { ...note, facts: reused });
      i.suspect("key.retired", { ...(sameName ? second : note), facts: retired });
      return;
    case "other":
    case "elsewhere": {
      const issuer = place.kind === "other" ? place.name : originOf(place.name);
      const facts = { issuer, sameServer: isSameServer(i, place.name) };
      // The token names the verifier's issuer, and the key has the name of one of its keys: one name for two keys.
      const reusedName = sameName && (place.kind === "elsewhere" || namesExpectedIssuer(i, s));
      if (reusedName) i.suspect("key.id_reused", { ...note, facts: reused });
      // The same server and the issuer that is expected: it may be one issuer with several addresses for its keys.
      const mayBeOwn = place.kind === "elsewhere" && facts.sameServer && namesExpectedIssuer(i, s);
      i.suspect("key.other_issuer", { ...(reusedName || mayBeOwn ? second : note), facts });
    }
  }
}

/** No key verifies, but one in another place, or of another spelling, bears the name. */
async function suspectByName(i: Investigation, s: Signed, places: readonly Place[]): Promise<void> {
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
    i.suspect("key.id_form", { confidence: "likely", facts: { tokenKid: s.kid.slice(0, 128), setKid: key.kid.slice(0, 128), relation }, explains: OF_KEYS, weight: 40 });
    return;
  }
}

/** The verifier read a set, and from another address than the one that the issuer's metadata names. */
function isOtherAddress(i: Investigation, { name }: Place): boolean {
  const { url, from } = verifierKeys(i.inquiry);
  return from === "document" && name !== url;
}

function rotatedFacts({ context }: Investigation, { publishedAt }: Place, kid: string | null): { kid: string | null; copyFrom: string | null; publishedAt: string | null } {
  return { kid, copyFrom: context.cachedKeys?.fetchedAt ?? null, publishedAt: publishedAt === null || Number.isNaN(Date.parse(publishedAt)) ? null : new Date(publishedAt).toISOString() };
}

export function ageOf({ now }: Investigation, { claims: { iat } }: Signed): number | null {
  return typeof iat === "number" && iat <= now ? Math.round(now - iat) : null;
}

function namesExpectedIssuer({ policy }: Investigation, { claims: { iss } }: Signed): boolean {
  return typeof policy.issuer === "string" ? policy.issuer === iss : (policy.issuer?.includes(iss as string) ?? false);
}

function isSameServer({ policy }: Investigation, name: string | null): boolean {
  const issuers = typeof policy.issuer === "string" ? [policy.issuer] : (policy.issuer ?? []);
  const origin = originOf(name);
  return origin !== null && issuers.some((issuer) => originOf(issuer) === origin);
}

function originOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).origin : null;
}
