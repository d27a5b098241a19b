/** No key verifies the signature. What speaks for one cause or the other then is time, the issuer's name, and what the history tells. */
import { isSymmetric } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { suspectByHistory, suspectNewSecret } from "./key-by-history.ts";
import { suspectByTime } from "./key-by-time.ts";
import { OF_KEYS } from "./key-elsewhere.ts";
import type { Signed } from "./signed.ts";

export function suspectUnknownKey(
  i: Investigation,
  s: Signed,
  tried: number,
): void {
  i.suspect("key.unknown", {
    confidence: "possible",
    facts: { tried, sampleSecret: false },
    explains: OF_KEYS,
    weight: 10,
  });
  suspectOtherIssuer(i, s);
  if (isSymmetric(s.alg)) {
    suspectNewSecret(i, s);
    i.wouldTell(
      "the secret with which the issuer signs, compared with the verifier's, would tell more",
    );
    return;
  }
  suspectByHistory(i, s);
  if (i.found("signature.key_not_found") !== null) {
    suspectByTime(i, s);
    suspectFailedRefresh(i);
  } else if (i.context.clientToken === undefined)
    i.wouldTell(
      "the token as the issuer made it would tell whether it was changed on its way",
    );
  if (!i.context.previousKeys)
    i.wouldTell(
      "the issuer's earlier keys would tell whether the key was rotated or withdrawn",
    );
}

/** iss names somebody else than the one whose keys these are. */
function suspectOtherIssuer(
  i: Investigation,
  { claims: { iss } }: Signed,
): void {
  const expected =
    typeof i.policy.issuer === "string"
      ? [i.policy.issuer]
      : (i.policy.issuer ?? []);
  if (
    typeof iss !== "string" ||
    expected.length === 0 ||
    expected.includes(iss)
  )
    return;
  const host = (url: string): string | null =>
    URL.canParse(url) ? new URL(url).host : null;
  const sameServer = expected.some(
    (issuer) => host(issuer) !== null && host(issuer) === host(iss),
  );
  // One slash or letter more is another writing of one issuer, whose keys would be the same.
  const bare = (url: string): string =>
    url
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/\/+$/, "");
  const sameName = expected.some((issuer) => bare(issuer) === bare(iss));
  i.suspect("key.other_issuer", {
    confidence: sameName ? "possible" : "likely",
    facts: { issuer: iss.slice(0, 200), sameServer },
    explains: OF_KEYS,
    weight: sameName ? 5 : 40,
  });
}

/** The verifier lives on an old copy because a new one cannot be had. */
function suspectFailedRefresh(i: Investigation): void {
  const url = i.policy.jwksUri ?? null;
  const document = url === null ? undefined : i.context.documents?.[url];
  if (
    url === null ||
    !document ||
    (document.error === undefined && (document.status ?? 200) < 300)
  )
    return;
  i.suspect("key.set_unreachable", {
    confidence: "likely",
    facts: { url, error: document.error ?? `status ${document.status}` },
    explains: OF_KEYS,
    weight: 30,
  });
}
