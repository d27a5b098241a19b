import type { Reason } from "@assay/token";
import type { Facts } from "../causes.ts";
import type { Investigation } from "../investigation.ts";

const EXPLAINS: readonly Reason[] = [
  "issuer.mismatch",
  "audience.mismatch",
  "signature.key_not_found",
  "signature.mismatch",
];
/** Firebase's custom token is for the exchange at sign-in, and is no ID token. */
const FIREBASE =
  "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit";
/** An assertion lives for minutes (RFC 7523 section 3), in seconds. */
const LONGEST = 3_600;

/** A token that somebody made to get another one with: for a token endpoint, or about itself. Nothing declares it. */
export function detectAssertionClaims(i: Investigation): void {
  const { claims } = i.token ?? {};
  const explains = EXPLAINS.filter((reason) => i.found(reason));
  if (!claims || explains.length === 0 || i.policy.kind === "client_assertion")
    return;
  const audiences = [claims["aud"] ?? []]
    .flat()
    .filter((aud): aud is string => typeof aud === "string");
  const what = purposeOf(i, claims, audiences);
  if (what)
    i.suspect("kind.proof", {
      confidence: "likely",
      facts: what,
      explains,
      weight: 40,
    });
}

function purposeOf(
  { policy }: Investigation,
  claims: Readonly<Record<string, unknown>>,
  audiences: readonly string[],
): Facts["kind.proof"] | null {
  if (audiences.some((aud) => aud.startsWith(FIREBASE)))
    return {
      what: "a Firebase custom token",
      by: "the claim aud",
      proof: "custom_token",
    };
  if (audiences.some((aud) => /^https?:\/\/[^?#]+\/(token|par)\/?$/.test(aud)))
    return {
      what: "an assertion for a token endpoint",
      by: "the claim aud",
      proof: "assertion",
    };
  const { iss, sub, iat, exp } = claims;
  const own =
    typeof iss === "string" &&
    iss === sub &&
    ![policy.issuer ?? []].flat().includes(iss);
  const short =
    typeof iat !== "number" ||
    (typeof exp === "number" && exp - iat <= LONGEST);
  const toIssuer = audiences.some((aud) =>
    [policy.issuer ?? []].flat().includes(aud),
  );
  return own && short && toIssuer
    ? {
        what: "a client assertion",
        by: "iss equal to sub, and the issuer as aud",
        proof: "assertion",
      }
    : null;
}
