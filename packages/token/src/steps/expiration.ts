import type { Case, Judgement } from "../case.ts";
import { finding, type Finding } from "../verdict.ts";

/**
 * exp, nbf and iat against the verifier's clock (RFC 7519 section 4.1). exp at `now` is expired. The tolerance counts in the
 * token's favour on both sides.
 */
export function judgeExpiration({
  policy,
  claims,
  unreadable,
  now,
}: Case): Judgement {
  if (
    !claims ||
    unreadable.some(
      (claim) => claim === "exp" || claim === "nbf" || claim === "iat",
    )
  )
    return { needs: "format" };
  const { exp, nbf, iat } = claims;
  const toleranceSeconds = policy.clockTolerance;
  const { maxAge, maxLifetime } = policy.given;
  const findings: Finding[] = [];
  if (exp === undefined) {
    if (policy.kind !== "any")
      findings.push(finding("expiration.missing", { claim: "exp" }));
  } else if (now >= exp + toleranceSeconds) {
    findings.push(
      finding("expiration.expired", {
        exp,
        now,
        toleranceSeconds,
        bySeconds: now - exp,
      }),
    );
  }
  if (nbf !== undefined && now < nbf - toleranceSeconds) {
    findings.push(
      finding("expiration.not_yet_valid", {
        nbf,
        now,
        toleranceSeconds,
        bySeconds: nbf - now,
      }),
    );
  }
  if (iat === undefined) {
    if (
      maxAge !== undefined ||
      (maxLifetime !== undefined && exp !== undefined)
    )
      findings.push(finding("expiration.missing", { claim: "iat" }));
  } else {
    if (iat > now + toleranceSeconds) {
      findings.push(
        finding("expiration.issued_in_future", {
          iat,
          now,
          toleranceSeconds,
          bySeconds: iat - now,
        }),
      );
    }
    if (maxAge !== undefined && now - iat > maxAge + toleranceSeconds) {
      findings.push(
        finding("expiration.too_old", {
          iat,
          now,
          toleranceSeconds,
          maxAgeSeconds: maxAge,
        }),
      );
    }
    if (
      maxLifetime !== undefined &&
      exp !== undefined &&
      exp - iat > maxLifetime
    ) {
      findings.push(
        finding("expiration.lifetime_too_long", {
          lifetimeSeconds: exp - iat,
          maxLifetimeSeconds: maxLifetime,
        }),
      );
    }
  }
  return findings.length > 0 ? findings : null;
}
