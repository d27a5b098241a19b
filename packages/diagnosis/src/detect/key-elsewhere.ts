/** The key of the token is in another place than the verifier's hand: what that place says of the cause. */
import type { Key, Reason } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { suspectMissingLabel, suspectUnheard } from "./key-held.ts";
import type { Place } from "./key-places.ts";
import type { Signed } from "./signed.ts";

/** The reasons that another key than the one in hand would explain. */
export const OF_KEYS: readonly Reason[] = [
  "signature.mismatch",
  "signature.key_not_found",
  "signature.key_unsuitable",
  "signature.key_ambiguous",
];

/** What a key in that place says of the cause: proven when the signature verifies with it, else by its name alone. */
export function suspectPlace(
  i: Investigation,
  s: Signed,
  place: Place,
  key: Key,
  confidence: "certain" | "likely",
): void {
  const { kid } = key;
  const held = i.keys?.keys ?? [];
  const sameName =
    kid !== null && kid === s.kid && held.some((other) => other.kid === kid);
  const note = { confidence, explains: OF_KEYS, weight: 50 } as const;
  const second = {
    confidence: "likely",
    explains: OF_KEYS,
    weight: 49,
  } as const;
  const [rotated, retired] = [
    rotatedFacts(i, place, kid),
    { kid, issuedSecondsAgo: ageOf(i, s) },
  ];
  const reused = { kid, otherAt: place.name ?? "the issuer's earlier keys" };
  switch (place.kind) {
    case "present":
      if (isOtherAddress(i, place)) {
        i.suspect("key.other_issuer", {
          ...second,
          facts: {
            issuer: originOf(place.name),
            sameServer: isSameServer(i, place.name),
          },
        });
        i.suspect("key.rotated", {
          ...second,
          confidence: "possible",
          facts: rotated,
        });
      } else if (suspectUnheard(i, s, place))
        i.suspect("key.rotated", { ...second, facts: rotated });
      else if (sameName) {
        i.suspect("key.id_reused", { ...note, facts: reused });
        i.suspect("key.rotated", { ...second, facts: rotated });
      } else if (held.length === 0) {
        suspectMissingLabel(i, s, key);
        i.suspect("key.rotated", { ...second, facts: rotated });
        i.suspect("key.set_empty", {
          confidence: "likely",
          facts: { keys: 0, usable: 0 },
          explains: OF_KEYS,
          weight: 48,
        });
      } else i.suspect("key.rotated", { ...note, facts: rotated });
      return;
    case "previous":
      if (sameName) i.suspect("key.id_reused", { ...note, facts: reused });
      i.suspect("key.retired", {
        ...(sameName ? second : note),
        facts: retired,
      });
      return;
    case "other":
    case "elsewhere": {
      const issuer = place.kind === "other" ? place.name : originOf(place.name);
      const facts = { issuer, sameServer: isSameServer(i, place.name) };
      // The token names the verifier's issuer, and the key has the name of one of its keys: one name for two keys.
      const reusedName =
        sameName && (place.kind === "elsewhere" || namesExpectedIssuer(i, s));
      if (reusedName) i.suspect("key.id_reused", { ...note, facts: reused });
      // The same server and the issuer that is expected: it may be one issuer with several addresses for its keys.
      const mayBeOwn =
        place.kind === "elsewhere" &&
        facts.sameServer &&
        namesExpectedIssuer(i, s);
      i.suspect("key.other_issuer", {
        ...(reusedName || mayBeOwn ? second : note),
        facts,
      });
    }
  }
}

/** The verifier read a set, and from another address than the one that the issuer's metadata names. */
function isOtherAddress(i: Investigation, { name }: Place): boolean {
  const { url, from } = i.keysFrom;
  return from === "document" && name !== url;
}

function rotatedFacts(
  { context }: Investigation,
  { publishedAt }: Place,
  kid: string | null,
): { kid: string | null; copyFrom: string | null; publishedAt: string | null } {
  return {
    kid,
    copyFrom: context.cachedKeys?.fetchedAt ?? null,
    publishedAt:
      publishedAt === null || Number.isNaN(Date.parse(publishedAt))
        ? null
        : new Date(publishedAt).toISOString(),
  };
}

export function ageOf(
  { now }: Investigation,
  { claims: { iat } }: Signed,
): number | null {
  return typeof iat === "number" && iat <= now ? Math.round(now - iat) : null;
}

function namesExpectedIssuer(
  { policy }: Investigation,
  { claims: { iss } }: Signed,
): boolean {
  return typeof policy.issuer === "string"
    ? policy.issuer === iss
    : (policy.issuer?.includes(iss as string) ?? false);
}

function isSameServer({ policy }: Investigation, name: string | null): boolean {
  const issuers =
    typeof policy.issuer === "string" ? [policy.issuer] : (policy.issuer ?? []);
  const origin = originOf(name);
  return (
    origin !== null && issuers.some((issuer) => originOf(issuer) === origin)
  );
}

function originOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).origin : null;
}
