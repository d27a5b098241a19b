/** What the history tells of keys and secrets. */
import type { Investigation } from "../investigation.ts";
import { ageOf, OF_KEYS } from "./key-elsewhere.ts";
import type { Signed } from "./signed.ts";

/** A client's secret, with which tokens for it may be signed (OpenID Connect Core section 10.1), was renewed. */
export function suspectNewSecret(i: Investigation, s: Signed): void {
  const renewed = (i.context.history ?? []).findLast(
    ({ event }) => event === "client.secret_rotated",
  );
  if (!renewed) return;
  const age = ageOf(i, s);
  const isOlder = age !== null && i.now - age < Date.parse(renewed.at) / 1000;
  if (isOlder)
    i.suspect("key.retired", {
      confidence: "likely",
      facts: { kid: s.kid, issuedSecondsAgo: age },
      explains: OF_KEYS,
      weight: 40,
    });
  else
    i.suspect("key.rotated", {
      confidence: "likely",
      facts: { kid: s.kid, copyFrom: null, publishedAt: renewed.at },
      explains: OF_KEYS,
      weight: 40,
    });
}

/** The history knows keys by their kid. */
export function suspectByHistory(i: Investigation, s: Signed): void {
  const events = (i.context.history ?? []).filter(
    ({ event, tokenId }) =>
      event.startsWith("key.") &&
      (s.kid === null || tokenId === undefined || tokenId === s.kid),
  );
  const facts = { kid: s.kid, issuedSecondsAgo: ageOf(i, s) };
  for (const { event, tokenId, at } of events) {
    const confidence =
      tokenId !== undefined && tokenId === s.kid ? "likely" : "possible";
    if (event === "key.activated")
      i.suspect("key.rotated", {
        confidence,
        facts: {
          kid: s.kid,
          copyFrom: i.context.cachedKeys?.fetchedAt ?? null,
          publishedAt: at,
        },
        explains: OF_KEYS,
        weight: 40,
      });
    else
      i.suspect("key.retired", {
        confidence,
        facts,
        explains: OF_KEYS,
        weight: 40,
      });
  }
}
