import type { Investigation } from "../investigation.ts";
import type { Times } from "./time-read.ts";

/** Who limits lifetimes to this, in seconds, wants a token that the client makes itself for each use. */
const MADE_FOR_EACH_USE = 1_200;

/** What must be fresh for each use was kept: a client assertion, a provider token, a token under a greatest age. */
export function detectReused(i: Investigation, { iat, now }: Times): void {
  const { kind, maxLifetime } = i.policy;
  const ageSeconds = iat === null || iat > now ? null : Math.round(now - iat);
  const suspect = (
    what: string,
    reason: "expiration.expired" | "expiration.too_old" | "binding.replayed",
    weight: number,
  ): void =>
    i.suspect("time.proof_reused", {
      confidence: "likely",
      facts: { ageSeconds, what },
      explains: [reason],
      weight,
    });
  const assertion = kind === "client_assertion";
  if (i.found("expiration.expired") && assertion)
    suspect("the client assertion", "expiration.expired", 35);
  else if (
    i.found("expiration.expired") &&
    kind === "any" &&
    maxLifetime !== undefined &&
    maxLifetime <= MADE_FOR_EACH_USE
  )
    suspect("the token", "expiration.expired", 30);
  if (i.found("expiration.too_old"))
    suspect(
      assertion ? "the client assertion" : "the token",
      "expiration.too_old",
      30,
    );
  if (i.found("binding.replayed") && assertion)
    suspect("the client assertion", "binding.replayed", 40);
}

/** An ordinary token at the end of its ordinary life: the commonest, when nothing odd was seen. */
export function detectExpired(
  i: Investigation,
  { exp, now, lifetime, skew }: Times,
): void {
  const expired = i.found("expiration.expired");
  if (!expired) return;
  const facts = {
    exp: exp ?? expired.exp,
    bySeconds: Math.round(now - (exp ?? expired.exp)),
    lifetimeSeconds: lifetime !== null && lifetime > 0 ? lifetime : null,
  };
  i.suspect("time.expired", {
    confidence: "likely",
    facts,
    explains: ["expiration.expired"],
    weight: 20,
  });
  if (skew === null)
    i.wouldTell(
      "the issuer's clock beside the verifier's would tell whether a clock is wrong",
    );
}
