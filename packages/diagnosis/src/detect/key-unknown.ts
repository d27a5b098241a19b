/** No key verifies the signature. What speaks for one cause or the other then is time, the issuer's name, and what the history tells. */
import { isSymmetric } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { ageOf, OF_KEYS } from "./key-owner.ts";
import { isUnusual } from "./key-held.ts";
import type { Signed } from "./signed.ts";

/** A token older than this has outlived a rotation more often than not; most are used within minutes. */
const OLD_SECONDS = 8 * 3600;
const FRESH_SECONDS = 900;

export function suspectUnknownKey(i: Investigation, s: Signed, tried: number): void {
  i.suspect("key.unknown", { confidence: "possible", facts: { tried, sampleSecret: false }, explains: OF_KEYS, weight: 10 });
  suspectOtherIssuer(i, s);
  if (isSymmetric(s.alg)) {
    suspectNewSecret(i, s);
    i.wouldTell("the secret with which the issuer signs, compared with the verifier's, would tell more");
    return;
  }
  suspectByHistory(i, s);
  if (i.found("signature.key_not_found") !== null) {
    suspectByTime(i, s);
    suspectFailedRefresh(i);
  }
  else i.wouldTell("the token as the issuer made it would tell whether it was changed on its way");
  if (!i.context.previousKeys) i.wouldTell("the issuer's earlier keys would tell whether the key was rotated or withdrawn");
}

/** iss names somebody else than the one whose keys these are. */
function suspectOtherIssuer(i: Investigation, { claims: { iss } }: Signed): void {
  const expected = typeof i.policy.issuer === "string" ? [i.policy.issuer] : (i.policy.issuer ?? []);
  if (typeof iss !== "string" || expected.length === 0 || expected.includes(iss)) return;
  const host = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);
  const sameServer = expected.some((issuer) => host(issuer) !== null && host(issuer) === host(iss));
  // One slash or letter more is another writing of one issuer, whose keys would be the same.
  const bare = (url: string): string => url.toLowerCase().replace(/^https?:\/\//, "").replace(/\/+$/, "");
  const sameName = expected.some((issuer) => bare(issuer) === bare(iss));
  i.suspect("key.other_issuer", { confidence: sameName ? "possible" : "likely", facts: { issuer: iss.slice(0, 200), sameServer }, explains: OF_KEYS, weight: sameName ? 5 : 40 });
}

/** The verifier lives on an old copy because a new one cannot be had. */
function suspectFailedRefresh(i: Investigation): void {
  const url = i.policy.jwksUri ?? null;
  const document = url === null ? undefined : i.context.documents?.[url];
  if (url === null || !document || (document.error === undefined && (document.status ?? 200) < 300)) return;
  i.suspect("key.set_unreachable", { confidence: "likely", facts: { url, error: document.error ?? `status ${document.status}` }, explains: OF_KEYS, weight: 30 });
}

/** A client's secret, with which tokens for it may be signed (OpenID Connect Core section 10.1), was renewed. */
function suspectNewSecret(i: Investigation, s: Signed): void {
  const renewed = (i.context.history ?? []).findLast(({ event }) => event === "client.secret_rotated");
  if (!renewed) return;
  const age = ageOf(i, s);
  const isOlder = age !== null && i.now - age < Date.parse(renewed.at) / 1000;
  if (isOlder) i.suspect("key.retired", { confidence: "likely", facts: { kid: s.kid, issuedSecondsAgo: age }, explains: OF_KEYS, weight: 40 });
  else i.suspect("key.rotated", { confidence: "likely", facts: { kid: s.kid, copyFrom: null, publishedAt: renewed.at }, explains: OF_KEYS, weight: 40 });
}

/** The history knows keys by their kid. */
function suspectByHistory(i: Investigation, s: Signed): void {
  const events = (i.context.history ?? []).filter(({ event, tokenId }) => event.startsWith("key.") && (s.kid === null || tokenId === undefined || tokenId === s.kid));
  const facts = { kid: s.kid, issuedSecondsAgo: ageOf(i, s) };
  for (const { event, tokenId, at } of events) {
    const confidence = tokenId !== undefined && tokenId === s.kid ? "likely" : "possible";
    if (event === "key.activated") i.suspect("key.rotated", { confidence, facts: { kid: s.kid, copyFrom: i.context.cachedKeys?.fetchedAt ?? null, publishedAt: at }, explains: OF_KEYS, weight: 40 });
    else i.suspect("key.retired", { confidence, facts, explains: OF_KEYS, weight: 40 });
  }
}

/** The verifier's copy, the token and the present, in the order in which they were made. */
function suspectByTime(i: Investigation, s: Signed): void {
  const { fetchedAt, keys: cached } = i.context.cachedKeys ?? {};
  const age = ageOf(i, s);
  const issued = age === null ? null : i.now - age;
  const fetched = fetchedAt === undefined ? null : Date.parse(fetchedAt) / 1000;
  const rotated = { kid: s.kid, copyFrom: fetchedAt ?? null, publishedAt: null };
  const retired = { kid: s.kid, issuedSecondsAgo: age };
  const isCopy = cached !== undefined || i.policy.keys !== undefined;
  if (fetched !== null && issued !== null) {
    // Signed after the copy was made: the copy cannot know the key. Signed before, and still not in it: the key was gone already.
    if (issued >= fetched) i.suspect("key.rotated", { confidence: "likely", facts: rotated, explains: OF_KEYS, weight: 35 });
    else i.suspect("key.retired", { confidence: "likely", facts: retired, explains: OF_KEYS, weight: 35 });
  } else if (age !== null && age > OLD_SECONDS) {
    i.suspect("key.retired", { confidence: "possible", facts: retired, explains: OF_KEYS, weight: isCopy ? 12 : 20 });
    if (isCopy) i.suspect("key.rotated", { confidence: "possible", facts: rotated, explains: OF_KEYS, weight: 14 });
  } else if (isCopy) {
    i.suspect("key.rotated", { confidence: "possible", facts: rotated, explains: OF_KEYS, weight: 20 });
  } else if (age !== null && age < FRESH_SECONDS) {
    // The present set, and a new token: whoever signed it publishes elsewhere.
    i.suspect("key.other_issuer", { confidence: "possible", facts: { issuer: null, sameServer: false }, explains: OF_KEYS, weight: 8 });
  }
  if (isCopy) i.wouldTell("the key set that the issuer publishes now would tell whether the verifier's copy is old");
  const unusual = i.keys?.keys.find(isUnusual);
  if (unusual && s.kid !== null && unusual.kid === s.kid) i.suspect("key.set_unsupported_member", { confidence: "likely", facts: { kty: unusual.kty, alg: unusual.alg, hidden: s.kid }, explains: OF_KEYS, weight: 30 });
}
